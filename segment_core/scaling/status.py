"""Status: what a job is doing, as a page shows it."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from segment_core.messages import Message, say

State = Literal["queued", "running", "done", "failed", "cancelled", "lost"]
OPEN: tuple[State, ...] = ("queued", "running")
KILLED = -9
"""The exit code of a process that was ended with SIGKILL."""


@dataclass(frozen=True, slots=True)
class JobStatus:
    """One look at a job.

    Attributes
    ----------
    note : what it is doing, or what it waits for.
    fraction : how much is done, 0 to 1.
    elapsed : seconds since it began to run; 0 while it waits; its whole time once it is over.
    expected : seconds from its beginning to its end as it looks now; None until a twentieth is done.
    result : what a done task returned.
    error : why it failed or was lost; `is_bug` tells a fault of ours from what the analyst can mend.
    """

    id: str
    task: str
    owner: str
    state: State
    note: Message
    fraction: float
    elapsed: float
    expected: float | None
    result: Mapping[str, Any] | None
    error: Message | None
    is_bug: bool

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will happen."""
        return self.state not in OPEN


def new_row(task: str, owner: str, app: str) -> dict[str, Any]:
    """Make the row of a job that waits; `app` tells which process has it."""
    return {
        "id": secrets.token_hex(8),
        "task": task,
        "owner": owner,
        "app": app,
        "state": "queued",
        "note": say("Waking the engine…").to_json(),
        "fraction": 0.0,
        "created": time.time(),
        "started": None,
        "finished": None,
        "result": None,
        "error": None,
        "is_bug": False,
    }


def from_row(row: Mapping[str, Any]) -> JobStatus:
    """Make a status of a row of the jobs table."""
    elapsed = _elapsed(row)
    return JobStatus(
        id=row["id"],
        task=row["task"],
        owner=row["owner"],
        state=row["state"],
        note=Message.from_json(row["note"]),
        fraction=row["fraction"],
        elapsed=elapsed,
        expected=elapsed / row["fraction"] if row["state"] == "running" and row["fraction"] > 0.05 else None,
        result=row["result"],
        error=None if row["error"] is None else Message.from_json(row["error"]),
        is_bug=row["is_bug"],
    )


def lost() -> dict[str, Any]:
    """Say, as JSON, that a job went down with its app."""
    return say("The app was closed before this was finished; start it again.").to_json()


def died(code: int) -> dict[str, Any]:
    """Say, as JSON, that a job's worker died with this exit code."""
    if code == KILLED:
        return say(
            "The system ended the engine while it worked on this, most likely because memory ran out. "
            "It starts again by itself; use fewer customers or close other programs."
        ).to_json()
    return say(
        "The engine broke down while it worked on this (exit code {code}). "
        "It starts again by itself; the details are in the log.",
        code=code,
    ).to_json()


def _elapsed(row: Mapping[str, Any]) -> float:
    if row["started"] is None:
        return 0.0
    end = row["finished"] if row["finished"] is not None else time.time()
    return max(0.0, float(end - row["started"]))

"""Worker: the protocol as it is on the pipes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


class Pipes:
    """A worker seen from the other end of its pipes."""

    def __init__(self, allow: str = "scaling_tasks:") -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)])}
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "segment_core.scaling.worker", "--allow", allow],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        assert self.hear() == {"type": "ready"}

    def tell(self, **message: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def run(self, task: str, **args: Any) -> list[Mapping[str, Any]]:
        self.tell(type="run", id="j", task=task, args=args, secrets={})
        events = [self.hear()]
        while events[-1]["type"] == "progress":
            events.append(self.hear())
        return events

    def hear(self) -> Mapping[str, Any]:
        assert self.process.stdout is not None
        found: Mapping[str, Any] = json.loads(self.process.stdout.readline())
        return found


@pytest.fixture
def pipes() -> Iterator[Pipes]:
    made = Pipes()
    yield made
    with made.process as process:
        process.kill()


def test_progress_is_held_to_ten_a_second_and_the_last_note_still_comes(pipes: Pipes) -> None:
    started = time.monotonic()
    *events, last = pipes.run("scaling_tasks:burst")
    assert last["type"] == "done"
    assert len(events) <= 11 * (time.monotonic() - started) + 2
    assert events[-1]["note"]["template"] == "A long silence begins"
    assert events[-1]["fraction"] == 0.5


def test_noise_does_not_break_the_protocol_and_nothing_reads_it(pipes: Pipes) -> None:
    (event,) = pipes.run("scaling_tasks:noisy")
    assert event == {"type": "done", "id": "j", "result": {"read": "", "descriptor": ""}}
    (event,) = pipes.run("scaling_tasks:add", a=1, b=2)
    assert event["result"]["sum"] == 3


@pytest.mark.parametrize(
    "task",
    ["os:getcwd", "scaling_tasks:os.getcwd", "scaling_tasks:missing", "scaling_tasks:add:x", "scaling_tasks:", ""],
)
def test_only_named_tasks_run(task: str, pipes: Pipes) -> None:
    (event,) = pipes.run(task)
    assert (event["type"], event["is_bug"]) == ("failed", True)


def test_by_default_only_our_own_package_is_accepted() -> None:
    pipes = Pipes("segment_core.")
    (event,) = pipes.run("scaling_tasks:add", a=1, b=2)
    assert (event["type"], event["is_bug"]) == ("failed", True)
    with pipes.process as process:
        process.kill()


def test_a_late_cancel_does_not_hit_the_next_job(pipes: Pipes) -> None:
    pipes.run("scaling_tasks:add", a=1, b=2)
    pipes.tell(type="cancel", id="j-before")
    assert pipes.run("scaling_tasks:steps", n=3, seconds=0.05)[-1]["type"] == "done"


@pytest.mark.parametrize("task", ["", "scaling_tasks:sleep", "scaling_tasks:child"])
def test_it_ends_by_itself_when_the_app_is_gone(task: str, pipes: Pipes, tmp_path: Path) -> None:
    if task:
        pipes.tell(type="run", id="j", task=task, args={"pid_file": str(tmp_path / "pid")}, secrets={})
        time.sleep(0.3)
    assert pipes.process.stdin is not None
    pipes.process.stdin.close()
    pipes.process.wait(2)


def test_it_starts_without_a_word_and_without_heavy_packages() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-X", "importtime", "-m", "segment_core.scaling.worker"]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment, check=False
    )
    said = [line for line in done.stderr.splitlines() if not line.startswith("import time:")]
    assert said == []
    assert done.stdout.strip() in ('{"type": "ready"}', "")
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "segment_core.errors" in loaded
    assert not loaded & {"numpy", "pandas", "sqlalchemy"}

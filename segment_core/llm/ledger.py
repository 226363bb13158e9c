"""Ledger: what was sent to a language model, when and how much; and the switch that lets nothing leave."""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from pathlib import Path

from segment_core.errors import ModelError
from segment_core.llm.access import ModelAccess

FILE = "outbound.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One call to a model. `sha256` is that of what was sent, which is itself kept nowhere, and neither is the key.

    `time` is in seconds since 1970; `tokens` is what the server reports, None where it reports nothing; `outcome` is
    "answered", "kept" (answered before: nothing was sent), "cancelled", "no answer", "unusable", or "status" and a
    number. What was cancelled may still be billed.
    """

    host: str
    model: str
    purpose: str
    n_texts: int
    n_characters: int
    n_masked: int
    sha256: str
    tokens: int | None = None
    outcome: str = "answered"
    time: float = field(default_factory=time.time)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Lines of JSON in a file that is only ever added to. Any number of processes may write to it.

    `open` is the switch: where it is off, nothing goes to any address but those of this machine itself.
    """

    path: Path
    open: bool = True

    def record(self, sent: Sent) -> None:
        """Add a call. One write a line, so that lines of several processes never mix."""
        line = json.dumps(asdict(sent), ensure_ascii=False) + "\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.encode("utf-8", "replace"))
        finally:
            os.close(handle)

    def entries(self) -> tuple[Sent, ...]:
        """Return all calls, oldest first; a line that broke off when the machine did is passed over."""
        if not self.path.is_file():
            return ()
        found = []
        for line in self.path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                found.append(Sent(**json.loads(line)))
            except (ValueError, TypeError):
                continue
        return tuple(found)


_current: ContextVar[Ledger | None] = ContextVar("ledger", default=None)


@contextmanager
def recorded_in(folder: Path, *, outbound: bool = True) -> Iterator[Ledger]:
    """Record every call made by this thread within the block in a folder's ledger; `outbound` False is the switch off.

    Examples
    --------
    >>> import tempfile
    >>> with recorded_in(Path(tempfile.mkdtemp()), outbound=False):
    ...     let_out(ModelAccess("https://api.example.com/v1", "m"))
    Traceback (most recent call last):
        ...
    segment_core.errors.ModelError: Nothing may leave this machine at the moment, and api.example.com is elsewhere...
    """
    ledger = Ledger(Path(folder) / FILE, outbound)
    token = _current.set(ledger)
    try:
        yield ledger
    finally:
        _current.reset(token)


def folder() -> Path | None:
    """Return the folder of this thread's block, where answers are kept too; None outside of one."""
    ledger = _current.get()
    return ledger.path.parent if ledger is not None else None


def let_out(access: ModelAccess) -> None:
    """Return if the address may be spoken to; called before any connection is opened.

    Raises
    ------
    ModelError
        If the switch is off and the address is not on this machine itself.
    """
    ledger = _current.get()
    if ledger is not None and not ledger.open and not access.stays_here:
        raise ModelError(
            "Nothing may leave this machine at the moment, and {host} is elsewhere. "
            "Allow it in the settings, or use a model on this machine.",
            host=access.host,
        )


def record(sent: Sent) -> None:
    """Enter a call in the ledger of this thread's block, if there is one."""
    ledger = _current.get()
    if ledger is not None:
        ledger.record(sent)


def digest(payload: bytes) -> str:
    """Return the SHA-256 of what is sent."""
    return hashlib.sha256(payload).hexdigest()

"""Worker: a process of its own that runs one task after another, told and telling in lines of JSON."""

import argparse
import importlib
import json
import os
import queue
import re
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

from segment_core.errors import Cancelled, SegmentError
from segment_core.messages import Message, say
from segment_core.scaling.logs import MARK

_TASK = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*:[A-Za-z_][A-Za-z0-9_]*")
_TICK = 0.1


def main(arguments: list[str] | None = None) -> None:
    """Serve the pipes until standard input closes.

    Lines in: `{"type": "run", "id", "task", "args", "secrets"}` and `{"type": "cancel", "id"}`.
    Lines out: `ready` once, then for each job any number of `progress` and one of `done`,
    `failed` or `cancelled`. A task is `module:function`, called as
    `function(args, secrets, progress)`, and returns a JSON object or None.
    """
    parser = argparse.ArgumentParser(prog="segment_core.scaling.worker")
    parser.add_argument("--allow", default="segment_core.", help="what the name of a task must begin with")
    allow: str = parser.parse_args(arguments).allow
    commands, events = _own_pipes()
    _step_forward()
    Worker(commands, events, allow).serve()


class Worker:
    """Run tasks on the main thread while another listens for cancellation and for the end of the app."""

    def __init__(self, commands: Iterable[bytes], events: BinaryIO, allow: str) -> None:
        self._commands = commands
        self._events = events
        self._allow = allow
        self._waiting: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
        self._sending = threading.Lock()
        self._job = ""
        self._cancelled = threading.Event()
        self._latest: Mapping[str, Any] | None = None
        self._last_sent = 0.0

    def serve(self) -> None:
        """Run tasks as they come; never returns, the process ends with its standard input."""
        threading.Thread(target=self._listen, name="listen", daemon=True).start()
        threading.Thread(target=self._tick, name="tick", daemon=True).start()
        self._send({"type": "ready"})
        while True:
            self._run(self._waiting.get())

    def _run(self, message: Mapping[str, Any]) -> None:
        job_id = str(message["id"])
        with self._sending:
            self._job, self._latest = job_id, None
            self._cancelled.clear()
        os.write(2, MARK + job_id.encode() + b"\n")
        event = self._outcome(message)
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(2, MARK + b"\n")
        with self._sending:
            self._job, self._latest = "", None
        self._send({**event, "id": job_id})

    def _outcome(self, message: Mapping[str, Any]) -> dict[str, Any]:
        try:
            function = self._function(str(message["task"]))
            result = function(dict(message["args"]), dict(message["secrets"]), self._progress)
            # Written and read at once, so that a result that is not JSON is this job's bug and nobody else's.
            return {"type": "done", "result": json.loads(_line(dict(result or {})))}
        except Cancelled:
            return {"type": "cancelled"}
        except SegmentError as error:
            return self._failed(error.message, is_bug=False)
        except MemoryError:
            return self._failed(
                say("There is not enough memory for this. Use fewer customers or columns, or close other programs."),
                is_bug=False,
            )
        except BaseException:  # noqa: BLE001 - the edge of the process: even sys.exit in a task must only end the job
            traceback.print_exc()
            return self._failed(say("Something went wrong inside Strata. The details are in the log."), is_bug=True)

    def _failed(self, error: Message, *, is_bug: bool) -> dict[str, Any]:
        # Libraries wrap what a callback raises, so a stop that was asked for may come back as anything.
        if self._cancelled.is_set():
            return {"type": "cancelled"}
        return {"type": "failed", "error": error.to_json(), "is_bug": is_bug}

    def _function(self, task: str) -> Callable[..., Mapping[str, Any] | None]:
        if not _TASK.fullmatch(task) or not task.startswith(self._allow):
            raise ValueError(f"The task {task!r} is not one that this worker runs.")
        module, name = task.split(":")
        function: Callable[..., Mapping[str, Any] | None] = getattr(importlib.import_module(module), name)
        return function

    def _progress(self, done: float, total: float, note: Message) -> None:
        if self._cancelled.is_set():
            raise Cancelled
        fraction = min(max(float(done) / float(total), 0.0), 1.0) if total else 0.0
        with self._sending:
            self._latest = {"type": "progress", "id": self._job, "fraction": fraction, "note": note.to_json()}
        if time.monotonic() - self._last_sent >= _TICK:
            self._send_latest()

    def _tick(self) -> None:
        # The last note before a long silence must go out too: it names what is taking so long.
        while True:
            time.sleep(_TICK)
            self._send_latest()

    def _send_latest(self) -> None:
        with self._sending:
            event, self._latest = self._latest, None
            if event is not None:
                self._last_sent = time.monotonic()
                self._write(event)

    def _send(self, event: Mapping[str, Any]) -> None:
        with self._sending:
            self._write(event)

    def _write(self, event: Mapping[str, Any]) -> None:
        try:
            self._events.write(_line(event))
            self._events.flush()
        except BrokenPipeError:
            _end()

    def _listen(self) -> None:
        for line in self._commands:
            message = json.loads(line)
            if message["type"] == "run":
                self._waiting.put(message)
            elif message["type"] == "cancel":
                with self._sending:
                    if message["id"] == self._job:
                        self._cancelled.set()
        _end()


def _own_pipes() -> tuple[BufferedReader, BinaryIO]:
    """Move the protocol to private descriptors, so that nothing a library prints or reads can break it."""
    commands = os.fdopen(os.dup(0), "rb")
    events = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    assert isinstance(commands, BufferedReader) and not isinstance(events, RawIOBase)
    return commands, events


def _step_forward() -> None:
    """Let the system end this process and not the app when memory runs out, where the system can be told."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")


def _line(event: Any) -> bytes:
    return json.dumps(event, default=_number).encode("ascii") + b"\n"


def _number(value: Any) -> Any:
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"A {type(value).__name__} is not JSON.")


def _end() -> None:
    """End this process and all it started: the app is gone, so nobody waits for a result."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main()

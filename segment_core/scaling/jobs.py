"""Jobs: long work in one warm worker process, one job at a time, with progress, cancel and a memory on disk."""

import atexit
import json
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from segment_core.errors import DataError
from segment_core.messages import say
from segment_core.scaling.engine import Engine
from segment_core.scaling.logs import log_path
from segment_core.scaling.place import Place
from segment_core.scaling.presence import Presence, is_present
from segment_core.scaling.status import KILLED, OPEN, JobStatus, State, died, from_row, lost, new_row

WARM = "segment_core.tasks:warm"
PATIENT: dict[str, float] = {"segment_core.tuning:tune": 20.0}
"""Tasks that write down what they have done when they are stopped, and how many seconds they get for it."""
_GRACE = 0.4
_WRITE_EVERY = 0.5
_REMEMBERED = 30 * 86_400.0


@dataclass(slots=True)
class _Job:
    """A job of this process that is not over, with what must never be written: its arguments and secrets."""

    row: dict[str, Any]
    args: Mapping[str, Any] = field(repr=False)
    secrets: Mapping[str, str] = field(repr=False)
    over: threading.Event = field(default_factory=threading.Event)
    written: float = 0.0
    unwritten: bool = False
    stopping: bool = False

    @property
    def id(self) -> str:
        return str(self.row["id"])


class Jobs:
    """Run tasks in a worker process, one at a time; others queue.

    Make one for the whole app, not one a session. Any session, and the app after a restart, can
    ask for a job's status by its id. All methods may be called from any thread.

    Parameters
    ----------
    workspace : a `store.Workspace`.
    allow : what the name of a task must begin with.
    warm_task : what a fresh worker does first, so that the first job is not slow; None is nothing.
    """

    def __init__(self, workspace: Place, *, allow: str = "segment_core.", warm_task: str | None = WARM) -> None:
        self._table = workspace.jobs
        self._apps = workspace.folder / "apps"
        self._logs = workspace.folder / "logs"
        self._allow = allow
        self._lock = threading.RLock()
        self._live: dict[str, _Job] = {}
        self._queue: deque[_Job] = deque()
        self._current: _Job | None = None
        self._closed = False
        self._presence = Presence(self._apps)
        self._engine = Engine(
            workspace.folder,
            self._lock,
            allow=allow,
            warm_task=warm_task,
            on_free=self._next,
            on_event=self._hear,
            on_broken=self._broken,
        )
        self._tidy()
        atexit.register(self.close)

    @property
    def warm(self) -> bool:
        """Tell whether the worker is warmed up (it may be busy with a job)."""
        return self._engine.warm

    def start_worker(self) -> None:
        """Start the worker if there is none and let it warm up; returns at once."""
        with self._lock:
            if not self._closed:
                self._engine.start()

    def submit(
        self, task: str, args: Mapping[str, Any], *, owner: str = "", secrets: Mapping[str, str] | None = None
    ) -> str:
        """Queue a task (`module:function`) and return the job's id.

        `args` must be JSON values. `secrets` travel to the worker on its standard input; they are
        written nowhere, and blotted out of notes, results, errors and logs.
        """
        if not task.startswith(self._allow) or ":" not in task:
            raise ValueError(f"The task {task!r} is not one that the worker runs.")
        json.dumps(args)  # what is not JSON must fail here, where the mistake is
        job = _Job(new_row(task, owner, self._presence.token), args, dict(secrets or {}))
        with self._lock:
            if self._closed:
                raise RuntimeError("These jobs are closed.")
            self._engine.secrets.add(job.secrets.values())
            self._table.add(job.row)
            self._live[job.id] = job
            self._queue.append(job)
            if self._engine.start():
                self._next()
            else:
                self._give_up()
        return job.id

    def status(self, job_id: str) -> JobStatus:
        """Return what a job is doing.

        Raises
        ------
        DataError
            If there is no job with this id.
        """
        with self._lock:
            job = self._live.get(job_id)
            if job is not None:
                self._write_when_due(job)
                return from_row(job.row | {"note": self._note(job)})
        row = self._table.get(job_id)
        if row is not None and row["state"] in OPEN and not is_present(self._apps, row["app"]):
            self._lose(job_id)
            row = self._table.get(job_id)
        if row is None:
            raise DataError("This job is not known any more; start it again.")
        return from_row(row)

    def wait(self, job_id: str, seconds: float | None = None) -> JobStatus:
        """Wait until a job of this process is over, or so many seconds, and return its status."""
        with self._lock:
            job = self._live.get(job_id)
        if job is not None:
            job.over.wait(seconds)
        return self.status(job_id)

    def running(self) -> tuple[JobStatus, ...]:
        """Return the jobs that run or wait, the first in line first, whichever process has them."""
        found = (self.status(row["id"]) for row in self._table.among(OPEN))
        return tuple(status for status in found if not status.is_over)

    def cancel(self, job_id: str) -> JobStatus:
        """Stop a job in under a second, and return its status.

        The task is asked first; if it does not answer, its process is ended and a fresh one warms
        up. A `PATIENT` task is given longer, and its status is still "running" meanwhile. A job of another app process
        is left alone.
        """
        with self._lock:
            job = self._live.get(job_id)
            if job is not None and job in self._queue:
                self._queue.remove(job)
                self._finish(job, "cancelled")
            self._engine.ask_to_stop(job_id)
        if job is not None and not job.over.wait(_GRACE):
            if job.row["task"] in PATIENT:
                self._be_patient(job)
            else:
                self._end(job)
        return self.status(job_id)

    def _be_patient(self, job: _Job) -> None:
        with self._lock:
            if job is not self._current or job.stopping:
                return
            job.stopping = True
            job.row["note"] = say("Stopping: what was done so far is being written down").to_json()
        timer = threading.Timer(PATIENT[job.row["task"]], self._end, (job,))
        timer.daemon = True
        timer.start()

    def _end(self, job: _Job) -> None:
        with self._lock:
            if job is self._current:
                self._finish(job, "cancelled")
                self._engine.replace()

    def log(self, job_id: str) -> str:
        """Return what a job's libraries printed, and the traceback if it broke; "" when there is none."""
        path = log_path(self._logs, job_id)
        if not job_id.isalnum() or not path.exists():
            return ""
        return path.read_text(encoding="utf-8", errors="replace")

    def close(self) -> None:
        """End the worker; jobs that were not over are lost."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._queue.clear()
            for job in [job for job in self._live.values() if not job.over.is_set()]:
                self._finish(job, "lost", error=lost())
        self._engine.stop()
        self._presence.leave()
        atexit.unregister(self.close)

    def _next(self) -> None:
        if self._current is not None or not self._queue or not self._engine.warm:
            return
        job = self._current = self._queue.popleft()
        job.row |= {"state": "running", "started": time.time(), "note": say("Starting…").to_json()}
        self._write(job)
        self._engine.run(job.id, job.row["task"], job.args, job.secrets)

    def _hear(self, event: Mapping[str, Any]) -> None:
        job = self._current
        if job is None or event["id"] != job.id:
            return
        secrets = self._engine.secrets
        if event["type"] == "progress":
            if job.stopping:
                return
            job.row |= {"fraction": event["fraction"], "note": secrets.blot_message(event["note"])}
            job.unwritten = True
            self._write_when_due(job)
            return
        if event["type"] == "done":
            self._finish(job, "done", result=secrets.blot(event["result"]))
        elif event["type"] == "failed":
            self._finish(job, "failed", error=secrets.blot_message(event["error"]), is_bug=event["is_bug"])
        else:
            self._finish(job, "cancelled")
        self._next()

    def _broken(self, code: int, restarted: bool) -> None:
        if self._current is not None:
            self._finish(self._current, "failed", error=died(code), is_bug=code != KILLED)
        if not restarted:
            self._give_up()

    def _give_up(self) -> None:
        error = say("The engine cannot be started. The details are in the file {name}.", name="logs/worker.log")
        while self._queue:
            self._finish(self._queue.popleft(), "failed", error=error.to_json(), is_bug=True)

    def _finish(
        self,
        job: _Job,
        state: State,
        *,
        result: Mapping[str, Any] | None = None,
        error: Mapping[str, Any] | None = None,
        is_bug: bool = False,
    ) -> None:
        job.row |= {"state": state, "finished": time.time(), "result": result, "error": error, "is_bug": is_bug}
        if state == "done":
            job.row["fraction"] = 1.0
        if job is self._current:
            self._current = None
        job.args, job.secrets = {}, {}
        # What could not be written (a full disk) must still be answered from memory.
        if self._write(job):
            self._live.pop(job.id, None)
        job.over.set()

    def _write(self, job: _Job) -> bool:
        job.written, job.unwritten = time.monotonic(), False
        return self._table.change(job.id, job.row)

    def _write_when_due(self, job: _Job) -> None:
        if job.unwritten and time.monotonic() - job.written >= _WRITE_EVERY:
            self._write(job)

    def _note(self, job: _Job) -> Mapping[str, Any]:
        if job not in self._queue:
            return job.row["note"]  # type: ignore[no-any-return]
        n_ahead = self._queue.index(job) + (self._current is not None)
        if n_ahead:
            return say("Waiting. Jobs ahead of this one: {n}.", n=n_ahead).to_json()
        return say("Waking the engine…").to_json()

    def _lose(self, job_id: str) -> None:
        self._table.change(job_id, {"state": "lost", "finished": time.time(), "error": lost()}, only=OPEN)

    def _tidy(self) -> None:
        for row in self._table.among(OPEN):
            if not is_present(self._apps, row["app"]):
                self._lose(row["id"])
        for job_id in self._table.forget(time.time() - _REMEMBERED):
            log_path(self._logs, job_id).unlink(missing_ok=True)

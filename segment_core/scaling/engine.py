"""Engine: keeps one worker process started, warm and replaced when it dies."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from segment_core.scaling.logs import Secrets, WorkerLog
from segment_core.scaling.process import WorkerProcess

_WARM_ID = "warm"
_MOST_FAILED_STARTS = 3


class Engine:
    """Own the worker process; every callback comes with `lock` held.

    Parameters
    ----------
    on_free : the worker is warm and waits for a job.
    on_event : the worker says something about a job.
    on_broken : the worker died by itself with this exit code; the second argument tells whether
        a fresh one could be started.
    """

    def __init__(
        self,
        folder: Path,
        lock: threading.RLock,
        *,
        allow: str,
        warm_task: str | None,
        on_free: Callable[[], None],
        on_event: Callable[[Mapping[str, Any]], None],
        on_broken: Callable[[int, bool], None],
    ) -> None:
        self._folder, self._lock, self._allow = folder, lock, allow
        self._warm_task = warm_task
        self._on_free, self._on_event, self._on_broken = on_free, on_event, on_broken
        self._secrets = Secrets()
        self._worker: WorkerProcess | None = None
        self._failed_starts = 0
        self._spoke = False
        self.warm = False

    @property
    def secrets(self) -> Secrets:
        """The secrets that must not reach a file."""
        return self._secrets

    def start(self) -> bool:
        """Start a worker if there is none, and say whether there is one now."""
        with self._lock:
            self._failed_starts = 0
            return self._start()

    def run(self, job_id: str, task: str, args: Mapping[str, Any], secrets: Mapping[str, str]) -> None:
        """Give the worker a job."""
        self._tell({"type": "run", "id": job_id, "task": task, "args": dict(args), "secrets": dict(secrets)})

    def ask_to_stop(self, job_id: str) -> None:
        """Ask the worker to end a job; a task that reports progress will."""
        self._tell({"type": "cancel", "id": job_id})

    def replace(self) -> bool:
        """End the worker at once and start a fresh one."""
        with self._lock:
            self._drop()
            return self._start()

    def stop(self) -> None:
        """End the worker for good."""
        with self._lock:
            worker = self._drop()
        if worker is not None:
            worker.join(2.0)

    def _start(self) -> bool:
        if self._worker is not None:
            return True
        log = WorkerLog(self._folder / "logs", self._secrets)
        try:
            worker = WorkerProcess(self._folder, allow=self._allow, hear=self._hear, noise=log.take, ended=self._ended)
        except OSError as error:
            log.take(f"The worker process could not be started: {error}\n".encode())
            return False
        self._worker, self._spoke = worker, False
        worker.listen()
        if self._warm_task is not None:
            self.run(_WARM_ID, self._warm_task, {}, {})
        return True

    def _drop(self) -> WorkerProcess | None:
        worker, self._worker, self.warm = self._worker, None, False
        if worker is not None:
            worker.kill()
        return worker

    def _tell(self, message: Mapping[str, Any]) -> None:
        if self._worker is not None:
            self._worker.tell(message)

    def _hear(self, worker: WorkerProcess, event: Mapping[str, Any]) -> None:
        with self._lock:
            if worker is not self._worker:
                return
            if event["type"] == "ready":
                self._spoke, self._failed_starts = True, 0
            if event["type"] == "ready" and self._warm_task is not None:
                return
            if event["type"] == "ready" or event["id"] == _WARM_ID:
                self._warmed(event)
            else:
                self._on_event(event)

    def _warmed(self, event: Mapping[str, Any]) -> None:
        if event["type"] == "progress":
            return
        self.warm = True
        self._on_free()

    def _ended(self, worker: WorkerProcess, code: int) -> None:
        with self._lock:
            if worker is not self._worker:
                return
            if self._spoke and not self.warm:
                self._warm_task = None  # warming up is what it died of: do without
            if not self._spoke:
                self._failed_starts += 1
            self._worker, self.warm = None, False
            restarted = self._failed_starts < _MOST_FAILED_STARTS and self._start()
            self._on_broken(code, restarted)

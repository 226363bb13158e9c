"""Presence: how one app process can tell whether another that shares the workspace is still alive."""

from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout


class Presence:
    """Hold a lock for as long as this process lives; the system lets go of it however the process ends.

    Unlike a process id, a lock cannot pass to a stranger, and it works across containers that
    share a folder.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.token = uuid4().hex
        self._path = folder / f"{self.token}.lock"
        # Not bound to the thread that made it: in a web app that thread is soon gone.
        self._lock = FileLock(self._path, thread_local=False)
        self._lock.acquire()

    def leave(self) -> None:
        """Let go of the lock."""
        self._lock.release()
        self._path.unlink(missing_ok=True)


def is_present(folder: Path, token: str) -> bool:
    """Tell whether the process that made this token is alive."""
    path = folder / f"{token}.lock"
    if not token.isalnum() or not path.exists():
        return False
    try:
        with FileLock(path, timeout=0):
            pass
    except Timeout:
        return True
    path.unlink(missing_ok=True)
    return False

"""Logs: what a worker prints, kept job by job in the workspace, with every secret blotted out."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

MARK = b"\x1e"
"""Begins a line on a worker's standard error that says whose lines follow: a job's id, or nothing."""

_BLOT = "•••"
_SHORTEST_SECRET = 4
_MOST_BYTES = 2_000_000


class Secrets:
    """Remember secrets in memory only, to find and blot them out wherever they turn up."""

    def __init__(self) -> None:
        self._known: list[str] = []

    def __repr__(self) -> str:
        return f"Secrets({len(self._known)})"

    def add(self, secrets: Iterable[str]) -> None:
        """Remember some more; very short ones are left alone, they would blot out half of every text."""
        fresh = {secret for secret in secrets if len(secret) >= _SHORTEST_SECRET}
        # The longest first: one secret may be a part of another.
        self._known = sorted(fresh.union(self._known), key=len, reverse=True)

    def blot_bytes(self, line: bytes) -> bytes:
        """Return a printed line without secrets."""
        for secret in self._known:
            line = line.replace(secret.encode("utf-8", "surrogatepass"), _BLOT.encode())
        return line

    def blot(self, value: Any) -> Any:
        """Return a JSON value without secrets in any of its texts."""
        if isinstance(value, str):
            for secret in self._known:
                value = value.replace(secret, _BLOT)
            return value
        if isinstance(value, Mapping):
            return {self.blot(key): self.blot(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.blot(item) for item in value]
        return value

    def blot_message(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """Return a message as JSON without secrets in its values; the template is ours and stays."""
        return {"template": found["template"], "values": self.blot(found["values"])}


class WorkerLog:
    """Take a worker's printed lines and append each to its job's file, or to `worker.log` between jobs."""

    def __init__(self, folder: Path, secrets: Secrets) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._secrets = secrets
        self._name = "worker"
        self._n_bytes: dict[str, int] = {}

    def take(self, line: bytes) -> None:
        """Append a line; a mark within it says whose lines follow."""
        said, mark, job = line.partition(MARK)
        self._append(self._secrets.blot_bytes(said))
        if mark:
            name = job.strip().decode("ascii", "replace")
            self._name = name if name.isalnum() else "worker"

    def _append(self, said: bytes) -> None:
        taken = self._n_bytes.get(self._name, 0)
        if not said or taken > _MOST_BYTES:
            return
        self._n_bytes[self._name] = taken + len(said)
        with log_path(self._folder, self._name).open("ab") as file:
            file.write(said)


def log_path(folder: Path, name: str) -> Path:
    """Return where a job's log is."""
    return folder / f"{name}.log"

"""Place: what jobs need of a workspace, so that the two tools need not know each other."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol


class Table(Protocol):
    """The jobs table of a workspace, as far as jobs need it."""

    def add(self, row: Mapping[str, Any]) -> None:
        """Insert a job."""

    def change(self, job_id: str, values: Mapping[str, Any], *, only: Iterable[str] = ()) -> bool:
        """Update a job and say whether it was written."""

    def get(self, job_id: str) -> dict[str, Any] | None:
        """Return a job's row, or None."""

    def among(self, states: Iterable[str]) -> list[dict[str, Any]]:
        """Return the rows in one of these states, oldest first."""

    def forget(self, before: float) -> list[str]:
        """Delete the jobs that finished before a time and return their ids."""


class Place(Protocol):
    """A workspace, as far as jobs need it."""

    @property
    def folder(self) -> Path:
        """Where logs and locks go."""

    @property
    def jobs(self) -> Table:
        """The jobs table."""

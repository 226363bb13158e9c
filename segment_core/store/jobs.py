"""Jobs: the table that says what each long job is doing, readable by any session or a restarted app."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import OperationalError

from segment_core.store.catalogue import JOBS, Catalogue
from segment_core.store.plain import from_plain, to_plain

_JSON = ("note", "result", "error")


class JobTable:
    """Read and write rows of the jobs table; what a row means is the business of `scaling.jobs`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def add(self, row: Mapping[str, Any]) -> None:
        """Insert a job."""
        with self._catalogue.writing() as connection:
            connection.execute(insert(JOBS).values(_to_row(row)))

    def change(self, job_id: str, values: Mapping[str, Any], *, only: Iterable[str] = ()) -> bool:
        """Update a job, if its state is among `only` where any are named; say whether it was written.

        A database that cannot be written now (a full disk) is answered with False: a note that is
        missed must not stop the job.
        """
        statement = update(JOBS).where(JOBS.c.id == job_id).values(_to_row(values))
        states = tuple(only)
        if states:
            statement = statement.where(JOBS.c.state.in_(states))
        try:
            with self._catalogue.writing() as connection:
                return connection.execute(statement).rowcount > 0
        except OperationalError:
            return False

    def get(self, job_id: str) -> dict[str, Any] | None:
        """Return a job's row, or None."""
        with self._catalogue.reading() as connection:
            found = connection.execute(select(JOBS).where(JOBS.c.id == job_id)).mappings().first()
        return None if found is None else _from_row(found)

    def among(self, states: Iterable[str]) -> list[dict[str, Any]]:
        """Return the rows in one of these states, oldest first."""
        statement = select(JOBS).where(JOBS.c.state.in_(tuple(states))).order_by(JOBS.c.created, JOBS.c.id)
        with self._catalogue.reading() as connection:
            return [_from_row(found) for found in connection.execute(statement).mappings()]

    def forget(self, before: float) -> list[str]:
        """Delete the jobs that finished before a time (seconds since 1970) and return their ids."""
        old = JOBS.c.finished < before
        with self._catalogue.writing() as connection:
            found = list(connection.execute(select(JOBS.c.id).where(old)).scalars())
            connection.execute(delete(JOBS).where(old))
        return found


def _to_row(values: Mapping[str, Any]) -> dict[str, Any]:
    row = dict(values)
    for name in _JSON:
        if row.get(name) is not None:
            row[name] = json.dumps(to_plain(row[name]), allow_nan=False)
    return row


def _from_row(found: Mapping[Any, Any]) -> dict[str, Any]:
    row = dict(found)
    for name in _JSON:
        if row[name] is not None:
            row[name] = from_plain(json.loads(row[name]))
    return row

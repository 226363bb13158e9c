"""Runs: every finished run of a study stays, for a while; files that did not change are kept once for all of them."""

import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, insert, select, update

from segment_core.errors import DataError
from segment_core.store import records
from segment_core.store.catalogue import RUNS, Catalogue
from segment_core.store.plain import from_plain, to_plain

T = TypeVar("T")
KEPT_RUNS = 30
"""Runs of one study that are kept; the oldest give way."""
_ID = re.compile(r"[0-9a-f]{16}")
_STUDY, _CUT = "study", "cut"


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A run in the catalogue: when it was made and last opened (seconds since 1970), and what lists show of it.

    `current` is the run that the study shows now. `version` is the study's version that the run holds, 0 where that
    was not noted.
    """

    id: str
    made: float
    opened: float
    current: bool
    summary: Mapping[str, Any]
    version: int = 0


def new_run() -> str:
    """Return an id for a run that is about to be made."""
    return secrets.token_hex(8)


class Runs:
    """Keep runs under `<folder>/<study>/<run>`: the study's record as it was left, and the cut alone for comparing.

    Every file is a hard link to one in `<folder>/files`, named by its SHA-256, so that features, customers and
    whatever else is the same in many runs lie on the disk once.
    """

    def __init__(self, catalogue: Catalogue, folder: Path, temporary: Path) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._temporary = temporary

    def add(self, study_id: str, run_id: str, fresh: Path, summary: Mapping[str, Any], version: int) -> None:
        """Keep what `linked` made of a study's version as its newest and current run.

        A run that another process entered already is only brought up to this version.
        """
        now = time.time()
        text = json.dumps(to_plain(dict(summary)), allow_nan=False)
        row = {"id": run_id, "study": study_id, "made": now, "opened": now, "current": True, "summary": text}
        with self._catalogue.writing() as connection:
            if self._renew(connection, study_id, run_id, fresh, version):
                return
            self._put(fresh, self._place(study_id, run_id))
            connection.execute(update(RUNS).where(RUNS.c.study == study_id).values(current=False))
            connection.execute(insert(RUNS).values(row | {"version": version}))
            self._shrink(connection, study_id)

    def refresh(self, study_id: str, run_id: str, fresh: Path, version: int) -> None:
        """Let a run hold what `linked` made of a later version of the study; an earlier one changes nothing."""
        with self._catalogue.writing() as connection:
            if not self._renew(connection, study_id, run_id, fresh, version):
                shutil.rmtree(fresh, ignore_errors=True)

    def open(self, study_id: str, run_id: str | None) -> None:
        """Make a run the current one; None where the study shows no run, as when it was taken up to features only."""
        with self._catalogue.writing() as connection:
            connection.execute(update(RUNS).where(RUNS.c.study == study_id).values(current=False))
            if run_id is not None:
                own = (RUNS.c.study == study_id) & (RUNS.c.id == run_id)
                connection.execute(update(RUNS).where(own).values(current=True, opened=time.time()))

    def linked(self, source: Path, cut: Any) -> Path | None:
        """Link the record of a study, and write the cut, for `add` or `refresh`; None where the record went away."""
        fresh = self._temporary / uuid4().hex
        fresh.mkdir()
        if cut is not None:
            records.save(cut, fresh / _CUT)
        (fresh / _STUDY).mkdir()
        try:
            for path in sorted(source.iterdir()):
                _link(self._shared(path), fresh / _STUDY / path.name)
        except FileNotFoundError:  # two more versions were saved meanwhile
            shutil.rmtree(fresh, ignore_errors=True)
            return None
        return fresh

    def all(self, study_id: str) -> tuple[RunEntry, ...]:
        """Return the runs of a study, the newest first."""
        statement = select(RUNS).where(RUNS.c.study == study_id).order_by(RUNS.c.made.desc(), RUNS.c.id)
        with self._catalogue.reading() as connection:
            return tuple(_entry(row) for row in connection.execute(statement).all())

    def entry(self, study_id: str, run_id: str) -> RunEntry:
        """Return one run's entry.

        Raises
        ------
        DataError
            If the study has no such run.
        """
        found = next((run for run in self.all(study_id) if run.id == run_id), None)
        if found is None:
            raise DataError("This run is no longer kept; choose another one.")
        return found

    def load(self, kind: type[T], study_id: str, run_id: str) -> T:
        """Read the study as a run left it.

        Raises
        ------
        DataError
            If there is no such run, or its files are damaged.
        """
        self.entry(study_id, run_id)
        return records.load(kind, self._place(study_id, run_id) / _STUDY)

    def cut(self, kind: type[T], study_id: str, run_id: str) -> T:
        """Read only who was in which segment, or raise `DataError`."""
        self.entry(study_id, run_id)
        return records.load(kind, self._place(study_id, run_id) / _CUT)

    def forget(self, study_id: str) -> None:
        """Delete all runs of a study."""
        if not _ID.fullmatch(study_id):
            return
        with self._catalogue.writing() as connection:
            connection.execute(delete(RUNS).where(RUNS.c.study == study_id))
            shutil.rmtree(self._folder / study_id, ignore_errors=True)
            self._sweep()

    def size(self) -> int:
        """Return the bytes that all runs take."""
        return sum(path.stat().st_size for path in self._files().glob("*/*"))

    def _shrink(self, connection: Connection, study_id: str) -> None:
        statement = select(RUNS.c.id).where(RUNS.c.study == study_id).order_by(RUNS.c.made.desc(), RUNS.c.id)
        for old in connection.execute(statement).scalars().all()[KEPT_RUNS:]:
            connection.execute(delete(RUNS).where(RUNS.c.id == old))
            shutil.rmtree(self._place(study_id, old), ignore_errors=True)
        self._sweep()

    def _renew(self, connection: Connection, study_id: str, run_id: str, fresh: Path, version: int) -> bool:
        """Put a later version in the place of a run's; return False where there is no such run."""
        own = (RUNS.c.study == study_id) & (RUNS.c.id == run_id)
        known = connection.execute(select(RUNS.c.version).where(own)).scalar()
        if known is None:
            return False
        if known < version:
            self._put(fresh, self._place(study_id, run_id))
            connection.execute(update(RUNS).where(own).values(version=version))
        else:
            shutil.rmtree(fresh, ignore_errors=True)
        return True

    def _shared(self, path: Path) -> Path:
        with path.open("rb") as file:
            name = hashlib.file_digest(file, "sha256").hexdigest()
        kept = self._files() / name[:2] / name
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._temporary / uuid4().hex
            _link(path, fresh)
            fresh.replace(kept)
        return kept

    def _put(self, fresh: Path, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        old = self._temporary / uuid4().hex
        if place.exists():
            place.replace(old)
        fresh.replace(place)
        shutil.rmtree(old, ignore_errors=True)

    def _sweep(self) -> None:
        """Remove shared files to which no run links any more."""
        for path in self._files().glob("*/*"):
            with suppress(FileNotFoundError):
                if path.stat().st_nlink == 1 and time.time() - path.stat().st_mtime > _JUST_MADE:
                    path.unlink()

    def _files(self) -> Path:
        return self._folder / "files"

    def _place(self, study_id: str, run_id: str) -> Path:
        if not _ID.fullmatch(study_id) or not _ID.fullmatch(run_id):
            raise DataError("This run is no longer kept; choose another one.")
        return self._folder / study_id / run_id


_JUST_MADE = 600.0
"""Seconds for which a shared file may wait for its first link, while another process is still making its run."""


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system that has no hard links
        shutil.copy2(source, target)


def _entry(row: Row[Any]) -> RunEntry:
    return RunEntry(row.id, row.made, row.opened, row.current, from_plain(json.loads(row.summary)), row.version)

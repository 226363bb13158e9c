"""Studies: kept in numbered versions, so that nobody ever reads one that is half written."""

import json
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

from sqlalchemy import Row, delete, insert, select, update

from segment_core.errors import DataError
from segment_core.store import records
from segment_core.store.catalogue import STUDIES, Catalogue
from segment_core.store.plain import from_plain, to_plain

T = TypeVar("T")
_ID = re.compile(r"[0-9a-f]{16}")
_KEPT_VERSIONS = 2


@dataclass(frozen=True, slots=True)
class StudyEntry:
    """A study in the catalogue: times are seconds since 1970, `version` 0 holds nothing yet."""

    id: str
    name: str
    created: float
    updated: float
    version: int
    summary: Mapping[str, Any]


class Overtaken(DataError):  # noqa: N818 - it is no error where one looks again and saves then
    """Raised where a study was to be saved in place of a version that is no longer the current one."""


class Studies:
    """Keep studies under `<folder>/<id>/<version>`."""

    def __init__(self, catalogue: Catalogue, folder: Path, temporary: Path) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._temporary = temporary

    def new(self, name: str) -> str:
        """Enter a study that holds nothing yet, and return its id."""
        study_id, now = secrets.token_hex(8), time.time()
        row = {"id": study_id, "name": name, "created": now, "updated": now, "version": 0, "summary": "{}"}
        with self._catalogue.writing() as connection:
            connection.execute(insert(STUDIES).values(row))
        return study_id

    def save(self, study_id: str, study: Any, summary: Mapping[str, Any], after: int | None = None) -> int:
        """Write a new version, make it the current one, return it; the one before stays for those still reading it.

        With `after` it is saved in place of that version only: `Overtaken` is raised if another one is current by now.
        """
        self.entry(study_id)
        fresh = self._temporary / uuid4().hex
        records.save(study, fresh)
        with self._catalogue.writing() as connection:
            last = connection.execute(select(STUDIES.c.version).where(STUDIES.c.id == study_id)).scalar()
            if last is None:
                shutil.rmtree(fresh, ignore_errors=True)
                raise _no_study()
            if after is not None and int(last) != after:
                shutil.rmtree(fresh, ignore_errors=True)
                raise Overtaken("The study was changed meanwhile, in another window or by a run. Try again.")
            version, place = int(last) + 1, self._folder / study_id
            place.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(place / str(version), ignore_errors=True)  # left by a process that died right here
            fresh.replace(place / str(version))
            values = {"version": version, "updated": time.time(), "summary": _to_text(summary)}
            connection.execute(update(STUDIES).where(STUDIES.c.id == study_id).values(values))
        self._tidy(study_id, version)
        return version

    def load(self, kind: type[T], study_id: str) -> tuple[T, StudyEntry]:
        """Read the current version as an object of this class, with the entry of that very version.

        Raises
        ------
        DataError
            If there is no such study, it holds nothing yet, or its files are damaged.
        """
        entry = self.entry(study_id)
        while True:
            if entry.version == 0:
                raise DataError("The study {name} holds nothing yet; run it first.", name=entry.name)
            try:
                return records.load(kind, self._folder / study_id / str(entry.version)), entry
            except DataError:
                # Two saves may have gone by since the version was looked up.
                before, entry = entry.version, self.entry(study_id)
                if entry.version == before:
                    raise

    def place(self, study_id: str, version: int) -> Path:
        """Return the folder of a version, which is only there while `holds` says so."""
        return self._folder / study_id / str(version)

    def mentions(self, study_id: str, text: str) -> bool:
        """Tell whether the record of the current version holds a text."""
        entry = self.entry(study_id)
        return entry.version > 0 and records.mentions(self.place(study_id, entry.version), text)

    def holds(self, study_id: str, version: int) -> bool:
        """Tell whether a version is whole: it is until two more are saved."""
        return 0 < version <= self.entry(study_id).version < version + _KEPT_VERSIONS

    def entry(self, study_id: str) -> StudyEntry:
        """Return a study's entry.

        Raises
        ------
        DataError
            If there is none with this id.
        """
        row = None
        if _ID.fullmatch(study_id):
            with self._catalogue.reading() as connection:
                row = connection.execute(select(STUDIES).where(STUDIES.c.id == study_id)).first()
        if row is None:
            raise _no_study()
        return _entry(row)

    def all(self) -> tuple[StudyEntry, ...]:
        """Return every study, the latest changed first."""
        with self._catalogue.reading() as connection:
            rows = connection.execute(
                select(STUDIES).order_by(STUDIES.c.updated.desc(), STUDIES.c.created.desc())
            ).all()
        return tuple(_entry(row) for row in rows)

    def rename(self, study_id: str, name: str) -> None:
        """Give a study another name."""
        self.entry(study_id)
        with self._catalogue.writing() as connection:
            connection.execute(update(STUDIES).where(STUDIES.c.id == study_id).values(name=name))

    def delete(self, study_id: str) -> None:
        """Delete a study with its files; one that is not there is no error."""
        if not _ID.fullmatch(study_id):
            return
        with self._catalogue.writing() as connection:
            connection.execute(delete(STUDIES).where(STUDIES.c.id == study_id))
            shutil.rmtree(self._folder / study_id, ignore_errors=True)

    def _tidy(self, study_id: str, version: int) -> None:
        with suppress(FileNotFoundError):  # somebody may have deleted the study meanwhile
            for old in (self._folder / study_id).iterdir():
                if old.name.isdecimal() and int(old.name) <= version - _KEPT_VERSIONS:
                    shutil.rmtree(old, ignore_errors=True)


def _entry(row: Row[Any]) -> StudyEntry:
    summary = from_plain(json.loads(row.summary))
    return StudyEntry(row.id, row.name, row.created, row.updated, row.version, summary)


def _to_text(summary: Mapping[str, Any]) -> str:
    return json.dumps(to_plain(dict(summary)), allow_nan=False)


def _no_study() -> DataError:
    return DataError("This study is no longer in the workspace; open another one or start anew.")

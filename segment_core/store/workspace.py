"""Workspace: the folder that outlives a session: uploads, studies, settings, jobs and finished arrays."""

import json
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from segment_core.errors import DataError
from segment_core.store.arrays import ArrayCache
from segment_core.store.catalogue import SETTINGS, Catalogue
from segment_core.store.encoders import Encoders
from segment_core.store.jobs import JobTable
from segment_core.store.plain import from_plain, to_plain
from segment_core.store.runs import RunEntry, Runs
from segment_core.store.studies import Studies, StudyEntry
from segment_core.store.uploads import Upload, Uploads

T = TypeVar("T")
MODELS = "models"
"""The folder, inside the workspace's, of what is made of a model once and used again."""
_DAY = 86_400.0


def default_folder() -> Path:
    """Return the folder named by the environment variable STRATA_WORKSPACE, else `.strata` at home."""
    named = os.environ.get("STRATA_WORKSPACE")
    return Path(named).expanduser().absolute() if named else Path.home() / ".strata"


class Workspace:
    """Keep what outlives a session in one folder: an SQLite catalogue and plain files.

    Any number of threads and processes may use one folder at once. Ids are checked and file
    names are never used as paths, so both may come from a browser.

    Attributes
    ----------
    folder : where everything is.
    jobs : the table of long jobs, which `scaling.jobs` keeps.
    encoders : models that learned a customer base.

    Examples
    --------
    >>> import tempfile
    >>> workspace = Workspace(Path(tempfile.mkdtemp()))
    >>> kept = workspace.keep_upload("customers.csv", b"id,spend")
    >>> workspace.upload(kept.id).path.read_bytes()
    b'id,spend'
    """

    def __init__(self, folder: Path, *, cache_limit: int = 4 * 2**30) -> None:
        self.folder = Path(folder).absolute()
        temporary = self.folder / "temporary"
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.mkdir(exist_ok=True)
        _sweep(temporary)
        self._catalogue = Catalogue(self.folder)
        self._uploads = Uploads(self._catalogue, self.folder / "uploads", temporary)
        self._studies = Studies(self._catalogue, self.folder / "studies", temporary)
        self._runs = Runs(self._catalogue, self.folder / "runs", temporary)
        self._arrays = ArrayCache(self._catalogue, self.folder / "cache", temporary, cache_limit)
        self.jobs = JobTable(self._catalogue)
        self.encoders = Encoders(self.folder)

    def keep_upload(self, name: str, data: bytes) -> Upload:
        """Keep a customer file; its id is the SHA-256 of its bytes."""
        return self._uploads.keep(name, data)

    def upload(self, id: str) -> Upload:  # noqa: A002 - the catalogue's own word
        """Return a kept file, or raise `DataError` where there is none."""
        return self._uploads.get(id)

    def uploads(self) -> tuple[Upload, ...]:
        """Return every kept file, newest first."""
        return self._uploads.all()

    def delete_upload(self, id: str) -> None:  # noqa: A002
        """Delete a kept file."""
        self._uploads.delete(id)

    def new_study(self, name: str) -> str:
        """Enter a study that holds nothing yet, and return its id."""
        return self._studies.new(name)

    def save_study(self, id: str, study: Any, *, summary: Mapping[str, Any], after: int | None = None) -> int:  # noqa: A002
        """Keep a study as its new version and return that; `summary` holds a few JSON values for lists of studies.

        Its "run" is the run that the study shows, "" for none; without it the run that was opened last is shown.
        `after` is the version that was read to make this one: if another is current by now, `Overtaken` is raised,
        so that what somebody else kept meanwhile is not lost.
        """
        return self._studies.save(id, study, summary, after)

    def load_study(self, kind: type[T], id: str) -> T:  # noqa: A002
        """Read a study's current version, or raise `DataError` where it cannot be had."""
        return self._studies.load(kind, id)[0]

    def study_and_entry(self, kind: type[T], id: str) -> tuple[T, StudyEntry]:  # noqa: A002
        """Read a study's current version with the entry of that very version, whoever saves meanwhile."""
        return self._studies.load(kind, id)

    def study(self, id: str) -> StudyEntry:  # noqa: A002
        """Return a study's entry without reading the study, or raise `DataError`."""
        return self._studies.entry(id)

    def studies(self) -> tuple[StudyEntry, ...]:
        """Return the entries of all studies, the latest changed first."""
        return self._studies.all()

    def mentions(self, id: str, text: str) -> bool:  # noqa: A002
        """Tell whether a study's current version names something, such as a kept encoder, without reading it whole."""
        return self._studies.mentions(id, text)

    def rename_study(self, id: str, name: str) -> None:  # noqa: A002
        """Give a study another name."""
        self._studies.rename(id, name)

    def delete_study(self, id: str) -> None:  # noqa: A002
        """Delete a study with all its versions and runs."""
        self._studies.delete(id)
        self._runs.forget(id)

    def keep_run(self, id: str, run: str, cut: Any, *, summary: Mapping[str, Any], version: int) -> None:  # noqa: A002
        """Keep a version of the study as its newest run, under an id of `new_run`; `cut` alone is read to compare runs.

        Nothing happens where two more versions were saved meanwhile: who saved another run settled this one before.
        """
        fresh = self._linked(id, cut, version)
        if fresh is not None:
            self._runs.add(id, run, fresh, summary, version)

    def refresh_run(self, id: str, run: str, cut: Any, *, version: int) -> None:  # noqa: A002
        """Let a run hold a later version of the study, with what was edited since; else nothing happens."""
        fresh = self._linked(id, cut, version)
        if fresh is not None:
            self._runs.refresh(id, run, fresh, version)

    def open_run(self, id: str, run: str | None) -> None:  # noqa: A002
        """Note which run the study shows; None is none of them."""
        self._runs.open(id, run)

    def runs(self, id: str) -> tuple[RunEntry, ...]:  # noqa: A002
        """Return the runs of a study, the newest first; none where the study is gone."""
        try:
            shown = self._studies.entry(id).summary.get("run")
        except DataError:
            return ()
        found = self._runs.all(id)
        # What was saved with the study holds: a process may have died before it could mark the run.
        return found if shown is None else tuple(replace(run, current=run.id == shown) for run in found)

    def run(self, id: str, run: str) -> RunEntry:  # noqa: A002
        """Return a run's entry, or raise `DataError` where it is no longer kept."""
        return self._runs.entry(id, run)

    def load_run(self, kind: type[T], id: str, run: str) -> T:  # noqa: A002
        """Read the study as a run left it, or raise `DataError`."""
        return self._runs.load(kind, id, run)

    def cut_of_run(self, kind: type[T], id: str, run: str) -> T:  # noqa: A002
        """Read who was in which segment in a run, or raise `DataError`."""
        return self._runs.cut(kind, id, run)

    def array(self, key: str) -> NDArray[Any] | None:
        """Return the array kept under a fingerprint, or None."""
        return self._arrays.get(key)

    def has_array(self, key: str) -> bool:
        """Tell whether an array is kept under a fingerprint, without reading it."""
        return self._arrays.has(key)

    def keep_array(self, key: str, array: NDArray[Any]) -> None:
        """Keep an array under a fingerprint; the longest unused give way when the cache is full."""
        self._arrays.keep(key, array)

    def size(self) -> int:
        """Return the bytes that kept arrays, and forms made of models, take."""
        made = sum(path.stat().st_size for path in (self.folder / MODELS).rglob("*") if path.is_file())
        return self._arrays.size() + made

    def clear_cache(self) -> None:
        """Forget all kept arrays and forms made of models; studies and uploads stay."""
        self._arrays.clear()
        shutil.rmtree(self.folder / MODELS, ignore_errors=True)

    def setting(self, name: str, default: Any = None) -> Any:
        """Return a setting, or the default where it was never kept."""
        with self._catalogue.reading() as connection:
            found = connection.execute(select(SETTINGS.c.value).where(SETTINGS.c.name == name)).scalar()
        return default if found is None else from_plain(json.loads(found))

    def keep_setting(self, name: str, value: Any) -> None:
        """Keep a setting of JSON values; never a secret: everything here is readable on disk."""
        row = {"name": name, "value": json.dumps(to_plain(value), allow_nan=False)}
        with self._catalogue.writing() as connection:
            statement = insert(SETTINGS).values(row)
            connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=row))

    def _linked(self, id: str, cut: Any, version: int) -> Path | None:  # noqa: A002
        fresh = self._runs.linked(self._studies.place(id, version), cut)
        if fresh is not None and not self._studies.holds(id, version):  # it may have been half removed already
            shutil.rmtree(fresh, ignore_errors=True)
            return None
        return fresh

    def close(self) -> None:
        """Close the database; a closed workspace opens it again when it is used."""
        self._catalogue.close()


def _sweep(temporary: Path) -> None:
    """Remove what a process that died left behind; a day old, so that nobody is still writing it."""
    for left in temporary.iterdir():
        try:
            if time.time() - left.stat().st_mtime < _DAY:
                continue
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink()
        except FileNotFoundError:
            continue

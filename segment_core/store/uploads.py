"""Uploads: customer files as they came, addressed by their content."""

import hashlib
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.sqlite import insert

from segment_core.errors import DataError
from segment_core.store.catalogue import UPLOADS, Catalogue

_ID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A kept file: `id` is the SHA-256 of its bytes, `name` is what the analyst called it (never a path)."""

    id: str
    name: str
    size: int
    path: Path


class Uploads:
    """Keep files under `<folder>/<id>/data`; the same bytes are kept once, under the latest name."""

    def __init__(self, catalogue: Catalogue, folder: Path, temporary: Path) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._temporary = temporary

    def keep(self, name: str, data: bytes) -> Upload:
        """Keep a file's bytes."""
        found = Upload(hashlib.sha256(data).hexdigest(), _storable(name), len(data), Path())
        fresh = self._temporary / uuid4().hex
        fresh.write_bytes(data)
        row = {"id": found.id, "name": found.name, "size": found.size, "added": time.time()}
        with self._catalogue.writing() as connection:
            self._path(found.id).parent.mkdir(parents=True, exist_ok=True)
            fresh.replace(self._path(found.id))
            connection.execute(insert(UPLOADS).values(row).on_conflict_do_update(index_elements=["id"], set_=row))
        return self.get(found.id)

    def get(self, upload_id: str) -> Upload:
        """Return a kept file.

        Raises
        ------
        DataError
            If there is none with this id.
        """
        row = None
        if _ID.fullmatch(upload_id):
            with self._catalogue.reading() as connection:
                row = connection.execute(select(UPLOADS).where(UPLOADS.c.id == upload_id)).first()
        if row is None or not self._path(row.id).is_file():
            raise DataError("The uploaded file is no longer in the workspace; upload it again.")
        return self._upload(row)

    def all(self) -> tuple[Upload, ...]:
        """Return every kept file, newest first."""
        with self._catalogue.reading() as connection:
            rows = connection.execute(select(UPLOADS).order_by(UPLOADS.c.added.desc())).all()
        return tuple(self._upload(row) for row in rows)

    def delete(self, upload_id: str) -> None:
        """Delete a kept file; one that is not there is no error."""
        if not _ID.fullmatch(upload_id):
            return
        with self._catalogue.writing() as connection:
            connection.execute(delete(UPLOADS).where(UPLOADS.c.id == upload_id))
            shutil.rmtree(self._path(upload_id).parent, ignore_errors=True)

    def _upload(self, row: Row[tuple[str, str, int, float]]) -> Upload:
        return Upload(row.id, row.name, row.size, self._path(row.id))

    def _path(self, upload_id: str) -> Path:
        return self._folder / upload_id / "data"


def _storable(name: str) -> str:
    # A file name may hold half a surrogate pair (bytes that were not text), which no database takes.
    return name.encode("utf-8", "replace").decode("utf-8").replace("\0", "")[:500]

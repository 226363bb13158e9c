"""Arrays: finished work kept on disk by fingerprint, the longest unused thrown away first."""

import hashlib
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from segment_core.store.catalogue import CACHE, Catalogue

_TOUCH_SECONDS = 60.0


class ArrayCache:
    """Keep arrays in a folder of at most `limit` bytes."""

    def __init__(self, catalogue: Catalogue, folder: Path, temporary: Path, limit: int) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._temporary = temporary
        self._limit = limit

    def get(self, key: str) -> NDArray[Any] | None:
        """Return the array kept under a key, or None."""
        name = _name(key)
        with self._catalogue.reading() as connection:
            used = connection.execute(select(CACHE.c.used).where(CACHE.c.key == name)).scalar()
        if used is None:
            return None
        try:
            found: NDArray[Any] = np.load(self._path(name), allow_pickle=False)
        except (OSError, ValueError, EOFError):
            self._drop(name)
            return None
        if time.time() - used > _TOUCH_SECONDS:
            with self._catalogue.writing() as connection:
                connection.execute(update(CACHE).where(CACHE.c.key == name).values(used=time.time()))
        return found

    def has(self, key: str) -> bool:
        """Tell whether an array is kept under a key, without reading it."""
        with self._catalogue.reading() as connection:
            found = connection.execute(select(CACHE.c.used).where(CACHE.c.key == _name(key))).scalar()
        return found is not None and self._path(_name(key)).is_file()

    def keep(self, key: str, array: NDArray[Any]) -> None:
        """Keep an array; one that is larger than the whole cache is not kept.

        Raises
        ------
        TypeError
            If the array holds objects.
        """
        if array.dtype.hasobject or array.dtype.kind == "T":
            raise TypeError("An array of objects cannot be kept.")
        if array.nbytes > self._limit:
            return
        name, fresh = _name(key), self._temporary / f"{uuid4().hex}.npy"
        np.save(fresh, array, allow_pickle=False)
        row = {"key": name, "size": fresh.stat().st_size, "used": time.time()}
        self._path(name).parent.mkdir(parents=True, exist_ok=True)
        with self._catalogue.writing() as connection:
            fresh.replace(self._path(name))
            statement = insert(CACHE).values(row)
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=row))
            self._shrink(connection)

    def size(self) -> int:
        """Return the bytes that the kept arrays take."""
        with self._catalogue.reading() as connection:
            return _size(connection)

    def clear(self) -> None:
        """Forget every array."""
        with self._catalogue.writing() as connection:
            for name in connection.execute(select(CACHE.c.key)).scalars():
                self._path(name).unlink(missing_ok=True)
            connection.execute(delete(CACHE))

    def _shrink(self, connection: Connection) -> None:
        size = _size(connection)
        oldest = connection.execute(select(CACHE.c.key, CACHE.c.size).order_by(CACHE.c.used)).all()
        for name, freed in oldest:
            if size <= self._limit:
                return
            self._path(name).unlink(missing_ok=True)
            connection.execute(delete(CACHE).where(CACHE.c.key == name))
            size -= freed

    def _drop(self, name: str) -> None:
        with self._catalogue.writing() as connection:
            self._path(name).unlink(missing_ok=True)
            connection.execute(delete(CACHE).where(CACHE.c.key == name))

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / f"{name}.npy"


def _name(key: str) -> str:
    # Keys are whatever a step says; hashed, they are safe as file names.
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _size(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.sum(CACHE.c.size), 0))).scalar_one())

"""Keeping: what is made of a model once and used again, checked each time it is read."""

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from segment_core.encoders.models import contents, sha256
from segment_core.errors import ModelError
from segment_core.store import MODELS, default_folder

T = TypeVar("T")
CHECKSUMS = "checksums.json"
TRIES = 3
DAY = 86_400.0


def kept(source: Path, recipe: Mapping[str, Any], make: Callable[[Path], None], read: Callable[[Path], T]) -> T:
    """Read what was made of the model in a folder, making it first where it is missing or damaged.

    It lies in the workspace under the SHA-256 of the model's files and of the recipe, so that another
    model, or another recipe, is another entry. `make` fills a new folder, which appears whole or not at all;
    two processes may make the same at once.

    Raises
    ------
    ModelError
        If it cannot be written, or is damaged time and again.
    """
    home = default_folder() / MODELS
    folder = home / _key(source, recipe)
    for _ in range(TRIES):
        if intact(folder):
            try:
                return read(folder)
            except FileNotFoundError:  # another process was just replacing it
                continue
        _make(home, folder, make)
    raise ModelError(
        "What is made of the model cannot be kept in {folder}: it is damaged each time it is read. "
        "Check the disk, or set STRATA_WORKSPACE to another folder.",
        folder=str(home),
    )


def intact(folder: Path) -> bool:
    """Tell whether a kept folder is there and every file is what it was when it was made."""
    try:
        wanted = json.loads((folder / CHECKSUMS).read_text(encoding="ascii"))
        return bool(wanted) and all(sha256(folder / name) == digest for name, digest in wanted.items())
    except (OSError, ValueError, AttributeError, TypeError):
        return False


def _key(source: Path, recipe: Mapping[str, Any]) -> str:
    return hashlib.sha256(f"{json.dumps(recipe, sort_keys=True)} {contents(str(source))}".encode()).hexdigest()[:32]


def _make(home: Path, folder: Path, make: Callable[[Path], None]) -> None:
    fresh = home / f".{folder.name}.{uuid4().hex}.new"
    try:
        fresh.mkdir(parents=True)
        _sweep(home)
        make(fresh)
        sums = {path.relative_to(fresh).as_posix(): sha256(path) for path in sorted(fresh.rglob("*")) if path.is_file()}
        (fresh / CHECKSUMS).write_text(json.dumps(sums), encoding="ascii")
        _put(fresh, folder)
    except OSError as error:
        raise ModelError(
            "What is made of the model cannot be kept in {folder} ({error}). Make room, or set STRATA_WORKSPACE "
            "to another folder.",
            folder=str(home),
            error=error.strerror or type(error).__name__,
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _put(fresh: Path, folder: Path) -> None:
    for _ in range(TRIES):
        if intact(folder):  # another process was quicker, and made the same
            return
        try:
            if folder.exists():
                old = folder.with_name(f".{folder.name}.{uuid4().hex}.old")
                folder.rename(old)
                shutil.rmtree(old, ignore_errors=True)
            fresh.rename(folder)
            return
        except OSError:  # another process was at it: look again
            time.sleep(0.05)


def _sweep(home: Path) -> None:
    """Remove what a process that died left behind; a day old, so that nobody is still writing it."""
    for left in home.glob(".*"):
        try:
            if time.time() - left.stat().st_mtime > DAY:
                shutil.rmtree(left, ignore_errors=True)
        except FileNotFoundError:
            continue

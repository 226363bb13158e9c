"""Keeping: files of deliveries in a workspace, made as a long job, cleaned after a day, and deletable."""

import json
import re
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from segment_core.artifacts import Progress
from segment_core.delivering.request import ENDINGS, Delivery
from segment_core.delivering.writing import deliver
from segment_core.errors import DataError
from segment_core.messages import Message
from segment_core.store import Workspace
from segment_core.study import Study

FOLDER = "deliveries"
DAY = 86_400.0
MOST_KEPT = 12


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is ready: its `id`, where it is, what it is called when saved, of which study, and who is not in it.

    `made` is seconds since 1970, `version` that of the study in the file.
    """

    id: str
    path: Path
    name: str
    study: str
    n_rows: int
    withheld: tuple[Message, ...]
    made: float
    version: int = 0


def export(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Write a delivery of a study to a file in the workspace.

    `args`: workspace (path), study (id), delivery (JSON of `Delivery`).
    Returns {"study": id, "file": id of the file}.
    """
    workspace = Workspace(Path(args["workspace"]))
    delivery = Delivery.from_json(args["delivery"])
    study, entry = workspace.study_and_entry(Study, args["study"])
    delivery = replace(delivery, study=entry.name, version=entry.version)
    folder = _folder(workspace)
    clean(workspace)
    id_ = uuid.uuid4().hex
    path = folder / f"{id_}.{ENDINGS[delivery.format]}"
    made = deliver(study, delivery, path, progress)
    told = {
        "name": delivery.file_name,
        "study": args["study"],
        "version": entry.version,
        "n_rows": made.n_rows,
        "withheld": [note.message.to_json() for note in made.withheld],
    }
    (folder / f"{id_}.json").write_text(json.dumps(told), encoding="utf-8")
    clean(workspace)
    return {"study": args["study"], "file": id_}


def kept_files(workspace: Workspace, study: str) -> tuple[KeptFile, ...]:
    """Return the files that are ready of a study, the newest first."""
    found = [_read(told) for told in _folder(workspace).glob("*.json")]
    return tuple(sorted((one for one in found if one is not None and one.study == study), key=lambda one: -one.made))


def delete(workspace: Workspace, id_: str) -> None:
    """Delete a file of a delivery; nothing happens where it is gone.

    Raises
    ------
    DataError
        If this is no id of a file.
    """
    if not re.fullmatch(r"[0-9a-f]{32}", id_):
        raise DataError("There is no file {name}.", name=id_[:40])
    for path in _folder(workspace).glob(f"{id_}.*"):
        path.unlink(missing_ok=True)


def clean(workspace: Workspace, *, now: float | None = None) -> int:
    """Delete files older than a day, and the oldest of more than twelve; return how many."""
    at = time.time() if now is None else now
    ages = {path: _made(path) for path in _folder(workspace).iterdir()}
    files = sorted({path.stem for path in ages if path.suffix == ".json"}, key=lambda stem: -_newest(ages, stem))
    gone = [stem for place, stem in enumerate(files) if place >= MOST_KEPT or at - _newest(ages, stem) > DAY]
    # What a job that died left behind has no description; a day old, so that nobody is still writing it.
    left = [path for path, made in ages.items() if path.stem not in files and at - made > DAY]
    for stem in gone:
        delete(workspace, stem)
    for path in left:
        path.unlink(missing_ok=True)
    return len(gone) + len(left)


def _newest(ages: Mapping[Path, float], stem: str) -> float:
    return max(made for path, made in ages.items() if path.stem == stem)


def _made(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another session cleans at the same time
        return 0.0


def _folder(workspace: Workspace) -> Path:
    found = workspace.folder / FOLDER
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def _read(told: Path) -> KeptFile | None:
    try:
        found = json.loads(told.read_text(encoding="utf-8"))
        path = next(path for path in told.parent.glob(f"{told.stem}.*") if path != told)
    except (FileNotFoundError, StopIteration):
        return None
    withheld = tuple(Message.from_json(message) for message in found["withheld"])
    return KeptFile(
        told.stem, path, found["name"], found["study"], found["n_rows"], withheld, _made(told), found.get("version", 0)
    )

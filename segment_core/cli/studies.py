"""Studies: where the command line finds one: a run's folder, a capsule, or a workspace."""

import argparse
from pathlib import Path

from segment_core.artifacts import Progress, silent
from segment_core.capsules import reopen, unpack
from segment_core.cli.files import source
from segment_core.errors import DataError
from segment_core.llm.ledger import FILE, Ledger, Sent
from segment_core.store import Workspace, records
from segment_core.study import Study


def study_of(asked: argparse.Namespace, progress: Progress = silent, *, bare: bool = False) -> Study:
    """Return the study that was named; of a capsule without customers only what it holds, where `bare` is enough."""
    if asked.workspace is not None:
        if not asked.workspace.is_dir():
            raise DataError("There is no workspace in {name}.", name=str(asked.workspace))
        return Workspace(asked.workspace).load_study(Study, str(asked.study))
    place = Path(asked.study)
    if place.is_dir():
        return records.load(Study, place if (place / "record.json").is_file() else place / "study")
    if not place.is_file():
        raise DataError("There is no study in {name}: give a run's folder or a capsule.", name=str(place))
    capsule = unpack(place)
    data = getattr(asked, "data", None)
    if bare or (capsule.has_rows and not data):
        return capsule.study
    if not data:
        raise DataError(
            "The capsule {name} holds no customers. Give the data file that it was made of with --data.",
            name=str(place),
        )
    found, name = source(data)
    return reopen(capsule, found, progress, name=name)


def calls_of(asked: argparse.Namespace) -> tuple[Sent, ...]:
    """Return what was sent to models for a study."""
    if asked.workspace is None:
        return Ledger(Path(asked.study) / FILE).entries()
    upload = Workspace(asked.workspace).study(str(asked.study)).summary.get("upload")
    entries = Ledger(asked.workspace / FILE).entries()
    return tuple(call for call in entries if call.study and call.study in (asked.study, upload))

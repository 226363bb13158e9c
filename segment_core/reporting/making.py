"""Making: a report as a long job, kept in the workspace until the study changes."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Progress
from segment_core.reporting import report
from segment_core.stages import fingerprint, stage_key
from segment_core.store import Workspace
from segment_core.study import Study


def make(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Write a report of a study as it is now, and keep it.

    `args`: workspace (path), study (id), kind, language and without (of `report`). Returns {"study": id}.
    """
    workspace = Workspace(Path(args["workspace"]))
    study, saved = workspace.study_and_entry(Study, args["study"])
    without = tuple(map(str, args.get("without") or ()))
    made = report(study, args["kind"], args["language"], progress, without=without)
    key = key_of(str(args["study"]), saved.version, args["kind"], args["language"], without)
    workspace.keep_array(key, np.frombuffer(made, dtype=np.uint8))
    return {"study": args["study"]}


def key_of(study_id: str, version: int, kind: str, language: str, without: Collection[str] = ()) -> str:
    """Return what a report of a version of a study is kept under."""
    return stage_key(fingerprint("report", study_id, str(version), kind, language, *sorted(without)))


def made(workspace: Workspace, key: str) -> bytes | None:
    """Return a report that is kept, or None."""
    found = workspace.array(key)
    return None if found is None else found.tobytes()

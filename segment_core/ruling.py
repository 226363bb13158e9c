"""Ruling: every segment of a study as a rule of plain conditions, as a long job that keeps them with the study."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Progress
from segment_core.errors import DataError
from segment_core.labelling import twins
from segment_core.store import Workspace
from segment_core.study import Study


def rule(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Look for a rule for each segment of a study, and keep the rules with it.

    `args`: workspace (path), study (id), seed, leave_out (columns that no rule may ask for).
    Returns {"study": id}.
    """
    workspace = Workspace(Path(args["workspace"]))
    study = workspace.load_study(Study, args["study"])
    if study.clustering is None:
        raise DataError("There are no segments yet. Find segments first.")
    leave_out = tuple(map(str, args.get("leave_out") or ()))
    made = twins(study.customers, study.clustering, int(args.get("seed") or 0), progress, leave_out=leave_out)
    # The study may have been edited while rules were looked for; the latest edits count.
    latest, saved = workspace.study_and_entry(Study, args["study"])
    if not _same_segments(study, latest):
        raise DataError("The segments were made anew while rules were looked for. Look again.")
    workspace.save_study(args["study"], latest.having(twins=made), summary=dict(saved.summary))
    return {"study": args["study"]}


def _same_segments(one: Study, other: Study) -> bool:
    if one.clustering is None or other.clustering is None:
        return False
    return one.customers.frame.index.equals(other.customers.frame.index) and np.array_equal(
        one.clustering.labels, other.clustering.labels
    )

"""Laddering: the ladder of a study's customers, as a long job that keeps it with the study."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Features, Ladder, Progress
from segment_core.clustering import cutting
from segment_core.clustering.persistence import climb
from segment_core.errors import DataError
from segment_core.profiles.leaning import leaning
from segment_core.store import Workspace
from segment_core.study import Study


def build(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Build the ladder of a study, and keep it there until the features change.

    `args`: workspace (path), study (id), seed. Returns {"study": id}.
    """
    workspace = Workspace(Path(args["workspace"]))
    features = workspace.load_study(Study, args["study"]).features
    if features is None:
        raise DataError("There are no features yet. Find segments first.")
    made = led(climb(features, seed=int(args.get("seed") or 0), progress=progress), features)
    # The study may have been edited while this was at work; the latest edits count.
    latest, saved = workspace.study_and_entry(Study, args["study"])
    if latest.features is None or not np.array_equal(latest.features.matrix, features.matrix):
        raise DataError("The features were made anew while the ladder was built. Build it again.")
    workspace.save_study(args["study"], latest.having(ladder=made), summary=dict(saved.summary))
    return {"study": args["study"]}


def led(ladder: Ladder, features: Features) -> Ladder:
    """Say for each branch on the ladder by which features it differs from everybody."""
    leads: list[tuple[tuple[str, bool], ...]] = [()] * len(ladder.tree.parents)
    for k in range(2, len(ladder.levels) + 2):
        cut = cutting.into(ladder.tree, k)
        if all(leads[node] for node in cut):
            continue
        found = leaning(features, cutting.members(ladder.tree, cut)[ladder.leaves])
        for node, lead in zip(cut, found, strict=True):
            leads[node] = lead
    return replace(ladder, leads=tuple(leads))


def kept(study: Study, before: Study) -> Study:
    """Keep the ladder of an earlier run on the same features: it does not depend on how customers were cut since."""
    if before.ladder is None or study.features is None or before.features is None:
        return study
    same = np.array_equal(study.features.matrix, before.features.matrix)
    return study.having(ladder=before.ladder) if same else study

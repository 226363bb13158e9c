"""Placing: customers of a new file put into the segments of a study, by what was fitted to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from segment_core.artifacts import Note, Progress, Segment, silent
from segment_core.capsules.gathering import gathered, part
from segment_core.capsules.noting import noted
from segment_core.errors import DataError
from segment_core.llm import recorded_in
from segment_core.messages import say
from segment_core.scoring import score
from segment_core.scoring.reading import BLOCK, read
from segment_core.study import Study

UNLIKE = "unlike_anything_seen"
READING = 0.3
"""About which part of placing goes into reading the file; the rest goes into reading texts."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """New customers in known segments: a study that tables can be made of; `more` is the column that they get.

    `notes` say how the file was read, and what of the segments cannot be told from these columns.
    """

    study: Study
    more: Mapping[str, tuple[str, ...]]
    notes: tuple[Note, ...]


def place(study: Study, source: Path | bytes, name: str, progress: Progress = silent) -> Placed:
    """Put the customers of a file into a study's segments; only the study's scorer and plan are needed.

    Texts are read as those of the study were, where the reader is here; nothing is sent or fetched for it. Other blocks
    that a model makes of texts or links are taken at their centre, as for somebody who wrote nothing.

    Raises
    ------
    DataError
        If the study has no scorer, or the file has none of the columns that decide.
    """
    scorer, clustering = study.scorer, study.clustering
    if scorer is None or clustering is None:
        raise DataError("There are no segments yet. Find segments first.")
    customers = gathered(source, name, study.resolved, part(progress, 0.0, READING))
    wanted = [one.column for one in scorer.transform.made]
    wanted += [column for share in scorer.transform.held if share.name == BLOCK for column in share.columns]
    missing = [column for column in wanted if column not in customers.frame.columns]
    if wanted and len(missing) == len(wanted):
        raise DataError(
            "The file {name} has none of the columns that decide: {columns}.",
            name=name,
            columns=", ".join(wanted[:20]),
        )
    with TemporaryDirectory() as temporary, recorded_in(Path(temporary), outbound=False):
        held = read(scorer, customers, study.readings or (), part(progress, READING, 0.95 - READING))
    progress(0.95, 1.0, say("Placing customers"))
    found = score(scorer, customers.frame, held.matrix)
    counts = np.bincount(found.labels, minlength=clustering.n_segments)
    sizes = tuple(Segment(id_, int(n)) for id_, n in zip(scorer.segments, counts, strict=True))
    placed = replace(
        clustering,
        labels=found.labels,
        strengths=found.strengths,
        bands=found.bands,
        segments=sizes,
        oddness=None,
        memberships=None,
        tree=None,
    )
    fresh = Study(
        study.plan, study.resolved, customers, name, clustering=placed, scorer=scorer, personas=study.personas
    )
    unlike = tuple("yes" if band == "outlier" else "no" for band in found.bands)
    progress(1.0, 1.0, say("Placing customers"))
    return Placed(
        fresh, {UNLIKE: unlike}, (*customers.notes, *held.notes, *noted(scorer, customers, missing, held.known, found))
    )

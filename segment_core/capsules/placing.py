"""Placing: customers of a new file put into the segments of a study, by what was fitted to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from segment_core.artifacts import Note, Progress, Segment, silent
from segment_core.capsules.gathering import gathered
from segment_core.errors import DataError
from segment_core.messages import say
from segment_core.scoring import score
from segment_core.study import Study

UNLIKE = "unlike_anything_seen"


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """New customers in known segments: a study that tables can be made of; `more` is the column that they get.

    `notes` say what of the segments cannot be told from these columns.
    """

    study: Study
    more: Mapping[str, tuple[str, ...]]
    notes: tuple[Note, ...]


def place(study: Study, source: Path | bytes, name: str, progress: Progress = silent) -> Placed:
    """Put the customers of a file into a study's segments; only the study's scorer and plan are needed.

    Blocks that a model makes of texts or links are taken at their centre, as for somebody who wrote nothing.

    Raises
    ------
    DataError
        If the study has no scorer, or the file has none of the columns that decide.
    """
    scorer, clustering = study.scorer, study.clustering
    if scorer is None or clustering is None:
        raise DataError("There are no segments yet. Find segments first.")
    customers = gathered(source, name, study.resolved, progress)
    wanted = [one.column for one in scorer.transform.made]
    missing = [column for column in wanted if column not in customers.frame.columns]
    if wanted and len(missing) == len(wanted):
        raise DataError(
            "The file {name} has none of the columns that decide: {columns}.",
            name=name,
            columns=", ".join(wanted[:20]),
        )
    progress(0.9, 1.0, say("Placing customers"))
    found = score(scorer, customers.frame)
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
    return Placed(fresh, {UNLIKE: unlike}, _notes(study, missing, unlike.count("yes")))


def _notes(study: Study, missing: list[str], n_unlike: int) -> tuple[Note, ...]:
    assert study.scorer is not None
    notes = [
        Note(
            "missing",
            say(
                "The column {name} is not in the file; every customer counts as one of whom it is not known.", name=one
            ),
            1,
            "warning",
        )
        for one in missing
    ]
    for block in study.scorer.transform.held:
        notes.append(
            Note(
                "held",
                say(
                    "The block {name}, {share:.0%} of what decides, cannot be made of new customers' columns; all of "
                    "them stand at its centre.",
                    name=block.name,
                    share=block.weight,
                ),
                1,
                "warning",
            )
        )
    tested = study.scorer.assigner
    notes.append(
        Note(
            "agreement",
            say(
                "Of {n} customers held out, the scorer put {share:.0%} where the segments had them.",
                n=tested.n_tested,
                share=tested.agreement,
            ),
            tested.n_tested,
        )
    )
    if n_unlike:
        notes.append(Note("unlike", say("{n} customers are unlike anything seen.", n=n_unlike), n_unlike, "warning"))
    return tuple(notes)

"""Shaping: segments as they were found become segments as the analyst wants them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Edit, Features, Floats, Labels, Replay, Segment, Step
from segment_core.clustering import assigning
from segment_core.clustering.membership import banded, settle
from segment_core.feedback import Change, replay, returned, shaping
from segment_core.messages import say
from segment_core.study import Study

Again = Callable[..., Labels]


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """Segments after the edits, those found before them (None where nothing changed them), and how the replay went."""

    clustering: Clustering
    found: Clustering | None
    replay: Replay
    changes: tuple[Change, ...] = ()

    def again(self, cut: Again) -> Again:
        """Return what cuts other customers and then changes whole segments as the edits did, for measuring.

        Made-up customers, of whom no rows are given, are cut as the algorithm does.
        """
        if not self.changes:
            return cut

        def edited(features: Features, seed: int, rows: NDArray[np.int64] | None = None) -> Labels:
            labels = cut(features, seed, rows)
            return labels if rows is None else returned(labels, rows, features.matrix, self.changes)

        return edited


def shaped(found: Clustering, index: pd.Index, features: Features, edits: Sequence[Edit], far: float) -> Shaped:
    """Replay the edits that count on the segments found in customers `index` (n,); without any these stay the same.

    Ids go by size again. Whoever the algorithm left out stays an outlier, unless put somewhere by hand; `far` is where
    other outliers begin. What the algorithm knew of its own segments alone (soft memberships, tree, branches) stays
    with those found.
    """
    if not shaping(edits):
        return Shaped(found, None, Replay(len(edits)))
    outcome = replay(found.labels, index, features.matrix, edits, nearest)
    told = Replay(len(edits), outcome.missed)
    if np.array_equal(outcome.labels, found.labels):
        return Shaped(found, None, told)
    n_done = len(shaping(edits)) - len(outcome.missed)
    reasons = (*found.reasons, say("Replayed after the algorithm: {n} edits by hand.", n=n_done))
    if outcome.changes:
        reasons += (
            say(
                "Whether these segments would come back is asked with whole segments merged, split and deleted again; "
                "customers who were moved one by one count against them."
            ),
        )
    made = settle(features, outcome.labels, found.made_by, reasons=reasons, trials=found.trials)
    outside = np.zeros(len(index), dtype=bool)
    if found.oddness is not None and made.oddness is not None:
        outside = np.isinf(found.oddness) & ~outcome.by_hand
        made = replace(
            made,
            oddness=np.where(outside, np.inf, made.oddness).astype(np.float32),
            strengths=np.where(outside, 0.0, made.strengths).astype(np.float32),
        )
    made = banded(replace(made, training=found.training), far)
    return Shaped(made, found, told, outcome.changes)


def nearest(matrix: Floats, rows: NDArray[np.int64], others: NDArray[np.int64], labels: Labels) -> Labels:
    """Return for each row the label of the nearest centre, as new customers are given a segment."""
    numbers, own = np.unique(labels, return_inverse=True)
    rest = Features.of(matrix[others])
    assigner = assigning.fit(rest, _bare(own.astype(np.int64), len(numbers)))
    return np.asarray(numbers[assigning.assign(assigner, matrix[rows]).labels], dtype=np.int64)


def as_found(study: Study) -> Study:
    """Return a study that shows the segments as the algorithm found them, without the names they have since."""
    if study.found is None:
        return study
    return replace(study, clustering=study.found, found=None, personas=None, evidence=None, scorecard=None, scorer=None)


def _bare(labels: Labels, k: int) -> Clustering:
    sizes = np.bincount(labels, minlength=k)
    segments = tuple(Segment(f"S{number + 1}", int(size)) for number, size in enumerate(sizes))
    blank = np.zeros(len(labels), dtype=np.float32)
    return Clustering(labels, blank, np.full(len(labels), "core"), segments, Step("edits"))

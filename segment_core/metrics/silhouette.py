"""Silhouette: are customers nearer to their own segment than to the next?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Score
from segment_core.choices import option
from segment_core.messages import say
from segment_core.metrics.space import SPACE, Again, can_score, stratified

AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SilhouetteOptions:
    """Options of the silhouette."""

    most: int = option(5_000, "Customers at most", low=100, help="Taken on a random sample above this number.")
    seed: int = option(0, "Random seed", low=0)


@dataclass(frozen=True, slots=True, eq=False)
class Knives:
    """The silhouette of single customers: `values` (m,), their `labels` (m,), and the `nearest` other segment (m,).

    `rows` (m,) are their places among all customers, of whom a sample is taken where there are many.
    """

    values: NDArray[np.float64]
    labels: Labels
    nearest: Labels
    rows: NDArray[np.int64]

    def misplaced(self) -> NDArray[np.int64]:
        """Return the places in `rows` of those who sit nearer to another segment, the clearest case first."""
        worst = np.argsort(self.values, kind="stable")
        return worst[self.values[worst] < 0]


def knives(
    features: Features, clustering: Clustering, options: SilhouetteOptions = SilhouetteOptions()
) -> Knives | None:
    """Return the silhouette of every customer, or of a sample; None where it is undefined (Rousseeuw 1987).

    A customer alone in a segment gets 0. Segments are drawn by their share but at least a hundred of each, so a
    mean over all must weigh them by size.
    """
    rows = stratified(clustering.labels, options.most, options.seed)
    labels = clustering.labels[rows]
    if not can_score(labels):
        return None
    values, nearest = _values(features.matrix[rows].astype(np.float64), labels)
    return Knives(values, labels, nearest, rows)


def score(
    features: Features, clustering: Clustering, again: Again, options: SilhouetteOptions = SilhouetteOptions()
) -> tuple[Score, ...]:
    """Score from -1 (in the wrong segment) to 1 (far from every other), overall and by segment (Rousseeuw 1987).

    Real customers rarely reach 0.5; in many dimensions 0.1 to 0.3 is usual for useful segments.
    """
    found = knives(features, clustering, options)
    if found is None:
        return ()
    meaning = say("From -1 to 1: how much nearer customers are to their own segment than to the next one.")
    parts, total = [], 0.0
    for number, segment in enumerate(clustering.segments):
        own = found.labels == number
        if own.any():
            mean = float(found.values[own].mean())
            total += mean * segment.size
            parts.append(Score("silhouette", round(mean, 4), "higher", SPACE, int(own.sum()), meaning, segment.id))
    overall = round(total / len(clustering.labels), 4)
    return (Score("silhouette", overall, "higher", SPACE, len(found.rows), meaning), *parts)


def _values(matrix: NDArray[np.float64], labels: Labels) -> tuple[NDArray[np.float64], Labels]:
    from sklearn.metrics import pairwise_distances

    present, own = np.unique(labels, return_inverse=True)
    member = np.eye(len(present))[own]
    sizes = member.sum(axis=0)
    values, nearest = np.zeros(len(labels)), np.zeros(len(labels), dtype=np.int64)
    for start in range(0, len(labels), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        place = np.arange(len(own[some]))
        sums = pairwise_distances(matrix[some], matrix) @ member
        inside = sums[place, own[some]] / np.maximum(sizes[own[some]] - 1, 1)
        means = sums / sizes
        means[place, own[some]] = np.inf
        outside = means.min(axis=1)
        nearest[some] = present[means.argmin(axis=1)]
        wide = np.maximum(inside, outside)
        values[some] = np.where(sizes[own[some]] > 1, (outside - inside) / np.where(wide > 0, wide, 1.0), 0.0)
    return values, nearest

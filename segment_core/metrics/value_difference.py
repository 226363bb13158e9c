"""Value difference: do segments differ in money, beyond what chance alone gives?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Score
from segment_core.messages import say
from segment_core.metrics.space import Again, can_score
from segment_core.separation import eta_squared

VALUES = "values"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueDifferenceOptions:
    """The difference in value asks nothing: it takes every column of money and every customer."""


def score(
    features: Features,
    clustering: Clustering,
    again: Again,
    options: ValueDifferenceOptions = ValueDifferenceOptions(),
    *,
    values: Mapping[str, NDArray[np.float64]] | None = None,
) -> tuple[Score, ...]:
    """Return the part of the differences in money that lies between segments, averaged over columns of money.

    It is `eta_squared` of each column, never below 0. `values` holds them by name, each (n,) and NaN where unknown;
    without any, no score is taken. For a single segment it is what tells its customers from all others.
    """
    known = {name: column for name, column in (values or {}).items() if np.isfinite(column).sum() > 2}
    if not can_score(clustering.labels) or not known:
        return ()
    parts = {name: _explained(column, clustering.labels) for name, column in known.items()}
    strongest = max(parts, key=lambda name: (parts[name], name))
    n = int(np.isfinite(np.stack(list(known.values()))).any(axis=0).sum())
    meaning = say(
        "From 0 to 1: the part of the differences in money that lies between segments, less what chance gives; most "
        "in {column}, with {share} %.",
        column=strongest,
        share=round(100 * parts[strongest]),
    )
    found = [Score("value_difference", round(float(np.mean(list(parts.values()))), 4), "higher", VALUES, n, meaning)]
    for number, segment in enumerate(clustering.segments):
        own = (clustering.labels == number).astype(np.int64)
        mean = float(np.mean([_explained(column, own) for column in known.values()]))
        found.append(Score("value_difference", round(mean, 4), "higher", VALUES, n, meaning, segment.id))
    return tuple(found)


def _explained(column: NDArray[np.float64], labels: Labels) -> float:
    return max(0.0, eta_squared(column, labels) or 0.0)

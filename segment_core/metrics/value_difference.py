"""Value difference: do segments differ in money, beyond what chance alone gives?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Score
from segment_core.messages import say
from segment_core.metrics.space import Again, can_score

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

    `values` holds them by name, each (n,) and NaN where unknown; without any, no score is taken. For a single segment
    it is what tells its customers from all others.
    """
    known = {name: column for name, column in (values or {}).items() if np.isfinite(column).sum() > 2}
    if not can_score(clustering.labels) or not known:
        return ()
    parts = {name: explained(column, clustering.labels) for name, column in known.items()}
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
        mean = float(np.mean([explained(column, own) for column in known.values()]))
        found.append(Score("value_difference", round(mean, 4), "higher", VALUES, n, meaning, segment.id))
    return tuple(found)


def explained(column: NDArray[np.float64], labels: Labels) -> float:
    """Return the part of the variance of ranks between groups, less what chance alone gives; never below 0.

    It is eta squared of Kruskal and Wallis' test, (H - k + 1) / (n - k) (Tomczak & Tomczak 2014): ranks, because a few
    large amounts would otherwise decide it. Customers whose amount is unknown are left out.
    """
    from scipy.stats import kruskal

    there = np.isfinite(column)
    amounts, groups = column[there], labels[there]
    present = np.unique(groups)
    if len(present) < 2 or len(amounts) <= len(present) or (amounts == amounts[0]).all():
        return 0.0
    h = float(kruskal(*(amounts[groups == label] for label in present)).statistic)
    return float(np.clip((h - len(present) + 1) / (len(amounts) - len(present)), 0.0, 1.0))

"""Spread: how the values of a column are distributed in groups of customers, in bins that all groups share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from segment_core.profiles.facts import Fact, Levels, Ranked

MOST_BINS, MOST_BARS = 20, 12
TAIL = 0.01
"""Part of all customers at either end whose values are counted in the outermost bins."""


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """Shares (n_groups, n_bins) of the customers of each group whose value is known, `ns` of them.

    Of a number or a date, bin i goes from `edges[i]` to `edges[i + 1]` (days since 1970 for dates), and the first and
    last hold what lies beyond; a number with few different values has a bin for each, its `edges` are these values,
    and `labels` names nothing. Of a category `labels` names the bins, "" for all rarer levels together.
    """

    column: str
    kind: Literal["number", "date", "values", "category", "yes/no"]
    shares: NDArray[np.float64]
    ns: tuple[int, ...]
    edges: NDArray[np.float64]
    labels: tuple[str, ...] = ()
    is_cut: bool = False


def spread(fact: Fact, groups: Sequence[NDArray[np.bool_]]) -> Distribution:
    """Count how the values of a fact are distributed in groups of customers (n,), in the same bins.

    Bins are the same whichever groups are looked at, as they are made from all customers. A group of whom nothing is
    known has shares of 0.
    """
    if isinstance(fact, Levels):
        return _bars(fact, groups)
    tallies = [np.bincount(fact.codes[group & (fact.codes >= 0)], minlength=len(fact.levels)) for group in groups]
    ns = tuple(int(tally.sum()) for tally in tallies)
    if len(fact.levels) == 0 or (len(fact.levels) <= MOST_BINS and not fact.unit):
        return Distribution(fact.column, "values", _shares(tallies), ns, fact.levels)
    edges, is_cut = _edges(fact)
    bins = np.clip(np.searchsorted(edges, fact.levels, side="right") - 1, 0, len(edges) - 2)
    counted = [np.bincount(bins, tally, minlength=len(edges) - 1) for tally in tallies]
    return Distribution(fact.column, "date" if fact.unit else "number", _shares(counted), ns, edges, is_cut=is_cut)


def standing(fact: Fact, group: NDArray[np.bool_]) -> float | None:
    """Return the mean percentile of a group (n,) among all customers in this fact; all together stand at 50.

    Of a yes/no fact, yes is above no. None where the group has no value, or the fact has no order.
    """
    codes = fact.codes[group]
    codes = codes[codes >= 0]
    if not len(codes) or (isinstance(fact, Levels) and not fact.is_yes):
        return None
    if isinstance(fact, Levels):
        everybody = fact.counts[0] / fact.counts.sum()
        return float(50 + 50 * ((codes == 0).mean() - everybody))
    return float(fact.standings[codes].mean())


def _bars(fact: Levels, groups: Sequence[NDArray[np.bool_]]) -> Distribution:
    counts = np.stack([fact.count(np.flatnonzero(group)) for group in groups])
    labels = list(fact.levels)
    if len(labels) > MOST_BARS or counts[:, len(labels) :].any():
        kept = min(MOST_BARS, len(labels))
        counts = np.column_stack([counts[:, :kept], counts[:, kept:].sum(axis=1)])
        labels = [*labels[:kept], ""]
    counts = counts[:, : len(labels)]
    ns = tuple(int(found) for found in counts.sum(axis=1))
    kind: Literal["yes/no", "category"] = "yes/no" if fact.is_yes else "category"
    return Distribution(fact.column, kind, _shares(counts), ns, np.zeros(0), tuple(labels))


def _edges(fact: Ranked) -> tuple[NDArray[np.float64], bool]:
    """Cut the middle 98 % into bins of one width, and say whether values lie beyond."""
    levels, standings = fact.levels, fact.standings / 100
    inner = levels[(standings >= TAIL) & (standings <= 1 - TAIL)]
    low, high = (float(inner[0]), float(inner[-1])) if len(inner) > 1 else (float(levels[0]), float(levels[-1]))
    width = _round((high - low) / MOST_BINS, whole=bool(np.all(levels == np.round(levels))))
    start = np.floor(low / width) * width
    n_bins = max(1, int(np.ceil((high - start) / width + 1e-9)))
    edges = start + width * np.arange(n_bins + 1)
    return edges, bool(levels[0] < edges[0] or levels[-1] > edges[-1])


def _round(width: float, *, whole: bool) -> float:
    """Widen a bin to 1, 2, 2.5 or 5 times a power of ten, so that its edges read well."""
    if width <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(width))
    steps = [step * power for step in (1, 2, 2.5, 5, 10)]
    found = float(next(step for step in steps if step >= width * (1 - 1e-9)))
    return max(1.0, float(np.ceil(found))) if whole else found


def _shares(tallies: Sequence[NDArray[np.generic]] | NDArray[np.generic]) -> NDArray[np.float64]:
    counts = np.asarray(np.stack(list(tallies)), dtype=np.float64)
    return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))

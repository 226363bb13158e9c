"""Drivers: in which columns a group of customers differs from everybody, how much, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Customers, Direction, EvidenceItem

FEWEST = 5
"""Known values that a group needs before anything is said about it."""
SMALL_DELTA = 0.147
"""Cliff's delta below which a difference is negligible (Romano et al. 2006)."""
SMALL_H = 0.2
"""Cohen's h below which a difference of shares is small (Cohen 1988)."""
FALSE_DISCOVERY = 0.05
MOST_LEVELS = 30
Z95 = 1.959964


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """A number or date column ready for comparison: values and their ranks, both (n,), NaN where missing."""

    column: str
    values: NDArray[np.float64]
    ranks: NDArray[np.float64]
    ties: float
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class Flagged:
    """One level of a category, or a yes: which customers have it (n,), and of whom it is known (n,)."""

    column: str
    label: str
    has: NDArray[np.bool_]
    known: NDArray[np.bool_]


def facts(customers: Customers) -> list[Ranked | Flagged]:
    """Prepare every column that can be compared, once for all groups."""
    found: list[Ranked | Flagged] = []
    for column in customers.columns:
        values = customers.frame[column.name]
        if column.role in ("number", "money", "count"):
            found.append(_ranked(column.name, values.to_numpy(dtype=np.float64), ""))
        elif column.role == "date":
            found.append(_ranked(column.name, _days(values), "days"))
        elif column.role == "yes/no":
            numbers = values.to_numpy(dtype=np.float64)
            found.append(Flagged(column.name, column.name, numbers == 1.0, np.isfinite(numbers)))
        elif column.role in ("category", "place"):
            found.extend(_levels(column.name, values))
    return found


def drivers(prepared: Sequence[Ranked | Flagged], group: NDArray[np.bool_], segment: str) -> list[EvidenceItem]:
    """Compare a group (n,) with everybody else in every prepared column; the strongest difference comes first.

    Numbers and dates are compared by Cliff's delta, shares by Cohen's h. A difference that is
    negligible, or that could be chance once all comparisons are counted (Benjamini & Hochberg 1995),
    has the direction "same". Since the columns also made the segments, this describes, and proves nothing.
    """
    items, chances = [], []
    for fact in prepared:
        made = _number_item(fact, group, segment) if isinstance(fact, Ranked) else _share_item(fact, group, segment)
        if made is not None:
            items.append(made[0])
            chances.append(made[1])
    real = _not_chance(np.array(chances))
    settled = [item if sure else replace(item, direction="same") for item, sure in zip(items, real, strict=True)]
    return sorted(settled, key=lambda item: (item.direction == "same", -abs(item.effect), item.label))


def _ranked(column: str, values: NDArray[np.float64], unit: str) -> Ranked:
    ranks = np.asarray(pd.Series(values).rank(), dtype=np.float64)
    counts = np.unique(values[np.isfinite(values)], return_counts=True)[1].astype(np.float64)
    return Ranked(column, values, ranks, float((counts**3 - counts).sum()), unit)


def _days(values: "pd.Series[pd.Timestamp]") -> NDArray[np.float64]:
    dates = values.to_numpy(dtype="datetime64[s]")
    days = np.asarray((dates - np.datetime64("1970-01-01")) / np.timedelta64(1, "D"), dtype=np.float64)
    days[np.isnat(dates)] = np.nan
    return days


def _levels(column: str, values: "pd.Series[str]") -> list[Flagged]:
    known = values.notna().to_numpy()
    counts = values.value_counts()
    kept = sorted(counts.index, key=lambda level: (-int(counts[level]), str(level)))[:MOST_LEVELS]
    return [Flagged(column, f"{column} = {level}", (values == level).to_numpy(dtype=bool), known) for level in kept]


def _number_item(fact: Ranked, group: NDArray[np.bool_], segment: str) -> tuple[EvidenceItem, float] | None:
    known = np.isfinite(fact.values)
    inside, outside = group & known, ~group & known
    n_inside, n_outside = int(inside.sum()), int(outside.sum())
    if n_inside < FEWEST or n_outside < FEWEST:
        return None
    n_both = n_inside + n_outside
    wins = float(fact.ranks[inside].sum()) - n_inside * (n_inside + 1) / 2
    delta = 2 * wins / (n_inside * n_outside) - 1
    spread = n_inside * n_outside / 12 * (n_both + 1 - fact.ties / (n_both * (n_both - 1)))
    chance = _two_sided((wins - n_inside * n_outside / 2) / max(spread, 1e-12) ** 0.5)
    middle = _middle(fact, inside, known, delta)
    if middle is None:
        return None
    kind, value, base, low, high = middle
    item = EvidenceItem(
        id="",
        segment=segment,
        kind=kind,
        label=fact.column,
        column=fact.column,
        direction=_direction(delta, SMALL_DELTA),
        n=n_inside,
        value=value,
        base=base,
        unit=fact.unit,
        low=low,
        high=high,
        effect=round(delta, 4),
    )
    return item, chance


def _middle(
    fact: Ranked, inside: NDArray[np.bool_], known: NDArray[np.bool_], delta: float
) -> tuple[Literal["median", "mean", "date"], float, float, float, float] | None:
    """Return kind, value, base and interval: medians, or means where the medians are alike (many customers at 0).

    None where the means point the other way than the ranks: no single figure would tell the truth.
    """
    values, everybody = fact.values[inside], fact.values[known]
    value, base = float(np.median(values)), float(np.median(everybody))
    if fact.unit or value != base:
        return ("date" if fact.unit else "median", value, base, *_median_interval(values))
    value, base = float(values.mean()), float(everybody.mean())
    half = Z95 * float(values.std(ddof=1)) / len(values) ** 0.5
    return ("mean", value, base, value - half, value + half) if (value - base) * delta >= 0 else None


def _share_item(fact: Flagged, group: NDArray[np.bool_], segment: str) -> tuple[EvidenceItem, float] | None:
    inside, outside = group & fact.known, ~group & fact.known
    n_inside, n_outside = int(inside.sum()), int(outside.sum())
    if n_inside < FEWEST or n_outside < FEWEST or fact.has.sum() < FEWEST:
        return None
    share, rest = float(fact.has[inside].mean()), float(fact.has[outside].mean())
    both = float(fact.has[fact.known].mean())
    spread = both * (1 - both) * (1 / n_inside + 1 / n_outside)
    chance = _two_sided((share - rest) / max(spread, 1e-12) ** 0.5)
    effect = 2 * float(np.arcsin(share**0.5) - np.arcsin(rest**0.5))
    low, high = _share_interval(share, n_inside)
    item = EvidenceItem(
        id="",
        segment=segment,
        kind="share",
        label=fact.label,
        column=fact.column,
        direction=_direction(effect, SMALL_H),
        n=n_inside,
        value=share,
        base=both,
        unit="%",
        low=low,
        high=high,
        effect=round(effect, 4),
    )
    return item, chance


def _direction(effect: float, small: float) -> Direction:
    if abs(effect) < small:
        return "same"
    return "over" if effect > 0 else "under"


def _two_sided(z: float) -> float:
    from math import erfc, sqrt

    return erfc(abs(z) / sqrt(2))


def _not_chance(chances: NDArray[np.float64]) -> NDArray[np.bool_]:
    if not len(chances):
        return np.zeros(0, dtype=bool)
    ordered = np.sort(chances)
    allowed = FALSE_DISCOVERY * np.arange(1, len(chances) + 1) / len(chances)
    passing = np.flatnonzero(ordered <= allowed)
    limit = ordered[passing[-1]] if len(passing) else -1.0
    return np.asarray(chances <= limit)


def _median_interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the 95 % interval of a median by order statistics (normal approximation to the binomial)."""
    ordered, n = np.sort(values), len(values)
    half = Z95 * n**0.5 / 2
    return float(ordered[max(0, int(n / 2 - half))]), float(ordered[min(n - 1, int(np.ceil(n / 2 + half)))])


def _share_interval(share: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    centre = (share + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    half = Z95 / (1 + Z95**2 / n) * (share * (1 - share) / n + Z95**2 / (4 * n**2)) ** 0.5
    return max(0.0, centre - half), min(1.0, centre + half)

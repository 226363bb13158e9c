"""Drivers: in which columns a group of customers differs from others, how much, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Direction, EvidenceItem, Labels
from segment_core.profiles.effects import Z95, cohens_h, delta, lift, median_places, not_chance, share_interval
from segment_core.profiles.facts import Counts, Fact, Levels, Ranked, facts, tied

__all__ = ["apart", "between", "drivers", "facts"]

FEWEST = 5
"""Known values that a group needs before anything is said about it."""
SMALL_DELTA = 0.147
"""Cliff's delta below which a difference is negligible (Romano et al. 2006)."""
SMALL_H = 0.2
"""Cohen's h below which a difference of shares is small (Cohen 1988)."""
Rows = NDArray[np.int64]
Made = tuple[EvidenceItem, float]


def drivers(prepared: Sequence[Fact], group: NDArray[np.bool_], segment: str) -> list[EvidenceItem]:
    """Compare a group (n,) with everybody else in every prepared column; the strongest difference comes first.

    Numbers and dates are compared by Cliff's delta, shares by Cohen's h and by lift, which is the share among the
    group by that among all. Each has its 95 % interval. A difference that is negligible, or that could be chance once
    all comparisons are counted (Benjamini & Hochberg 1995), has the direction "same". Since the columns also made the
    segments, this describes, and proves nothing.
    """
    return _settled([_all(prepared, np.flatnonzero(group), None, segment)])[0]


def apart(
    prepared: Sequence[Fact], labels: Labels, segments: Sequence[str], *, gapless: bool = False
) -> list[list[EvidenceItem]]:
    """Compare each segment with everybody else, as `drivers` does; chance counts the comparisons of all segments.

    A number whose medians are alike and whose means contradict its ranks has no figure to cite, and is left out unless
    `gapless`, for a table of all effects.
    """
    return _settled(
        [
            _all(prepared, np.flatnonzero(labels == number), None, name, gapless=gapless)
            for number, name in enumerate(segments)
        ]
    )


def between(
    prepared: Sequence[Fact], first: NDArray[np.bool_], second: NDArray[np.bool_], segment: str
) -> list[EvidenceItem]:
    """Compare two groups (n,) that share nobody: `base` is the second's value, and lift divides by its share."""
    return _settled([_all(prepared, np.flatnonzero(first), np.flatnonzero(second), segment)])[0]


def _all(
    prepared: Sequence[Fact], inside: Rows, outside: Rows | None, segment: str, *, gapless: bool = False
) -> list[Made]:
    made: list[Made] = []
    for fact in prepared:
        if isinstance(fact, Levels):
            made.extend(_share_items(fact, inside, outside, segment))
        else:
            made.extend(_number_item(fact, inside, outside, segment, gapless=gapless))
    return made


def _settled(made: Sequence[Sequence[Made]]) -> list[list[EvidenceItem]]:
    real = iter(not_chance(np.array([chance for items in made for _, chance in items])))
    return [
        sorted(
            (item if next(real) else replace(item, direction="same") for item, _ in items),
            key=lambda item: (item.direction == "same", -abs(item.effect), item.label),
        )
        for items in made
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Spread:
    """The known values of some customers: distinct ones in order, and how many have each."""

    values: NDArray[np.float64]
    counts: Counts

    @property
    def n(self) -> int:
        return int(self.counts.sum())

    @property
    def mean(self) -> float:
        return float((self.counts * self.values).sum()) / self.n

    @property
    def median(self) -> float:
        low, high = self.at((self.n - 1) // 2, self.n // 2)
        return (low + high) / 2

    def at(self, *places: int) -> list[float]:
        """Return the values at these places of all in order, from 0."""
        found = np.searchsorted(np.cumsum(self.counts), places, side="right")
        return [float(value) for value in self.values[found]]

    def mean_interval(self) -> tuple[float, float]:
        mean = self.mean
        variance = float((self.counts * (self.values - mean) ** 2).sum()) / (self.n - 1)
        half = Z95 * (variance / self.n) ** 0.5
        return mean - half, mean + half


def _number_item(fact: Ranked, rows: Rows, others: Rows | None, segment: str, *, gapless: bool) -> list[Made]:
    places, counts = _values(fact, rows)
    if others is None:
        totals, below, ties, everybody = fact.counts, fact.below, fact.ties, _Spread(fact.levels, fact.counts)
        base = everybody
    else:
        totals = _tally(fact, rows) + (other := _tally(fact, others))
        below, ties, everybody = np.cumsum(totals) - totals, tied(totals), _Spread(fact.levels, totals)
        base = _Spread(fact.levels, other)
    own = _Spread(fact.levels[places], counts)
    if own.n < FEWEST or everybody.n - own.n < FEWEST:
        return []
    found = delta(*_side_by_side(places, counts, totals, below), ties)
    middle = _middle(own, base, found.value, is_date=bool(fact.unit))
    if middle is None and gapless:
        low, high = own.at(*median_places(own.n))
        middle = ("median", own.median, base.median, low, high)
    if middle is None:
        return []
    kind, value, beside, low, high = middle
    item = EvidenceItem(
        id="",
        segment=segment,
        kind=kind,
        label=fact.column,
        column=fact.column,
        direction=_direction(found.value, SMALL_DELTA),
        n=own.n,
        value=value,
        base=beside,
        unit=fact.unit,
        low=low,
        high=high,
        effect=round(found.value, 4),
        effect_low=round(found.low, 4),
        effect_high=round(found.high, 4),
    )
    return [(item, found.chance)]


def _values(fact: Ranked, rows: Rows) -> tuple[Counts, Counts]:
    codes = fact.codes[rows]
    places, counts = np.unique(codes[codes >= 0], return_counts=True)
    return places.astype(np.int64), counts


def _tally(fact: Ranked, rows: Rows) -> Counts:
    codes = fact.codes[rows]
    return np.bincount(codes[codes >= 0], minlength=len(fact.levels))


def _side_by_side(places: Counts, counts: Counts, totals: Counts, below: Counts) -> tuple[Counts, Counts]:
    """Count the group and the others at the group's own values, and the others in the gaps between these.

    What others have between two values of the group counts alike, so a small group among many is compared quickly.
    """
    n_all = int(totals.sum())
    inside, outside = np.zeros(2 * len(places) + 1, dtype=np.int64), np.zeros(2 * len(places) + 1, dtype=np.int64)
    inside[1::2], outside[1::2] = counts, totals[places] - counts
    ends = np.concatenate(([0], below[places] + totals[places]))
    outside[::2] = np.concatenate((below[places], [n_all])) - ends
    return inside, outside


def _middle(
    own: _Spread, base: _Spread, effect: float, *, is_date: bool
) -> tuple[Literal["median", "mean", "date"], float, float, float, float] | None:
    """Return kind, value, base and interval: medians, or means where the medians are alike (many customers at 0).

    None where the means point the other way than the ranks: no single figure would tell the truth.
    """
    value, beside = own.median, base.median
    if is_date or value != beside:
        low, high = own.at(*median_places(own.n))
        return ("date" if is_date else "median", value, beside, low, high)
    value, beside = own.mean, base.mean
    return ("mean", value, beside, *own.mean_interval()) if (value - beside) * effect >= 0 else None


def _share_items(fact: Levels, rows: Rows, others: Rows | None, segment: str) -> list[Made]:
    inside = fact.count(rows)
    outside = fact.counts - inside if others is None else fact.count(others)
    n, n_other = int(inside.sum()), int(outside.sum())
    if n < FEWEST or n_other < FEWEST:
        return []
    return [
        _share_item(fact.column, label, (x, n, x_other, n_other), segment, of_all=others is None)
        for label, x, x_other in zip(fact.labels, inside.tolist(), outside.tolist(), strict=False)
        if x + x_other >= FEWEST
    ]


def _share_item(column: str, label: str, found: tuple[int, int, int, int], segment: str, *, of_all: bool) -> Made:
    x, n, x_other, n_other = found
    effect, times = cohens_h(*found), lift(*found, of_all=of_all)
    low, high = share_interval(x / n, n)
    item = EvidenceItem(
        id="",
        segment=segment,
        kind="share",
        label=label,
        column=column,
        direction=_direction(effect.value, SMALL_H),
        n=n,
        value=x / n,
        base=(x + x_other) / (n + n_other) if of_all else x_other / n_other,
        unit="%",
        low=low,
        high=high,
        effect=round(effect.value, 4),
        effect_low=round(effect.low, 4),
        effect_high=round(effect.high, 4),
        lift=None if times is None else round(times[0], 4),
        lift_low=None if times is None else round(times[1], 4),
        lift_high=None if times is None else round(times[2], 4),
    )
    return item, effect.chance


def _direction(effect: float, small: float) -> Direction:
    if abs(effect) < small:
        return "same"
    return "over" if effect > 0 else "under"

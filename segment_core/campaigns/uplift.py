"""Uplift: what a campaign brought, treated against held out, in each segment and over all of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite, nan, sqrt
from typing import Literal

import numpy as np

from segment_core.artifacts import Campaign, Cell, Note, Readout, Uplift
from segment_core.campaigns import cautions
from segment_core.campaigns.intervals import Interval, Numbers, combined, leaves_zero_out, means, rates
from segment_core.campaigns.sizing import detectable, detectable_mean

Missing = Literal["none", "zero"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One segment's outcomes: treated and held out."""

    cell: Cell
    own: Numbers
    other: Numbers
    measure: Literal["rate", "mean"]
    _kept: dict[float, Interval] = field(default_factory=dict, compare=False)

    @property
    def difference(self) -> float:
        """Return the difference of the means; NaN where a group is empty."""
        return _mean(self.own) - _mean(self.other)

    def limits(self, alpha: float) -> Interval:
        """Return the interval of the difference."""
        if alpha not in self._kept:
            self._kept[alpha] = (
                rates(int(self.own.sum()), len(self.own), int(self.other.sum()), len(self.other), alpha)
                if self.measure == "rate"
                else means(self.own, self.other, alpha)
            )
        return self._kept[alpha]

    @property
    def usable(self) -> bool:
        """Tell whether there are enough in both groups for an interval."""
        return min(len(self.own), len(self.other)) >= (1 if self.measure == "rate" else 2)

    @property
    def spread(self) -> float:
        """Return the standard deviation within the groups, taken together; NaN where there are too few."""
        return _pooled([self.own, self.other])


def read_out(
    campaign: Campaign,
    outcomes: Mapping[str, float],
    *,
    source: str,
    at: float,
    missing: Missing = "zero",
    reached: Collection[str] | None = None,
) -> Readout:
    """Compare those who were to get the messages with those held out, as they were drawn, whatever became of them.

    Rates are compared by Newcombe's hybrid score interval (1998, method 10), amounts by Welch's. Over all segments,
    the differences are averaged with the number of treated customers as weights, so it is the effect on those who
    were treated, and its interval is made of the segments' by MOVER (Zou & Donner 2008); a segment without hold-out
    has no part in it. The rates shown over all have the same weights, so theirs is the difference shown, and each
    segment's hold-out may have another share.

    `outcomes` are by customer id: 0 or 1 where the campaign measures a rate, else an amount; `source` is the file's
    name, to show, and `at` seconds since 1970. `missing` is what a customer is who has no outcome: "zero", who did not
    respond or spent nothing, right where a file lists responders or buyers only; or "none", unknown and left out, right
    where answers got lost, and only if they got lost in both groups alike. A file that lists those who did nothing,
    too, but nobody of one group, is read as "none" in any case; NaN is unknown. `reached` are the ids of those who got
    the messages, where it is known: nobody changes group by it, it only warns.
    """
    if cautions.lists_one_group(campaign, outcomes):
        missing = "none"
    cells = [_compared(campaign, cell, outcomes, missing) for cell in campaign.cells]
    usable = [cell for cell in cells if cell.usable]
    uplifts = (_over_all(campaign, usable), *(_of(campaign, cell) for cell in cells))
    notes: list[Note] = [
        *cautions.of_outcomes(campaign, outcomes, missing),
        *cautions.of_contact(campaign, reached),
        *cautions.of_groups(cells),
        *cautions.of_tests(campaign, uplifts, cells, _spread(usable)),
    ]
    return Readout(source, at, uplifts, tuple(notes))


def _compared(campaign: Campaign, cell: Cell, outcomes: Mapping[str, float], missing: Missing) -> Compared:
    def values(ids: Sequence[str]) -> Numbers:
        found = [outcomes.get(one) for one in ids]
        filled = [0.0 if value is None and missing == "zero" else value for value in found]
        return np.array(
            [value for value in filled if value is not None and cautions.fits(campaign.measure, value)], np.float64
        )

    return Compared(cell, values(cell.treated), values(cell.held), campaign.measure)


def _of(campaign: Campaign, cell: Compared) -> Uplift:
    limits = cell.limits(campaign.alpha)
    sizes = len(cell.own), len(cell.other)
    own, other = _mean(cell.own), _mean(cell.other)
    found = _detectable(campaign, sizes, other, cell.spread)
    return Uplift(cell.cell.segment, *sizes, own, other, own - other, *limits, found, leaves_zero_out(limits))


def _over_all(campaign: Campaign, cells: Sequence[Compared]) -> Uplift:
    sizes = sum(len(cell.own) for cell in cells), sum(len(cell.other) for cell in cells)
    if not cells:
        return Uplift("", 0, 0, nan, nan, nan, nan, nan, nan, tells=False)
    weights = [len(cell.own) / sizes[0] for cell in cells]
    own = sum(weight * _mean(cell.own) for weight, cell in zip(weights, cells, strict=True))
    other = sum(weight * _mean(cell.other) for weight, cell in zip(weights, cells, strict=True))
    limits = combined(weights, [cell.difference for cell in cells], [cell.limits(campaign.alpha) for cell in cells])
    found = _detectable(campaign, _equal_to(weights, cells), other, _spread(cells))
    return Uplift("", *sizes, own, other, own - other, *limits, found, leaves_zero_out(limits))


def _equal_to(weights: Sequence[float], cells: Sequence[Compared]) -> tuple[int, int]:
    """Return the sizes of two groups that tell as much as the segments weighted do; fewer where shares differ."""
    own = sum(weight**2 / len(cell.own) for weight, cell in zip(weights, cells, strict=True))
    other = sum(weight**2 / len(cell.other) for weight, cell in zip(weights, cells, strict=True))
    return round(1 / own), round(1 / other)


def _detectable(campaign: Campaign, sizes: tuple[int, int], held: float, spread: float) -> float:
    power, alpha = campaign.power, campaign.alpha
    if campaign.measure == "rate":
        return detectable(*sizes, held, power=power, alpha=alpha) if isfinite(held) else nan
    return detectable_mean(*sizes, spread, power=power, alpha=alpha)


def _spread(cells: Sequence[Compared]) -> float:
    return _pooled([group for cell in cells for group in (cell.own, cell.other)])


def _pooled(groups: Sequence[Numbers]) -> float:
    degrees = sum(len(group) - 1 for group in groups if len(group) > 1)
    squares = sum(float(group.var()) * len(group) for group in groups if len(group) > 1)
    return sqrt(squares / degrees) if degrees else nan


def _mean(values: Numbers) -> float:
    return float(values.mean()) if len(values) else nan

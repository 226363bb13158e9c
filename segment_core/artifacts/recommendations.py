"""Recommendations: what each customer is offered, why, and how well that foretold what was bought."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts.basics import Floats, Note, Step

Ground = Literal["none", "bought", "segment", "many", "again"]
GROUNDS: tuple[Ground, ...] = ("none", "bought", "segment", "many", "again")
"""Why an item is offered: nothing is; they bought another; their segment buys it; many do; they bought it before."""


@dataclass(frozen=True, slots=True)
class Offline:
    """How well one way to recommend foretold the last part of the period, for `n` customers, at ten items each.

    `peer` is "ours", "popularity", "lately" or "segment"; `again` says whether items bought before counted, too.
    `recall` is the share of what a customer then bought that was among the ten, `precision` the mean average
    precision, each with a bootstrap interval over customers; `coverage` is the share of all items offered to anybody.
    `gain` is ours less this peer in recall, with its paired interval; NaN for ours.
    """

    peer: str
    again: bool
    n: int
    recall: float
    recall_low: float
    recall_high: float
    precision: float
    precision_low: float
    precision_high: float
    coverage: float
    gain: float
    gain_low: float
    gain_high: float


@dataclass(frozen=True, slots=True)
class Fit:
    """An item offered often in a segment: to how many, and which share of the segment, and of all, bought it."""

    segment: str
    item: int
    n_offered: int
    share: float
    base: float


@dataclass(frozen=True, slots=True, eq=False)
class Recommendations:
    """What each customer is offered, best first.

    `picks` (n, k) int32 index `items`, -1 is none; `scores` (n, k) are comparable within a customer only. `grounds`
    (n, k) int8 index `GROUNDS`; `because` (n, k) int32 is the item bought that speaks for it, -1 where none does.
    `names` are the items in words. `level` is "product" or "category". `split` is the first day that the offline
    figures foretell, "" where nothing could be measured. `n_known` customers had bought something.
    """

    items: tuple[str, ...]
    names: tuple[str, ...]
    picks: NDArray[np.int32]
    scores: Floats
    grounds: NDArray[np.int8]
    because: NDArray[np.int32]
    level: str
    n_known: int
    made_by: Step
    split: str = ""
    measures: tuple[Offline, ...] = ()
    fits: tuple[Fit, ...] = ()
    notes: tuple[Note, ...] = ()

"""Campaigns: who gets messages and who is held out to compare with, and what came of it."""

from dataclasses import dataclass
from typing import Literal

from segment_core.artifacts.basics import Note
from segment_core.artifacts.contents import Contents

Measure = Literal["rate", "mean"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One segment of a campaign: the ids of those who get the messages, and of those held out, each in order."""

    segment: str
    name: str
    treated: tuple[str, ...]
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """How alike the held-out and the others are in one feature: the standardised mean difference (0 is alike)."""

    feature: str
    difference: float


@dataclass(frozen=True, slots=True)
class Uplift:
    """What came of a campaign in one segment, or over all of them (`segment` is ""): treated against held out.

    Attributes
    ----------
    treated, held : the rate in [0, 1], or the mean, in each group; NaN where nobody is in it.
    difference : `treated` less `held`, with its interval `low` to `high` at the campaign's `alpha`.
    detectable : the smallest true difference that this many customers would show with the campaign's power.
    tells : whether the interval leaves out zero.
    """

    segment: str
    n_treated: int
    n_held: int
    treated: float
    held: float
    difference: float
    low: float
    high: float
    detectable: float
    tells: bool


@dataclass(frozen=True, slots=True)
class Readout:
    """The results of a campaign as they came back: over all segments first, then each; and what is to be warned of."""

    source: str
    at: float
    uplifts: tuple[Uplift, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign: its segments with their hold-out, how it was sized, its messages, and its results once they are in.

    It outlives the segments that it was made from: customers are named by id, segments by the names they had.

    Attributes
    ----------
    goal : what it is to reach, in the analyst's words.
    channel : "email", "sms" and so on; "" for any. `address` names the column of its addresses, "" where it has none.
    measure : what comes back for a customer, yes or no ("rate"), or an amount ("mean").
    share : the share of customers held out, in (0, 1).
    baseline : the rate or mean expected without the campaign, `spread` the standard deviation of amounts.
    power, alpha : what the test was sized for.
    balance : how alike the two groups are in each feature, the worst first.
    at : when it was made, in seconds since 1970.
    """

    id: str
    name: str
    goal: str
    channel: str
    measure: Measure
    cells: tuple[Cell, ...]
    share: float
    seed: int
    at: float
    baseline: float | None = None
    spread: float | None = None
    power: float = 0.8
    alpha: float = 0.05
    balance: tuple[Balance, ...] = ()
    contents: Contents | None = None
    readout: Readout | None = None
    notes: tuple[Note, ...] = ()
    address: str = ""

"""Scorers: how columns become features and features a segment, fitted once, for customers who come later."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts.basics import Floats, Labels
from segment_core.artifacts.customers import Role
from segment_core.artifacts.features import Share, Way


@dataclass(frozen=True, slots=True)
class Taming:
    """How a column of numbers was put on one scale.

    Where `spread` is not 0, values are compressed first, around `centre`. Missing ones are `typical`, on the scale
    after compression; then `mean` and `deviation` standardise, and `rescale` makes up for what was clipped.
    """

    centre: float
    spread: float
    typical: float
    mean: float
    deviation: float
    rescale: float


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """A column of numbers or dates (days since 1970) that is one feature, at `place` in the matrix.

    `decimals` is to how many it is written; `grid` (q,) are values spread over what is usual, so written, in rising
    order; `medians` (k,) are those of each segment, NaN where nobody's is known.
    """

    column: str
    role: Role
    place: int
    taming: Taming
    decimals: int
    grid: NDArray[np.float64]
    medians: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """A column of levels, one feature each, from `start` in the matrix on; yes/no is "yes" and "no".

    `shares` (l,) are those of all customers who have a level, `shares_within` (k, l) those of each segment; `factor`
    divides. The last level stands for all rare ones where `rare` is true.
    """

    column: str
    role: Role
    start: int
    levels: tuple[str, ...]
    rare: bool
    shares: NDArray[np.float64]
    factor: float
    shares_within: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Transform:
    """How rows of a table become rows of `Features.matrix`: `(feature - offset) * factor` for each of `sources`.

    `offsets` and `factors` (width,) are those of the blend. Blocks in `held` need a model or other customers (texts,
    topics, traits, a graph, vectors): their columns are not made here but taken as they are, or at the centre. `ways`
    tell how texts are read of whom nobody knows features yet.
    """

    sources: tuple[str, ...]
    scales: tuple[Scale, ...]
    levels: tuple[Levels, ...]
    offsets: NDArray[np.float64]
    factors: NDArray[np.float64]
    held: tuple[Share, ...]
    ways: tuple[Way, ...] = ()

    @property
    def made(self) -> tuple[Scale | Levels, ...]:
        """Return how each column that is made here is made."""
        return (*self.scales, *self.levels)


@dataclass(frozen=True, slots=True, eq=False)
class Assigner:
    """Which segment a row of features belongs to: that of the nearest of its `centres` (m, width).

    `owners` (m,) are the segments of the centres, each the mean of several customers, `n_each` of a segment at most.
    `agreement` is the share of `n_tested` customers, held out while centres were made, who come where the algorithm
    put them, and `alone` the same where what nothing makes of a new customer is unknown. `usual` (k, 2) are the median
    distance to the nearest own centre, and its robust spread; beyond `far` spreads a customer is an outlier.
    """

    centres: Floats
    owners: Labels
    n_each: int
    agreement: float
    n_tested: int
    usual: NDArray[np.float64]
    far: float
    alone: float = math.nan


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """A segmentation that can be kept and applied: `segments` are ids. It holds no row of any customer."""

    segments: tuple[str, ...]
    transform: Transform
    assigner: Assigner


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Where a scorer puts customers: `labels` (n,) index its segments, `nearest` (n,) the nearest other segment, or -1.

    `strengths` (n,) and `bands` (n,) mean what they do in a `Clustering`; `distances` (n, k) are squared, to the
    nearest centre of each segment.
    """

    labels: Labels
    nearest: Labels
    strengths: Floats
    bands: NDArray[np.str_]
    distances: NDArray[Any]

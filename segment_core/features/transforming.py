"""Transforming: how customers became features, kept so that rows of another table become features the same way."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import (
    Customers,
    Features,
    Floats,
    Labels,
    Levels,
    Scale,
    Share,
    Transform,
)
from segment_core.features import categories, dates, numbers
from segment_core.features.blending import placing

SCALED = ("numbers", "dates")
LEVELLED = ("categories", "places")
"""Blocks that are made of one column at a time, so that a row alone suffices."""
N_GRID = 33
USUAL = (0.01, 0.99)
"""Between which shares of the customers a value is usual."""
MOST_DECIMALS = 6


def fit(customers: Customers, features: Features, labels: Labels, n_segments: int) -> Transform:
    """Find out again how each structured column became features, and what is typical of it in each segment.

    `labels` (n,) are the customers' segments. Costs about what the structured blocks cost.
    """
    width = features.matrix.shape[1]
    offsets, factors = np.zeros(width), np.ones(width)
    scales: list[Scale] = []
    levels: list[Levels] = []
    held: list[Share] = []
    for share in features.blocks:
        if share.name in SCALED:
            made: Sequence[Scale | Levels] = [
                _scale(customers, column, share.start + place, labels, n_segments)
                for place, column in enumerate(share.columns)
            ]
            scales += [one for one in made if isinstance(one, Scale)]
        elif share.name in LEVELLED:
            made = _levels(customers, share, labels, n_segments)
            levels += [one for one in made if isinstance(one, Levels)]
        else:
            held.append(share)
            continue
        placed = placing(np.column_stack([_raw(one, customers.frame) for one in made]).astype(np.float32))
        if placed is not None:
            offsets[share.start : share.stop] = placed[0]
            factors[share.start : share.stop] = np.sqrt(share.weight) / placed[1]
    found = tuple(scales), tuple(levels)
    return Transform(features.sources, *found, offsets, factors, tuple(held), features.ways)


def transform(transform: Transform, frame: pd.DataFrame, held: Floats | None = None) -> NDArray[np.float64]:
    """Turn rows of a table into features (n, width).

    Cells are typed as those of `Customers`; a column that is not there counts as missing. `held` (n, width) are
    features to take the held blocks from, of customers who have some; without, they stand at the centre of these
    blocks, as somebody does who wrote nothing. A level never seen counts as a rare one, or as missing.
    """
    matrix = np.zeros((len(frame), len(transform.sources)))
    for share in transform.held:
        if held is not None:
            matrix[:, share.start : share.stop] = held[:, share.start : share.stop]
    for one in transform.made:
        made = _raw(one, frame)
        start = one.place if isinstance(one, Scale) else one.start
        own = slice(start, start + made.shape[1])
        matrix[:, own] = (made - transform.offsets[own]) * transform.factors[own]
    return matrix


def unread(made: Transform) -> NDArray[np.bool_]:
    """Tell of each feature (width,) whether nothing here makes it of a customer who comes later."""
    found = np.zeros(len(made.sources), dtype=bool)
    for share in made.held:
        found[share.start : share.stop] = True
    for way in made.ways:
        found[way.start : way.start + way.turns.shape[1]] = False
    return found


def cells(transform: Transform, column: str, values: Sequence[float | str]) -> NDArray[np.float64]:
    """Return the features (n, own width) that these values of one column are, numbers or levels."""
    one = of(transform, column)
    if isinstance(one, Scale):
        made = _numbers(one, np.array(values, dtype=np.float64))
    else:
        made = _flags(one, pd.Series(list(values), dtype=object))
    own = slice_of(one)
    return np.asarray((made - transform.offsets[own]) * transform.factors[own])


def of(transform: Transform, column: str) -> Scale | Levels:
    """Return how a column is made."""
    return next(one for one in transform.made if one.column == column)


def slice_of(one: Scale | Levels) -> slice:
    """Return where a column's features lie in the matrix."""
    return slice(one.place, one.place + 1) if isinstance(one, Scale) else slice(one.start, one.start + len(one.levels))


def _raw(one: Scale | Levels, frame: pd.DataFrame) -> NDArray[np.float64]:
    """Return a column's features before they are blended (n, own width)."""
    if isinstance(one, Levels):
        if one.column not in frame:
            return np.zeros((len(frame), len(one.levels)))
        return _flags(one, categories.levels_of(frame[one.column], one.role))
    if one.column not in frame:
        return _numbers(one, np.full(len(frame), np.nan))
    return _numbers(one, values_of(frame[one.column], one.role))


def values_of(cells: "pd.Series[Any]", role: str) -> NDArray[np.float64]:
    """Return a column's cells as numbers, dates as days since 1970, NaN where unknown."""
    return dates.days_of(cells) if role == "date" else np.asarray(cells, dtype=np.float64)


def _numbers(one: Scale, values: NDArray[np.float64]) -> NDArray[np.float64]:
    return numbers.tamed(values, one.taming)[:, None]


def _flags(one: Levels, values: "pd.Series[str]") -> NDArray[np.float64]:
    flags, known = categories.flags_of(values, one.levels, rare=one.rare)
    return categories.centred(flags, known, one.shares) / one.factor


def _scale(customers: Customers, column: str, place: int, labels: Labels, n_segments: int) -> Scale:
    role = customers.column(column).role
    values = values_of(customers.frame[column], role)
    taming = numbers.taming_of(values)
    assert taming is not None  # a constant column is no feature
    known = np.isfinite(values)
    decimals = _decimals(values[known], role)
    medians = np.full(n_segments, np.nan)
    for number in np.unique(labels[known]):
        medians[number] = np.median(values[known & (labels == number)])
    return Scale(column, role, place, taming, decimals, _grid(values[known], decimals), medians)


def _decimals(values: NDArray[np.float64], role: str) -> int:
    """Return to how many decimals a column is written; amounts of money never to more than two."""
    most = {"date": 0, "count": 0, "money": 2}.get(role, MOST_DECIMALS)
    for decimals in range(most):
        if np.allclose(values, np.round(values, decimals), rtol=0, atol=10.0**-MOST_DECIMALS / 2):
            return decimals
    return most


def _grid(values: NDArray[np.float64], decimals: int) -> NDArray[np.float64]:
    """Return values spread over what is usual among customers, as they would be written."""
    found = np.round(np.quantile(values, np.linspace(*USUAL, N_GRID)), decimals)
    found = np.concatenate([found, np.linspace(found[0], found[-1], N_GRID)])
    found = np.unique(np.round(found, decimals))
    return np.asarray(found[(found >= values.min()) & (found <= values.max())])


def _levels(customers: Customers, share: Share, labels: Labels, n_segments: int) -> list[Levels]:
    made: list[Levels] = []
    start = share.start
    for column in share.columns:
        role = customers.column(column).role
        values = categories.levels_of(customers.frame[column], role)
        kept, n_rare = categories.frequent(values.dropna())
        flags, known = categories.flags_of(values, kept, rare=bool(n_rare))
        shares = flags[known].mean(axis=0)
        within = np.full((n_segments, len(kept)), np.nan)
        for number in np.unique(labels[known]):
            within[number] = flags[known & (labels == number)].mean(axis=0)
        factor = categories.factor_of(flags, known, shares)
        made.append(Levels(column, role, start, tuple(map(str, kept)), bool(n_rare), shares, factor, within))
        start += len(kept)
    return made

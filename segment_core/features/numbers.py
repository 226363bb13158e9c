"""Numbers: heavy tails tamed, then every column on one scale."""

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Block, Customers, Note, Taming
from segment_core.messages import say

HEAVY_TAIL = 1.0
"""Skewness above which a column is compressed: that of an exponential is 2, of a normal 0."""
FARTHEST = 4.0
"""Standard deviations beyond which a value counts no further: one typing error must not be a segment."""


def extract(customers: Customers, columns: tuple[str, ...]) -> Block:
    """Put numeric columns on one scale: mean 0, variance 1, tails tamed, missing values at the median.

    Columns with one value only are left out, because they tell nobody apart.
    """
    made, names, notes = [], [], []
    for column in columns:
        values = customers.frame[column].to_numpy(dtype=np.float64)
        scaled, found = tame(values, column)
        notes.extend(found)
        if scaled is not None:
            made.append(scaled)
            names.append(column)
    matrix = np.column_stack(made) if made else np.zeros((len(customers), 0))
    return Block("numbers", matrix.astype(np.float32), tuple(names), tuple(names), tuple(names), tuple(notes))


def tame(values: NDArray[np.float64], column: str) -> tuple[NDArray[np.float64] | None, list[Note]]:
    """Compress a heavy-tailed column, fill its gaps with the median, and standardise it; None if it is constant."""
    taming = taming_of(values)
    if taming is None:
        return None, []
    notes = []
    if taming.spread:
        notes.append(Note("tail-tamed", say("{column}: a few very large values; compressed.", column=column), 1))
    missing = int((~np.isfinite(values)).sum())
    if missing:
        notes.append(
            Note("filled", say("{column}: {n} missing values taken as typical.", column=column, n=missing), missing)
        )
    return tamed(values, taming), notes


def taming_of(values: NDArray[np.float64]) -> Taming | None:
    """Find out how to put a column on one scale, NaN where unknown; None if it is constant."""
    known = np.isfinite(values)
    if not known.any() or np.ptp(values[known]) == 0:
        return None
    centre, spread = float(np.nanmedian(values[known])), 0.0
    if skewness(values[known]) > HEAVY_TAIL:
        spread = _spread(values[known])
        values = np.arcsinh((values - centre) / spread)
    typical = float(np.median(values[known]))
    values = np.where(known, values, typical)
    mean = values.mean()
    deviation = (values - mean).std()
    rescale = float(np.clip((values - mean) / deviation, -FARTHEST, FARTHEST).std())
    return Taming(centre, spread, typical, float(mean), float(deviation), max(rescale, 1e-12))


def tamed(values: NDArray[np.float64], taming: Taming) -> NDArray[np.float64]:
    """Put values of a column, NaN where unknown, on the scale that was found for it."""
    return np.asarray(np.clip(standing(values, taming), -FARTHEST, FARTHEST) / taming.rescale)


def standing(values: NDArray[np.float64], taming: Taming) -> NDArray[np.float64]:
    """Return by how many standard deviations values differ from the mean, compressed but not cut off."""
    known = np.isfinite(values)
    if taming.spread:
        values = np.arcsinh((values - taming.centre) / taming.spread)
    values = np.where(known, values, taming.typical)
    return np.asarray((values - taming.mean) / taming.deviation)


def skewness(values: NDArray[np.float64]) -> float:
    """Return how lopsided values are, in absolute terms (third standardised moment)."""
    centred = values - values.mean()
    deviation = float(centred.std())
    if deviation == 0:
        return 0.0
    return abs(float(np.mean((centred / deviation) ** 3)))


def _spread(values: NDArray[np.float64]) -> float:
    low, high = np.quantile(values, [0.25, 0.75])
    spread = float(high - low) / 1.349
    # Where most customers share one value (often zero), the middle half has no width.
    return spread if spread > 0 else float(values.std())

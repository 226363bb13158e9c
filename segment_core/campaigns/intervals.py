"""Intervals: how far apart two groups are, and how sure that is; the test of a campaign is whether 0 is left out."""

from collections.abc import Sequence
from math import isfinite, nan, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Interval = tuple[float, float]


def z_of(alpha: float) -> float:
    """Return how many standard deviations a two-sided test at `alpha` asks for."""
    return -NormalDist().inv_cdf(alpha / 2)  # the other end would be at 1 itself for the smallest levels


def wilson(hits: Numbers, n: int, z: float) -> tuple[Numbers, Numbers]:
    """Return Wilson's (1927) score interval of a rate, for each number of hits."""
    share = hits / n
    middle = share + z * z / (2 * n)
    half = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def rates(hits: int, n: int, held_hits: int, n_held: int, alpha: float) -> Interval:
    """Return the interval of the difference of two rates: Newcombe's (1998) hybrid score interval, method 10.

    Unlike the textbook's, it keeps within -1 to 1 and holds its promise for rates near 0, as those of campaigns are.

    Examples
    --------
    >>> [round(limit, 4) for limit in rates(56, 70, 48, 80, 0.05)]
    [0.0524, 0.3339]
    """
    if not (n and n_held):
        return nan, nan
    z = z_of(alpha)
    own, other = hits / n, held_hits / n_held
    (low,), (high,) = wilson(np.array([hits], dtype=np.float64), n, z)
    (held_low,), (held_high,) = wilson(np.array([held_hits], dtype=np.float64), n_held, z)
    difference = own - other
    return (
        difference - sqrt((own - low) ** 2 + (held_high - other) ** 2),
        difference + sqrt((high - own) ** 2 + (other - held_low) ** 2),
    )


def means(own: Numbers, other: Numbers, alpha: float) -> Interval:
    """Return the interval of the difference of two means by Welch (1947); NaN where a group has fewer than two."""
    if min(len(own), len(other)) < 2:
        return nan, nan
    difference = float(own.mean() - other.mean())
    parts = float(own.var(ddof=1)) / len(own), float(other.var(ddof=1)) / len(other)
    if sum(parts) <= 0:
        return difference, difference
    half = t_of(alpha, freedom(*parts, len(own), len(other))) * sqrt(sum(parts))
    return difference - half, difference + half


def freedom(part: float, held_part: float, n: int, n_held: int) -> float:
    """Return Welch's degrees of freedom; the parts are each group's variance by its size."""
    return (part + held_part) ** 2 / (part**2 / (n - 1) + held_part**2 / (n_held - 1))


def t_of(alpha: float, degrees: float) -> float:
    """Return how many standard errors a two-sided test of means asks for."""
    from scipy.special import stdtrit

    return -float(stdtrit(degrees, alpha / 2))


def combined(weights: Sequence[float], differences: Sequence[float], limits: Sequence[Interval]) -> Interval:
    """Return the interval of a weighted sum of differences that are independent, by MOVER (Zou & Donner 2008)."""
    middle = sum(weight * one for weight, one in zip(weights, differences, strict=True))
    rows = list(zip(weights, differences, limits, strict=True))
    below = sqrt(sum((weight * (one - low)) ** 2 for weight, one, (low, _) in rows))
    above = sqrt(sum((weight * (high - one)) ** 2 for weight, one, (_, high) in rows))
    return middle - below, middle + above


def leaves_zero_out(limits: Interval) -> bool:
    """Tell whether a difference can be told from none; a single point, made of no variation at all, tells nothing."""
    low, high = limits
    return isfinite(low) and isfinite(high) and low < high and (low > 0 or high < 0)

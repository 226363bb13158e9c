"""Effects: how much two groups differ in a fact, with the interval of the difference itself, and what chance gives."""

from dataclasses import dataclass
from math import asin, erfc, exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from segment_core.profiles.facts import Counts

Z95 = 1.959964
FALSE_DISCOVERY = 0.05


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference, its 95 % interval, and how likely chance alone makes one as large."""

    value: float
    low: float
    high: float
    chance: float


def delta(inside: Counts, outside: Counts, ties: float) -> Effect:
    """Compare two groups by Cliff's delta: how much more often a member of the first has the higher value, -1 to 1.

    `inside` and `outside` (m,) count each group's members at the same values, in their order; `ties` is the sum of
    t³ - t over values. The interval is the asymmetric one of Feng & Cliff (2004) on Cliff's (1996) variance, the
    chance that of Mann & Whitney's test. Each group needs two members.
    """
    n, m = int(inside.sum()), int(outside.sum())
    below_in, below_out = np.cumsum(inside) - inside, np.cumsum(outside) - outside
    wins, losses = (2 * below_out + outside) / m - 1, 1 - (2 * below_in + inside) / n
    value = _sum(inside, wins) / n
    pairs = n * m - _sum(inside, outside.astype(np.float64)) - n * m * value**2
    within = m * m * _sum(inside, (wins - value) ** 2) + n * n * _sum(outside, (losses - value) ** 2)
    # The unbiased estimate can fall to or below 0 where groups hardly overlap; Cliff's floor keeps it honest.
    variance = max((within - pairs) / (n * m * (n - 1) * (m - 1)), (1 - value**2) / (n * m - 1))
    both = n + m
    spread = n * m / 12 * (both + 1 - ties / (both * (both - 1)))
    low, high = _feng_cliff(value, variance, min(n, m))
    return Effect(value, low, high, two_sided(n * m * value / 2 / sqrt(max(spread, 1e-12))))


def cohens_h(x: int, n: int, x_other: int, n_other: int) -> Effect:
    """Compare two shares, x of n and x_other of n_other, by Cohen's h: their distance on the arcsine scale, -π to π.

    That scale makes the variance of a share independent of it, so the interval is the normal one (Cohen 1988); the
    chance is that of the test of two proportions with one common share.
    """
    share, other, both = x / n, x_other / n_other, (x + x_other) / (n + n_other)
    value = 2 * (asin(sqrt(share)) - asin(sqrt(other)))
    half = Z95 * sqrt(1 / n + 1 / n_other)
    spread = sqrt(max(both * (1 - both) * (1 / n + 1 / n_other), 1e-12))
    return Effect(value, max(-np.pi, value - half), min(np.pi, value + half), two_sided((share - other) / spread))


def lift(x: int, n: int, x_other: int, n_other: int, *, of_all: bool) -> tuple[float, float, float] | None:
    """Return how many times as large the share x of n is as the other's, or as that of both together (`of_all`).

    The 95 % interval is normal on the log ratio (Katz et al. 1978); where the group is itself a part of all, that
    they move together is counted in. None where the share divided by is 0.
    """
    weight = n / (n + n_other) if of_all else 0.0
    share, other = x / n, x_other / n_other
    base = weight * share + (1 - weight) * other
    if base == 0:
        return None
    value = share / base
    if min(x, x_other) == 0 or (x == n and x_other == n_other):
        # Half a member more of each kind, as the log ratio has no variance at the ends (Walter 1975).
        share, other = (x + 0.5) / (n + 1), (x_other + 0.5) / (n_other + 1)
        base = weight * share + (1 - weight) * other
    own = (1 / share - weight / base) ** 2 * share * (1 - share) / n
    half = Z95 * sqrt(own + ((1 - weight) / base) ** 2 * other * (1 - other) / n_other)
    middle = log(share / base)
    return value, exp(middle - half) if x else 0.0, max(value, exp(middle + half))


def share_interval(share: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    centre = (share + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    half = Z95 / (1 + Z95**2 / n) * sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    return max(0.0, centre - half), min(1.0, centre + half)


def median_places(n: int) -> tuple[int, int]:
    """Return the places, from 0, between which the median of n ordered values lies (normal approximation)."""
    half = Z95 * sqrt(n) / 2
    return max(0, int(n / 2 - half)), min(n - 1, int(np.ceil(n / 2 + half)))


def not_chance(chances: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which of many comparisons are more than chance, at 5 % false ones (Benjamini & Hochberg 1995)."""
    if not len(chances):
        return np.zeros(0, dtype=bool)
    ordered = np.sort(chances)
    allowed = FALSE_DISCOVERY * np.arange(1, len(chances) + 1) / len(chances)
    passing = np.flatnonzero(ordered <= allowed)
    limit = ordered[passing[-1]] if len(passing) else -1.0
    return np.asarray(chances <= limit)


def two_sided(z: float) -> float:
    """Return how likely chance alone is as far from 0 as z."""
    return erfc(abs(z) / sqrt(2))


def _sum(counts: Counts, values: NDArray[np.float64]) -> float:
    # No matrix product: its threads cost more than they save on a busy machine.
    return float((counts * values).sum())


def _feng_cliff(value: float, variance: float, smaller: int) -> tuple[float, float]:
    if 1 - abs(value) < 1e-12:
        # Nobody overlaps, so nothing varies: the bound that Cliff (1996) gives for the smaller group.
        bound = (smaller - Z95**2) / (smaller + Z95**2)
        return (bound, 1.0) if value > 0 else (-1.0, -bound)
    rest = 1 - value**2
    half = Z95 * sqrt(variance) * sqrt(rest**2 + Z95**2 * variance)
    scale = rest + Z95**2 * variance
    centre = value * rest
    return max(-1.0, (centre - half) / scale), min(1.0, (centre + half) / scale)

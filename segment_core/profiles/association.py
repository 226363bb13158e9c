"""Association: how strongly groups go with a category or an amount, with intervals and the chance of it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Association, Labels, Strength
from segment_core.separation import eta_squared

LARGEST_EXACT = 2_000.0
"""Statistics above this get a normal interval: the exact one takes long, and is the same by then."""
FEWEST_EXPECTED = 5.0
N_TABLES = 999
FALSE_DISCOVERY = 0.05
SMALL, MEDIUM, LARGE = 0.1, 0.3, 0.5
"""Cohen's w (1988); V reaches it at w / sqrt(the smaller number of groups or levels - 1)."""
ETAS = (0.01, 0.06, 0.14)
"""Cohen's steps of eta squared."""
Z95 = 1.959964


def by_category(groups: Labels, levels: Labels, seed: int = 0) -> Association | None:
    """Return Cramér's V between groups (n,) and levels (n,), less what chance gives (Bergsma 2013); None without any.

    The interval comes from the noncentral chi-square (Smithson 2003), with the same correction. Where many cells
    expect fewer than five customers, chance is counted in random tables with the same margins instead. Negative codes
    are unknown, and left out. `adjusted` and `strength` are for this one question; see `adjusted`.

    Examples
    --------
    >>> found = by_category(np.repeat([0, 1], 50), np.repeat([0, 1], 50))
    >>> round(found.value, 2), found.strength
    (1.0, 'large')
    """
    from scipy.stats import chi2, random_table

    counts = _counts(groups, levels)
    if counts is None:
        return None
    n, (expected, statistic, freedom, scale) = int(counts.sum()), _statistic(counts)
    chance = float(chi2.sf(statistic, freedom))
    if (expected < FEWEST_EXPECTED).mean() > 0.2:
        made = random_table(counts.sum(axis=1), counts.sum(axis=0), seed=seed).rvs(N_TABLES)
        drawn = ((made - expected) ** 2 / expected).sum(axis=(1, 2))
        chance = (1 + int((drawn >= statistic - 1e-9).sum())) / (1 + N_TABLES)
    value, low, high = (
        min(1.0, (max(0.0, excess) / scale) ** 0.5)
        for excess in (statistic - freedom, *_noncentral(statistic, freedom))
    )
    found = Association("v", value, min(low, value), max(high, value), chance, chance, n, "none")
    return replace(found, strength=_strength(found, min(counts.shape) - 1))


def cramers_v(groups: Labels, levels: Labels) -> float:
    """Return the V of `by_category` alone; 0 without any."""
    counts = _counts(groups, levels)
    if counts is None:
        return 0.0
    _, statistic, freedom, scale = _statistic(counts)
    return float(min(1.0, (max(0.0, statistic - freedom) / scale) ** 0.5))


def by_amount(groups: Labels, amounts: NDArray[np.float64]) -> Association | None:
    """Return eta squared of ranks between groups (n,) and amounts (n,), less what chance gives; None without any.

    Chance is that of Kruskal & Wallis (1952); the interval comes from the noncentral F (Steiger 2004), on ranks.
    Amounts that are NaN, and negative groups, are left out.
    """
    from scipy.stats import chi2

    known = np.isfinite(amounts) & (groups >= 0)
    own, values = np.unique(groups[known], return_inverse=True)[1], amounts[known]
    adjusted = eta_squared(values, own)
    if adjusted is None:
        return None
    n, k = len(own), int(own.max()) + 1
    raw = 1.0 - (1.0 - adjusted) * (n - k) / (n - 1)
    chance = float(chi2.sf((n - 1) * raw, k - 1))
    lows = _noncentral_f(raw, k - 1, n - k)
    value = max(0.0, adjusted)
    found = Association("eta squared", value, min(lows[0], value), max(lows[1], value), chance, chance, n, "none")
    return replace(found, strength=_strength(found, 1))


def adjusted(found: Sequence[Association], smaller: Sequence[int]) -> list[Association]:
    """Count all questions asked (Benjamini & Hochberg 1995), and say again how strong each is.

    `smaller` is the smaller number of groups or levels less one, of each.
    """
    chances = np.array([each.chance for each in found])
    order = np.argsort(chances, kind="stable")
    scaled = chances[order] * len(chances) / np.arange(1, len(chances) + 1)
    least = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    every = np.empty(len(chances))
    every[order] = least
    changed = (replace(each, adjusted=float(chance)) for each, chance in zip(found, every, strict=True))
    return [replace(each, strength=_strength(each, freedom)) for each, freedom in zip(changed, smaller, strict=True)]


def _counts(groups: Labels, levels: Labels) -> NDArray[np.int64] | None:
    """Count customers by group and level, without the empty ones; None where there is nothing to compare."""
    known = (groups >= 0) & (levels >= 0)
    if not known.any():
        return None
    size = (int(groups.max()) + 1, int(levels.max()) + 1)
    counts = np.bincount(groups[known] * size[1] + levels[known], minlength=size[0] * size[1]).reshape(size)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    return counts if min(counts.shape) >= 2 and counts.sum() >= 4 else None


def _statistic(counts: NDArray[np.int64]) -> tuple[NDArray[np.float64], float, int, float]:
    """Return what chance expects, chi-square, its degrees of freedom, and the largest excess there can be."""
    n = int(counts.sum())
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / n
    corrected = [size - (size - 1) ** 2 / (n - 1) for size in counts.shape]
    statistic = float(((counts - expected) ** 2 / expected).sum())
    return expected, statistic, (counts.shape[0] - 1) * (counts.shape[1] - 1), n * max(min(corrected) - 1, 1e-12)


def _strength(found: Association, smaller: int) -> Strength:
    if found.adjusted >= FALSE_DISCOVERY:
        return "none"
    steps = ETAS if found.measure == "eta squared" else [w / float(smaller) ** 0.5 for w in (SMALL, MEDIUM, LARGE)]
    words: tuple[Strength, ...] = ("negligible", "small", "medium", "large")
    return words[sum(1 for step in steps if found.value >= step)]


def _noncentral(statistic: float, freedom: int) -> tuple[float, float]:
    """Return the 95 % interval of a chi-square's excess over what chance gives."""
    from scipy.optimize import brentq
    from scipy.stats import ncx2

    if statistic - freedom > LARGEST_EXACT:
        middle = statistic - freedom
        half = Z95 * (2 * freedom + 4 * middle) ** 0.5
        return middle - half, middle + half

    def at(share: float) -> float:
        if float(ncx2.cdf(statistic, freedom, 1e-9)) <= share:
            return 0.0
        return float(brentq(lambda excess: ncx2.cdf(statistic, freedom, excess) - share, 1e-9, 3 * statistic + 50))

    return at(0.975), at(0.025)


def _noncentral_f(raw: float, between: int, within: int) -> tuple[float, float]:
    """Return the 95 % interval of eta squared, from what it is in the sample."""
    from scipy.optimize import brentq
    from scipy.stats import ncf

    n = between + within + 1
    if raw >= 1 - 1e-9:
        return 1.0, 1.0
    excess = n * raw / (1 - raw)
    if excess > LARGEST_EXACT:
        half = Z95 * 2 * excess**0.5 * (1 + excess / (2 * n)) ** 0.5
        low, high = max(0.0, excess - half), excess + half
        return low / (low + n), high / (high + n)
    ratio = raw / (1 - raw) * within / between

    def at(share: float) -> float:
        if float(ncf.cdf(ratio, between, within, 1e-9)) <= share:
            return 0.0
        return float(brentq(lambda more: ncf.cdf(ratio, between, within, more) - share, 1e-9, 3 * excess + 60))

    low, high = at(0.975), at(0.025)
    return low / (low + n), high / (high + n)

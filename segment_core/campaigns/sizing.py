"""Sizing: how large a rise a campaign of given size would show, and how many to hold out to show one."""

from collections.abc import Callable
from math import ceil, inf, isfinite, nan, sqrt

import numpy as np

from segment_core.campaigns.intervals import freedom, t_of, wilson, z_of

USUAL_SHARE, LEAST_SHARE, MOST_SHARE = 0.2, 0.05, 0.5
ENOUGH_HELD = 1_000
MOST_CUSTOMERS = 10_000_000


def detectable(n_treated: int, n_held: int, baseline: float, *, power: float = 0.8, alpha: float = 0.05) -> float:
    """Return the smallest rise of a rate, in absolute terms, that the two-sided test of `read_out` would show.

    "Show" is that Newcombe's interval lies above zero, with a chance of `power`. The chance is not the textbook's
    approximation but the sum over every number of held-out customers who may respond, and the rise is found where it
    equals `power`. NaN where a group is empty or the baseline is no rate, infinity where not even a rate of 1 would.

    Examples
    --------
    >>> round(detectable(8000, 2000, 0.04), 3)
    0.015
    """
    if min(n_treated, n_held) < 1 or not 0 <= baseline <= 1:
        return nan
    shown = _chance(n_treated, n_held, baseline, alpha)
    if baseline >= 1 or shown(1.0) < power:
        return inf
    return _root(lambda rate: shown(rate) - power, baseline, 1.0) - baseline


def detectable_mean(n_treated: int, n_held: int, spread: float, *, power: float = 0.8, alpha: float = 0.05) -> float:
    """Return the smallest rise of a mean that Welch's two-sided test would show; `spread` is a standard deviation.

    Both groups are taken to spread alike. NaN where a group has fewer than two customers.
    """
    if min(n_treated, n_held) < 2 or not (isfinite(spread) and spread >= 0):
        return nan
    return spread * sqrt(1 / n_treated + 1 / n_held) * _errors_needed(n_treated, n_held, power, alpha)


def share_for(n: int, baseline: float, effect: float, *, power: float = 0.8, alpha: float = 0.05) -> float | None:
    """Return the smallest share of `n` customers to hold out that shows a rise of `effect`; None where no share does.

    It is at most one half: with equal groups a test shows most.
    """
    if not (0 <= baseline <= 1 and effect > 0 and baseline + effect <= 1):
        return None
    return _share(n, 1, lambda own, held: _chance(own, held, baseline, alpha)(baseline + effect) >= power)


def share_for_mean(n: int, spread: float, effect: float, *, power: float = 0.8, alpha: float = 0.05) -> float | None:
    """Return the smallest share of `n` customers to hold out that shows a rise of a mean; None where no share does."""
    if not effect > 0:
        return None
    return _share(n, 2, lambda own, held: detectable_mean(own, held, spread, power=power, alpha=alpha) <= effect)


def default_share(
    n: int,
    baseline: float | None = None,
    effect: float | None = None,
    *,
    power: float = 0.8,
    alpha: float = 0.05,
) -> float:
    """Return a share to hold out: what shows `effect` where it can be known, else a fifth, less where `n` is large.

    Never less than 5 %, which a small change of what was expected would make useless, and never more than a half.
    """
    if baseline is not None and effect is not None:
        found = share_for(n, baseline, effect, power=power, alpha=alpha)
        return MOST_SHARE if found is None else max(found, LEAST_SHARE)
    return min(USUAL_SHARE, max(LEAST_SHARE, ENOUGH_HELD / max(n, 1)))


def customers_for(
    share: float, baseline: float, effect: float, *, power: float = 0.8, alpha: float = 0.05
) -> int | None:
    """Return how many customers a campaign needs to show a rise of a rate, if `share` of them are held out.

    None where it would take more than ten million, or there is no such rise. A fall is sized as the rise of its
    opposite.
    """
    if effect < 0:
        baseline, effect = 1 - baseline, -effect
    if not (0 <= baseline <= 1 and effect > 0 and baseline + effect <= 1 and 0 < share < 1):
        return None
    return _customers(share, 1, lambda own, held: _chance(own, held, baseline, alpha)(baseline + effect) >= power)


def customers_for_mean(
    share: float, spread: float, effect: float, *, power: float = 0.8, alpha: float = 0.05
) -> int | None:
    """Return how many customers a campaign needs to show a change of a mean, if `share` of them are held out."""
    if not (effect and 0 < share < 1):
        return None
    return _customers(
        share, 2, lambda own, held: detectable_mean(own, held, spread, power=power, alpha=alpha) <= abs(effect)
    )


def _chance(n_treated: int, n_held: int, baseline: float, alpha: float) -> Callable[[float], float]:
    """Return the chance that Newcombe's interval lies above zero, as a function of the treated customers' rate."""
    from scipy.special import bdtrc, gammaln, xlog1py, xlogy  # scipy.stats takes a second to load

    z = z_of(alpha)
    middle, half = n_held * baseline, 8 * sqrt(n_held * baseline * (1 - baseline)) + 8
    hits = np.arange(max(0, int(middle - half)), min(n_held, ceil(middle + half)) + 1, dtype=np.float64)
    ways = gammaln(n_held + 1) - gammaln(hits + 1) - gammaln(n_held - hits + 1)
    likely = np.exp(ways + xlogy(hits, baseline) + xlog1py(n_held - hits, -baseline))
    held_high = wilson(hits, n_held, z)[1]
    rate = hits / n_held
    fewest, most = np.floor(rate * n_treated), np.full(len(hits), float(n_treated + 1))  # most: never shown
    while np.any(most - fewest > 1):
        tried = np.floor((fewest + most) / 2)
        own = tried / n_treated
        low = wilson(tried, n_treated, z)[0]
        shown = own - rate > np.hypot(own - low, held_high - rate)
        most, fewest = np.where(shown, tried, most), np.where(shown, fewest, tried)
    return lambda own: float(likely @ bdtrc(most - 1, n_treated, own))


def _errors_needed(n_treated: int, n_held: int, power: float, alpha: float) -> float:
    """Return how many standard errors a rise must have, by the noncentral t distribution of Welch's statistic."""
    from scipy.special import nctdtr

    degrees = freedom(1 / n_treated, 1 / n_held, n_treated, n_held)
    limit = t_of(alpha, degrees)
    if degrees > 5_000:
        return limit + z_of(2 * (1 - power))
    return _root(lambda errors: 1 - float(nctdtr(degrees, errors, limit)) - power, 0.0, 10 * limit + 10)


def _share(n: int, least: int, shows: Callable[[int, int], bool]) -> float | None:
    most = n // 2
    if most < least or not shows(n - most, most):
        return None
    return _first(least, most, lambda held: shows(n - held, held)) / n


def _customers(share: float, least: int, shows: Callable[[int, int], bool]) -> int | None:
    def enough(n: int) -> bool:
        held = round(share * n)
        return min(held, n - held) >= least and shows(n - held, held)

    return _first(2 * least, MOST_CUSTOMERS, enough) if enough(MOST_CUSTOMERS) else None


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the first number from `low` on that holds, where `high` does."""
    while low < high:
        tried = (low + high) // 2
        low, high = (low, tried) if holds(tried) else (tried + 1, high)
    return high


def _root(of: Callable[[float], float], low: float, high: float) -> float:
    from scipy.optimize import brentq

    if of(low) >= 0:
        return low
    return float(brentq(of, low, high, xtol=1e-9))

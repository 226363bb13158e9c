"""Hold-outs: how many to hold out, how alike they are, and what is read from them, against simulations and draws."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.tables import Table
from segment_core.campaigns import detectable_mean, hold_out, share_for
from segment_core.campaigns.holding import balance_of
from segment_core.campaigns.intervals import leaves_zero_out, means, rates, wilson, z_of

Cells = NDArray[np.float64]
SIZINGS = ((20_000, 0.04, 0.01), (5_000, 0.10, 0.04), (2_000, 0.30, 0.08))
POWER, ALPHA = 0.8, 0.05


def measure(
    n_simulated: int = 40_000,
    n_draws: int = 100,
    n_customers: int = 1_000,
    sizings: Sequence[tuple[int, float, float]] = SIZINGS,
) -> Table:
    rows = [*(sized(*one, n_simulated) for one in sizings), amounts(n_simulated)]
    rows += [*balanced(n_customers, n_draws), *covered(n_simulated)]
    return Table(
        "Hold-outs of campaigns",
        ("", "ours", "to compare with", "of"),
        rows,
        f"Sizes: the smallest hold-out that shows a rise with a power of {POWER:.0%}, and the smallest that does so "
        f"in {n_simulated:,} simulated campaigns read by Newcombe's interval (amounts: the power reached). "
        f"Balance: the largest absolute standardised mean difference over 10 features of {n_customers:,} customers in "
        f"5 segments, 20 % held out, mean and worst of {n_draws} draws, against draws stratified by segment; in "
        f"brackets the draws of which all features are below 0.1. Coverage: how often a 95 % interval holds the true "
        f"difference, against the textbook's (Wald, equal variances).",
    )


def sized(n: int, baseline: float, effect: float, n_simulated: int) -> tuple[str, ...]:
    ours = round((share_for(n, baseline, effect) or np.nan) * n)
    low, high = ours // 2, min(2 * ours, n // 2)
    while low < high:
        middle = (low + high) // 2
        enough = simulated(n - middle, middle, baseline, effect, n_simulated) >= POWER
        low, high = (low, middle) if enough else (middle + 1, high)
    return (f"size: {baseline:.0%} + {effect:.0%} of {n:,}", f"{ours:,}", f"{high:,}", f"{ours / high - 1:+.1%}")


def simulated(n_treated: int, n_held: int, baseline: float, effect: float, n_simulated: int) -> float:
    """Return how often a rise is shown."""
    random = np.random.default_rng(0)
    own = random.binomial(n_treated, baseline + effect, n_simulated).astype(np.float64)
    other = random.binomial(n_held, baseline, n_simulated).astype(np.float64)
    z = z_of(ALPHA)
    share, held = own / n_treated, other / n_held
    below = np.hypot(share - wilson(own, n_treated, z)[0], wilson(other, n_held, z)[1] - held)
    return float(np.mean(share - held > below))


def amounts(n_simulated: int) -> tuple[str, ...]:
    random, (n, held, spread) = np.random.default_rng(0), (400, 100, 50.0)
    effect = detectable_mean(n, held, spread)
    few = max(n_simulated // 10, 10)
    shown = [means(random.normal(effect, spread, n), random.normal(0, spread, held), ALPHA)[0] > 0 for _ in range(few)]
    return (f"size: amounts, {effect:.1f} at ± {spread:.0f}", f"{POWER:.0%}", f"{np.mean(shown):.1%}", f"{few:,}")


def balanced(n: int, n_draws: int) -> list[tuple[str, ...]]:
    random = np.random.default_rng(0)
    strata = random.integers(0, 5, n)
    matrix = random.normal(size=(n, 10)) + strata[:, None] * random.normal(size=10)
    matrix[:, :3] = np.exp(matrix[:, :3])  # heavy tails, as amounts have
    ids, names = [f"C{place}" for place in range(n)], [f"f{place}" for place in range(10)]
    ours, plain, simple = [], [], []
    for seed in range(n_draws):
        ours.append(worst(matrix, hold_out(ids, strata.tolist(), matrix, names, share=0.2, seed=seed).held))
        draw = np.random.default_rng(seed)
        held = np.zeros(n, dtype=bool)
        for stratum in range(5):
            own = np.flatnonzero(strata == stratum)
            held[draw.permutation(own)[: round(0.2 * len(own))]] = True
        plain.append(worst(matrix, held))
        simple.append(worst(matrix, draw.permutation(n) < round(0.2 * n)))
    of = f"{n_draws}"
    return [
        ("balance, mean", _mean(ours), f"{_mean(plain)} (at random: {_mean(simple)})", of),
        ("balance, worst draw", f"{max(ours):.3f}", f"{max(plain):.3f} (at random: {max(simple):.3f})", of),
    ]


def _mean(found: Sequence[float]) -> str:
    return f"{np.mean(found):.3f} ({sum(one < 0.1 for one in found)})"


def worst(matrix: Cells, held: NDArray[np.bool_]) -> float:
    return abs(balance_of(matrix, held, [str(place) for place in range(matrix.shape[1])])[0].difference)


def covered(n_simulated: int) -> list[tuple[str, ...]]:
    random, few = np.random.default_rng(1), max(n_simulated // 10, 10)
    rows = []
    for n, n_held, own, other in ((1_600, 400, 0.03, 0.02), (160, 40, 0.05, 0.02)):
        hits = [(int(random.binomial(n, own)), int(random.binomial(n_held, other))) for _ in range(few)]
        ours = [inside(rates(x, n, y, n_held, ALPHA), own - other) for x, y in hits]
        wald = [inside(_wald(x / n, n, y / n_held, n_held), own - other) for x, y in hits]
        rows.append(
            (
                f"coverage: {own:.0%} and {other:.0%} of {n:,} and {n_held}",
                f"{np.mean(ours):.1%}",
                f"{np.mean(wald):.1%}",
                f"{few:,}",
            )
        )
    none = [
        leaves_zero_out(rates(int(random.binomial(1_600, 0.03)), 1_600, int(random.binomial(400, 0.03)), 400, ALPHA))
        for _ in range(few)
    ]
    rows.append(("told where there is nothing", f"{np.mean(none):.1%}", f"{ALPHA:.0%}", f"{few:,}"))
    draws = [(random.lognormal(0, 1, 400) * 1.0, random.lognormal(0, 0.7, 100)) for _ in range(few)]
    truth = float(np.exp(0.5) - np.exp(0.245))
    ours = [inside(means(a, b, ALPHA), truth) for a, b in draws]
    equal = [inside(_student(a, b), truth) for a, b in draws]
    return [*rows, ("coverage: amounts, skewed", f"{np.mean(ours):.1%}", f"{np.mean(equal):.1%}", f"{few:,}")]


def inside(limits: tuple[float, float], truth: float) -> bool:
    return limits[0] <= truth <= limits[1]


def _wald(own: float, n: int, other: float, n_held: int) -> tuple[float, float]:
    half = z_of(ALPHA) * (own * (1 - own) / n + other * (1 - other) / n_held) ** 0.5
    return own - other - half, own - other + half


def _student(own: Cells, other: Cells) -> tuple[float, float]:
    n, m = len(own), len(other)
    pooled = (own.var(ddof=1) * (n - 1) + other.var(ddof=1) * (m - 1)) / (n + m - 2)
    half = z_of(ALPHA) * float(pooled * (1 / n + 1 / m)) ** 0.5
    middle = float(own.mean() - other.mean())
    return middle - half, middle + half

"""Separation: what tells segments apart, column by column; how far they differ in an amount, and how even they are."""

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Features, Labels


def shares_of_separation(features: Features, labels: Labels) -> dict[str, float]:
    """Return each source's part of the sum of squares between segments, largest first; they add up to 1.

    Examples
    --------
    >>> pairs = Features.of([[0, 0], [0, 1], [9, 0], [9, 1]], names=("spend", "age"))
    >>> shares_of_separation(pairs, np.array([0, 0, 1, 1]))
    {'spend': 1.0, 'age': 0.0}
    """
    matrix = features.matrix.astype(np.float64)
    middle = matrix.mean(axis=0)
    between = np.zeros(matrix.shape[1])
    for label in np.unique(labels):
        own = matrix[labels == label]
        between += len(own) * (own.mean(axis=0) - middle) ** 2
    total = max(float(between.sum()), 1e-12)
    shares: dict[str, float] = {}
    for source, part in zip(features.sources, between, strict=True):
        shares[source] = shares.get(source, 0.0) + float(part) / total
    return dict(sorted(shares.items(), key=lambda pair: (-pair[1], pair[0])))


def eta_squared(amounts: NDArray[np.float64], labels: Labels) -> float | None:
    """Return the part of the variance of ranks that lies between groups, less what chance gives; None without any.

    Ranks, so that a few large amounts do not decide it. 0 is chance, 1 all, and somewhat below 0 less than chance
    gives on average. It is eta squared (Tomczak & Tomczak 2014), (H - k + 1) / (n - k) with the H of Kruskal & Wallis
    (1952). Amounts that are NaN are left out. There is none with one group, as many groups as amounts, or only one
    amount.
    """
    from scipy.stats import rankdata

    there = np.isfinite(amounts)
    _, groups = np.unique(labels[there], return_inverse=True)
    sizes = np.bincount(groups)
    n, k = int(there.sum()), len(sizes)
    if k < 2 or n <= k:
        return None
    ranks = rankdata(amounts[there])
    total = float(((ranks - ranks.mean()) ** 2).sum())
    if total == 0:
        return None
    means = np.bincount(groups, weights=ranks) / sizes
    within = float(((ranks - means[groups]) ** 2).sum())
    return 1.0 - (within / (n - k)) / (total / (n - 1))


def evenness(sizes: NDArray[np.int64]) -> float:
    """Return the entropy of sizes (k,) as a part of the largest there is with so many (Pielou 1966).

    Empty segments do not count; a single one has an evenness of 0.

    Examples
    --------
    >>> evenness(np.array([50, 50])), evenness(np.array([100, 0]))
    (1.0, 0.0)
    """
    some = sizes[sizes > 0]
    if len(some) < 2:
        return 0.0
    shares = some / some.sum()
    return float(-(shares * np.log(shares)).sum() / np.log(len(shares)))

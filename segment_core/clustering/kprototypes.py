"""k-prototypes: K-Means for numbers and categories together, with means for the ones and modes for the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.membership import require_customers, settle, squared_distances, without_empty
from segment_core.clustering.mixed import Category, Mixed, apart
from segment_core.clustering.rows import in_order
from segment_core.messages import say

MOST_ROUNDS = 100
MOST_AT_ONCE = 20_000
"""Customers on whom the starts are made; the best goes on with everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KPrototypesOptions:
    """Options of k-prototypes."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="How many groups to cut.")
    gamma: float = option(
        1.0,
        "Weight of categories",
        low=0.0,
        high=100.0,
        help="At 1 each category counts as its block weighs; 0 leaves categories out, more lets them decide.",
    )
    n_starts: int = option(10, "Starts", low=1, high=100, help="How often to begin anew; the best result is kept.")
    seed: int = option(0, "Random seed", low=0)


def cluster(
    features: Features, options: KPrototypesOptions = KPrototypesOptions(), progress: Progress = silent
) -> Clustering:
    """Cut customers round prototypes: a mean of each number, the most frequent level of each category (Huang 1998).

    Cost is squared distance in numbers (and in wide blocks such as texts) plus gamma for each category that
    differs. Gamma is set for each category so that its mean part of the cost is its weight: the ratio of the
    variances of numbers to the chance that two customers differ in the category (Szepannek 2018). A missing
    category costs nothing anywhere.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    """
    require_customers(features, at_least=options.n_segments)
    order = in_order(features.matrix)
    mixed = apart(replace(features, matrix=features.matrix[order]))
    numbers = np.column_stack([mixed.numbers, *(block.matrix for block in mixed.wide)])
    gammas = [options.gamma * gamma for gamma in gammas_of(mixed)]
    random = np.random.default_rng(options.seed)
    rows = np.arange(len(numbers))
    if len(rows) > MOST_AT_ONCE:
        rows = np.sort(random.choice(rows, MOST_AT_ONCE, replace=False))
    some = numbers[rows], [replace(one, codes=one.codes[rows]) for one in mixed.categories]
    best, labels = np.inf, np.zeros(len(rows), dtype=np.int64)
    for start in range(options.n_starts):
        progress(start, options.n_starts + 1, say("Cutting {k} segments", k=options.n_segments))
        first = _spread_out(*some, gammas, options.n_segments, random)
        found, cost = _settled(*some, gammas, _costs(*some, gammas, first).argmin(axis=1), options.n_segments)
        if cost < best * (1 - 1e-9):
            best, labels = cost, found
    if len(rows) < len(numbers):
        progress(options.n_starts, options.n_starts + 1, say("Cutting {k} segments", k=options.n_segments))
        near = _to_prototypes(numbers, mixed.categories, gammas, *_prototypes(*some, labels, options.n_segments))
        labels, _ = _settled(numbers, mixed.categories, gammas, near.argmin(axis=1), options.n_segments)
    progress(1, 1, say("Segments found: {k}", k=len(np.unique(labels))))
    own = np.empty_like(labels)
    own[order] = labels
    return settle(features, own, Step("kprototypes", options_to_json(options)))


def gammas_of(mixed: Mixed) -> list[float]:
    """Return for each category what a mismatch costs, so that on average it costs what its variance does."""
    found = []
    for category in mixed.categories:
        known = category.codes[category.codes >= 0]
        parts = np.bincount(known, minlength=category.n_levels) / max(len(category.codes), 1)
        differ = float(parts.sum() ** 2 - (parts**2).sum())
        found.append(2.0 * category.influence / differ if differ > 0 else 0.0)
    return found


def _spread_out(
    numbers: NDArray[np.float64],
    categories: Sequence[Category],
    gammas: Sequence[float],
    k: int,
    random: np.random.Generator,
) -> NDArray[np.int64]:
    """Choose customers far from each other to begin with, as k-means++ does."""
    chosen = [int(random.integers(len(numbers)))]
    near = _costs(numbers, categories, gammas, np.array(chosen))[:, 0]
    while len(chosen) < k:
        total = near.sum()
        luck = near / total if total > 0 else np.full(len(near), 1 / len(near))
        chosen.append(int(random.choice(len(near), p=luck)))
        near = np.minimum(near, _costs(numbers, categories, gammas, np.array(chosen[-1:]))[:, 0])
    return np.array(chosen, dtype=np.int64)


def _costs(
    numbers: NDArray[np.float64], categories: Sequence[Category], gammas: Sequence[float], rows: NDArray[np.int64]
) -> NDArray[np.float64]:
    modes = [category.codes[rows] for category in categories]
    return _to_prototypes(numbers, categories, gammas, numbers[rows], modes)


def _to_prototypes(
    numbers: NDArray[np.float64],
    categories: Sequence[Category],
    gammas: Sequence[float],
    means: NDArray[np.float64],
    modes: Sequence[Labels],
) -> NDArray[np.float64]:
    costs = squared_distances(numbers, means)
    for category, gamma, mode in zip(categories, gammas, modes, strict=True):
        codes = category.codes[:, None]
        costs += gamma * ((codes != mode[None, :]) & (codes >= 0) & (mode[None, :] >= 0))
    return costs


def _settled(
    numbers: NDArray[np.float64], categories: Sequence[Category], gammas: Sequence[float], labels: Labels, k: int
) -> tuple[Labels, float]:
    """Move prototypes and customers in turn, from these labels on, until nobody moves any more."""
    rows, worst = np.arange(len(numbers)), np.zeros(len(numbers))
    for _ in range(MOST_ROUNDS):
        labels = without_empty(labels, worst, k)
        costs = _to_prototypes(numbers, categories, gammas, *_prototypes(numbers, categories, labels, k))
        moved = costs.argmin(axis=1)
        if np.array_equal(moved, labels):
            break
        labels, worst = moved, costs[rows, moved]
    return labels.astype(np.int64), float(costs[rows, labels].sum())


def _prototypes(
    numbers: NDArray[np.float64], categories: Sequence[Category], labels: Labels, k: int
) -> tuple[NDArray[np.float64], list[Labels]]:
    """Return the means of the numbers (k, p), and the modes (k,) of each category."""
    sizes = np.maximum(np.bincount(labels, minlength=k), 1)
    sums = [np.bincount(labels, weights=column, minlength=k) for column in numbers.T]
    means = np.array(sums).reshape(numbers.shape[1], k).T / sizes[:, None]
    return means, [_modes(one, labels, k) for one in categories]


def _modes(category: Category, labels: Labels, k: int) -> Labels:
    known = category.codes >= 0
    places = labels[known] * category.n_levels + category.codes[known]
    counts = np.bincount(places, minlength=k * category.n_levels).reshape(k, category.n_levels)
    return np.where(counts.any(axis=1), counts.argmax(axis=1), -1)

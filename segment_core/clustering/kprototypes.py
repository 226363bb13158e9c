"""k-prototypes: K-Means for numbers and categories together, with means for the ones and modes for the others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.membership import require_customers, settle, squared_distances
from segment_core.clustering.mixed import Category, Mixed, apart
from segment_core.messages import say

MOST_ROUNDS = 100


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
    mixed = apart(features)
    numbers = np.column_stack([mixed.numbers, *(block.matrix for block in mixed.wide)])
    gammas = [options.gamma * gamma for gamma in gammas_of(mixed)]
    random = np.random.default_rng(options.seed)
    best, labels = np.inf, np.zeros(len(numbers), dtype=np.int64)
    for start in range(options.n_starts):
        progress(start, options.n_starts, say("Cutting {k} segments", k=options.n_segments))
        first = _spread_out(numbers, mixed.categories, gammas, options.n_segments, random)
        found, cost = _settled(numbers, mixed.categories, gammas, first)
        if cost < best * (1 - 1e-9):
            best, labels = cost, found
    progress(1, 1, say("Segments found: {k}", k=len(np.unique(labels))))
    return settle(features, labels, Step("kprototypes", options_to_json(options)))


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
    numbers: NDArray[np.float64],
    categories: Sequence[Category],
    gammas: Sequence[float],
    first: NDArray[np.int64],
) -> tuple[Labels, float]:
    k, rows = len(first), np.arange(len(numbers))
    costs = _costs(numbers, categories, gammas, first)
    labels = costs.argmin(axis=1)
    for _ in range(MOST_ROUNDS):
        labels = _without_empty(labels, costs[rows, labels], k)
        sizes = np.bincount(labels, minlength=k)
        sums = [np.bincount(labels, weights=column, minlength=k) for column in numbers.T]
        means = np.array(sums).reshape(numbers.shape[1], k).T / sizes[:, None]
        costs = _to_prototypes(numbers, categories, gammas, means, [_modes(one, labels, k) for one in categories])
        moved = costs.argmin(axis=1)
        if np.array_equal(moved, labels):
            break
        labels = moved
    return labels.astype(np.int64), float(costs[rows, labels].sum())


def _modes(category: Category, labels: Labels, k: int) -> Labels:
    known = category.codes >= 0
    places = labels[known] * category.n_levels + category.codes[known]
    counts = np.bincount(places, minlength=k * category.n_levels).reshape(k, category.n_levels)
    return np.where(counts.any(axis=1), counts.argmax(axis=1), -1)


def _without_empty(labels: Labels, costs: NDArray[np.float64], k: int) -> Labels:
    """Give a prototype that nobody chose the customer who is worst off."""
    labels = labels.copy()
    sizes = np.bincount(labels, minlength=k)
    for empty in np.flatnonzero(sizes == 0):
        movable = np.where(np.bincount(labels, minlength=k)[labels] > 1, costs, -1.0)
        worst = int(movable.argmax())
        labels[worst], costs[worst] = empty, -1.0
    return labels

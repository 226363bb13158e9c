"""Gower: segments round typical customers, each kind of column compared in its own way."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.medoids import among_some, around_medoids
from segment_core.clustering.membership import require_customers, settle
from segment_core.clustering.mixed import Category, Mixed, apart
from segment_core.clustering.rows import in_order
from segment_core.messages import say

MOST_LEVELLED = 2_000
"""Customers on whom the mean distance in a wide block is measured."""
UNKNOWN = 0.5
"""Distance of two customers of whom nothing can be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GowerOptions:
    """Options of k-medoids on Gower's distance."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="How many groups to cut.")
    n_samples: int = option(
        5, "Samples", low=1, high=50, help="With many customers: how many samples are searched; the best result wins."
    )
    seed: int = option(0, "Random seed", low=0, help="Which customers are sampled, where there are many.")


def cluster(features: Features, options: GowerOptions = GowerOptions(), progress: Progress = silent) -> Clustering:
    """Gather customers round `n_segments` of them, the medoids, at the least total Gower distance (Gower 1971).

    The search is PAM (Kaufman & Rousseeuw 1990) with the eager swaps of FasterPAM (Schubert & Rousseeuw
    2021); above 2,000 customers on several samples, of which the best for everybody wins (CLARA). Far
    values pull less than with K-Means, because each number's distance is at most 1.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    """
    require_customers(features, at_least=options.n_segments)
    progress(0, 1, say("Comparing customers column by column"))
    n, order = features.n_customers, in_order(features.matrix)
    space, labels = GowerSpace(apart(replace(features, matrix=features.matrix[order]))), np.empty(n, dtype=np.int64)
    labels[order] = around_medoids(
        space.between, n, options.n_segments, progress, n_samples=options.n_samples, seed=options.seed
    )
    return settle(features, labels, Step("gower", options_to_json(options)), reasons=among_some(n, options.n_samples))


class GowerSpace:
    """Gower's distance between any two sets of customers, in [0, 1].

    Numbers differ by their share of the range, categories by whether they are the same, wide blocks by
    their Euclidean distance, where the mean (root mean square) counts a half and twice as much is as far as
    it goes. What is missing on either side is not compared, and the weights of the rest take its place.

    Two customers agree in few categories and are rarely far apart in a range, so that bare distances of blocks are not
    on one scale (van de Velden et al. 2024). Gower's weights level that: on average over those who can be compared, a
    block makes up its own weight of the distance.
    """

    def __init__(self, mixed: Mixed) -> None:
        span = np.ptp(mixed.numbers, axis=0) if mixed.numbers.size else np.ones(mixed.numbers.shape[1])
        self._numbers = (mixed.numbers / np.where(span > 0, span, 1.0)).astype(np.float32)
        self._wide = [block.matrix / _reach(block.matrix, block.known) for block in mixed.wide]
        levels = self._levels(mixed)
        owners = np.array([levels[name] for name in mixed.blocks])
        self._mixed = replace(
            mixed,
            weights=mixed.weights / owners if len(owners) else mixed.weights,
            categories=tuple(replace(one, weight=one.weight / levels[one.block]) for one in mixed.categories),
            wide=tuple(replace(one, weight=one.weight / levels[one.block]) for one in mixed.wide),
        )

    def _levels(self, mixed: Mixed) -> dict[str, float]:
        """Return how far apart two customers are in each block on average, its columns by their weights."""
        found: list[tuple[str, float, float]] = []
        for number, (name, weight) in enumerate(zip(mixed.blocks, mixed.weights.tolist(), strict=True)):
            found.append((name, weight, _mean_gap(self._numbers[:, number].astype(np.float64))))
        for category in mixed.categories:
            found.append((category.block, category.weight, _mean_mismatch(category)))
        for block, matrix in zip(mixed.wide, self._wide, strict=True):
            found.append((block.block, block.weight, _mean_length(matrix[block.known])))
        levels = {}
        for name in {name for name, *_ in found}:
            own = [(weight, mean) for block, weight, mean in found if block == name]
            level = sum(weight * mean for weight, mean in own) / max(sum(weight for weight, _ in own), 1e-12)
            levels[name] = level if level > 0 else 1.0
        return levels

    def between(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return distances (len(one), len(other)) of rows to rows."""
        mixed = self._mixed
        summed = np.zeros((len(one), len(other)), dtype=np.float32)
        weighed = np.full_like(summed, mixed.weights.sum())
        for number, weight in enumerate(mixed.weights):
            values = self._numbers[:, number]
            summed += np.float32(weight) * np.abs(values[one][:, None] - values[other][None, :])
        for category in mixed.categories:
            left, right = category.codes[one][:, None], category.codes[other][None, :]
            both = (left >= 0) & (right >= 0)
            summed += np.float32(category.weight) * (both & (left != right))
            weighed += np.float32(category.weight) * both
        for block, matrix in zip(mixed.wide, self._wide, strict=True):
            both = block.known[one][:, None] & block.known[other][None, :]
            summed += np.float32(block.weight) * both * _euclidean(matrix[one], matrix[other])
            weighed += np.float32(block.weight) * both
        return np.where(weighed > 1e-9, summed / np.maximum(weighed, 1e-9), np.float32(UNKNOWN))


def _reach(matrix: NDArray[np.float64], known: NDArray[np.bool_]) -> float:
    own = matrix[known]
    if len(own) < 2:
        return 1.0
    # Twice the root mean square distance of two customers, which is the root of twice the variance.
    return max(2.0 * float(np.sqrt(2.0 * ((own - own.mean(axis=0)) ** 2).sum(axis=1).mean())), 1e-12)


def _mean_gap(values: NDArray[np.float64]) -> float:
    """Return the mean distance of two of some values (Gini 1912)."""
    n = len(values)
    places = 2.0 * np.arange(n) - n + 1
    return float(2.0 * (places * np.sort(values)).sum() / max(n * (n - 1), 1))


def _mean_mismatch(category: Category) -> float:
    counts = np.bincount(category.codes[category.codes >= 0]).astype(np.float64)
    n = counts.sum()
    return float((n**2 - (counts**2).sum()) / max(n * (n - 1), 1.0))


def _mean_length(matrix: NDArray[np.float64]) -> float:
    """Return the mean distance of two rows, of at most `MOST_LEVELLED` that stand evenly among all."""
    rows = np.unique(np.linspace(0, len(matrix) - 1, min(len(matrix), MOST_LEVELLED)).astype(np.int64))
    if len(rows) < 2:
        return 0.0
    found = _euclidean(matrix[rows], matrix[rows]).astype(np.float64)
    return float((found.sum() - np.trace(found)) / (len(rows) * (len(rows) - 1)))


def _euclidean(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float32]:
    squares = (one**2).sum(axis=1)[:, None] - 2 * one @ other.T + (other**2).sum(axis=1)[None, :]
    return np.asarray(np.minimum(np.sqrt(np.maximum(squares, 0.0)), 1.0), dtype=np.float32)

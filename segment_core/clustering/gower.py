"""Gower: segments round typical customers, each kind of column compared in its own way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.membership import require_customers, settle
from segment_core.clustering.mixed import Mixed, apart
from segment_core.messages import say

MOST_AT_ONCE = 2_000
"""Customers among whom typical ones are sought at once; their distances take 16 MB."""
CHUNK = 20_000
MOST_ROUNDS = 50
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
    space, n = GowerSpace(apart(features)), features.n_customers
    random = np.random.default_rng(options.seed)
    samples = [np.arange(n)]
    if n > MOST_AT_ONCE:
        samples = [np.sort(random.choice(n, MOST_AT_ONCE, replace=False)) for _ in range(options.n_samples)]
    best, labels = np.inf, np.zeros(n, dtype=np.int64)
    for number, rows in enumerate(samples):
        progress(number, len(samples), say("Looking for typical customers"))
        medoids = rows[pam(space.between(rows, rows), options.n_segments)]
        own, total = _nearest(space, medoids, n)
        if total < best - 1e-9:
            best, labels = total, own
    progress(1, 1, say("Segments found: {k}", k=options.n_segments))
    return settle(features, labels, Step("gower", options_to_json(options)))


class GowerSpace:
    """Gower's distance between any two sets of customers, in [0, 1].

    Numbers differ by their share of the range, categories by whether they are the same, wide blocks by
    their Euclidean distance, where the mean (root mean square) counts a half and twice as much is as far as
    it goes. What is missing on either side is not compared, and the weights of the rest take its place.
    """

    def __init__(self, mixed: Mixed) -> None:
        self._mixed = mixed
        span = np.ptp(mixed.numbers, axis=0) if mixed.numbers.size else np.ones(mixed.numbers.shape[1])
        self._numbers = (mixed.numbers / np.where(span > 0, span, 1.0)).astype(np.float32)
        self._wide = [block.matrix / _reach(block.matrix, block.known) for block in mixed.wide]

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


def pam(distances: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Return the places of `k` medoids among customers with these distances (n, n), by BUILD and eager swaps."""
    n = len(distances)
    medoids = [int(distances.sum(axis=0).argmin())]
    near = distances[:, medoids[0]].astype(np.float64)
    while len(medoids) < k:
        gains = np.maximum(near[:, None] - distances, 0.0).sum(axis=0)
        gains[medoids] = -1.0
        medoids.append(int(gains.argmax()))
        near = np.minimum(near, distances[:, medoids[-1]])
    found = np.array(medoids, dtype=np.int64)
    first, second, own = _two_nearest(distances, found)
    unmoved, candidate = 0, 0
    for _ in range(MOST_ROUNDS * n):
        if unmoved >= n:
            break
        candidate, unmoved = (candidate + 1) % n, unmoved + 1
        if candidate in found:
            continue
        to = distances[candidate]
        closer, between = to < first, (to >= first) & (to < second)
        change = np.bincount(own, weights=second - first, minlength=k)
        change += np.bincount(own[closer], weights=(first - second)[closer], minlength=k)
        change += np.bincount(own[between], weights=(to - second)[between], minlength=k)
        worst = int(change.argmin())
        if change[worst] + float((to - first)[closer].sum()) < -1e-6:
            found[worst] = candidate
            first, second, own = _two_nearest(distances, found)
            unmoved = 0
    return found


def _two_nearest(
    distances: NDArray[np.float32], medoids: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], Labels]:
    to = distances[:, medoids].astype(np.float64)
    rows = np.arange(len(to))
    own = to.argmin(axis=1)
    first = to[rows, own].copy()
    to[rows, own] = np.inf
    return first, to.min(axis=1), own.astype(np.int64)


def _nearest(space: GowerSpace, medoids: NDArray[np.int64], n: int) -> tuple[Labels, float]:
    labels, total = np.empty(n, dtype=np.int64), 0.0
    for start in range(0, n, CHUNK):
        rows = np.arange(start, min(start + CHUNK, n))
        to = space.between(rows, medoids)
        labels[rows] = to.argmin(axis=1)
        total += float(to.min(axis=1).sum())
    labels[medoids] = np.arange(len(medoids))
    return labels, total


def _reach(matrix: NDArray[np.float64], known: NDArray[np.bool_]) -> float:
    own = matrix[known]
    if len(own) < 2:
        return 1.0
    # Twice the root mean square distance of two customers, which is the root of twice the variance.
    return max(2.0 * float(np.sqrt(2.0 * ((own - own.mean(axis=0)) ** 2).sum(axis=1).mean())), 1e-12)


def _euclidean(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float32]:
    squares = (one**2).sum(axis=1)[:, None] - 2 * one @ other.T + (other**2).sum(axis=1)[None, :]
    return np.asarray(np.minimum(np.sqrt(np.maximum(squares, 0.0)), 1.0), dtype=np.float32)

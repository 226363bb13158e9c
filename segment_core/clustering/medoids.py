"""Medoids: typical customers at the least total distance, whatever the distance is."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Labels, Progress
from segment_core.messages import Message, say

MOST_AT_ONCE = 2_000
"""Customers among whom typical ones are sought at once; their distances take 16 MB."""
CHUNK = 20_000
MOST_ROUNDS = 50

Rows = NDArray[np.int64]
Between = Callable[[Rows, Rows], NDArray[np.float32]]
"""Distances (len(one), len(other)) of rows to rows."""


def around_medoids(between: Between, n: int, k: int, progress: Progress, *, n_samples: int, seed: int) -> Labels:
    """Gather `n` customers round `k` of them, at the least total distance that was found.

    The search is PAM (Kaufman & Rousseeuw 1990) with the eager swaps of FasterPAM (Schubert & Rousseeuw 2021);
    above 2,000 customers on several samples, of which the best for everybody wins (CLARA).
    """
    random = np.random.default_rng(seed)
    samples = [np.arange(n)]
    if n > MOST_AT_ONCE:
        samples = [np.sort(random.choice(n, MOST_AT_ONCE, replace=False)) for _ in range(n_samples)]
    best, labels = np.inf, np.zeros(n, dtype=np.int64)
    for number, rows in enumerate(samples):
        progress(number, len(samples), say("Looking for typical customers"))
        own, total = _nearest(between, rows[pam(between(rows, rows), k)], n)
        if total < best - 1e-9:
            best, labels = total, own
    progress(1, 1, say("Segments found: {k}", k=k))
    return labels


def among_some(n: int, n_samples: int) -> tuple[Message, ...]:
    """Say that typical customers were sought in samples only, where that is so."""
    if n <= MOST_AT_ONCE:
        return ()
    return (
        say(
            "Typical customers were sought in {samples} samples of {some}; everybody joined the nearest of the best.",
            samples=n_samples,
            some=MOST_AT_ONCE,
        ),
    )


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


def _nearest(between: Between, medoids: NDArray[np.int64], n: int) -> tuple[Labels, float]:
    labels, total = np.empty(n, dtype=np.int64), 0.0
    for start in range(0, n, CHUNK):
        rows = np.arange(start, min(start + CHUNK, n))
        to = between(rows, medoids)
        labels[rows] = to.argmin(axis=1)
        total += float(to.min(axis=1).sum())
    labels[medoids] = np.arange(len(medoids))
    return labels, total

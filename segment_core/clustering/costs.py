"""Costs: about how long each algorithm takes, told before it runs; counted, never taken from a clock."""

from collections.abc import Callable, Mapping
from math import sqrt
from typing import Any

from segment_core.clustering import (
    consensus,
    dbscan,
    deep,
    hdbscan,
    hierarchical,
    kmeans,
    medoids,
    mixture,
    spectral,
)

SLOWER = 1.5
"""The figures below were measured on one quiet core of two; this is how much slower a busy machine is taken to be."""


def expected_seconds(
    algorithm: str, n_customers: int, n_features: int, options: Mapping[str, Any] | None = None
) -> float | None:
    """Estimate the seconds that an algorithm takes to cut so many customers, or None where nothing is known of it.

    `options` are its options as JSON values; those that cost time count, such as the number of segments and of
    starts. "auto" is counted by its candidates: see `candidates.seconds_of`.

    Examples
    --------
    >>> expected_seconds("kmeans", 50_000, 20) < expected_seconds("kmeans", 50_000, 200)
    True
    """
    counted = SECONDS.get(algorithm)
    return None if counted is None else round(SLOWER * counted(n_customers, n_features, dict(options or {})), 3)


def _kmeans(n: int, d: int, options: Mapping[str, Any]) -> float:
    starts = float(options.get("n_starts") or 10)
    first, narrow = min(n, kmeans.MOST_STARTED), d if n <= kmeans.MOST_STARTED else min(d, 40)
    began = starts * (0.002 + 6.4e-9 * first * (narrow + 12) * _segments(options))
    return 0.01 + began + (1e-8 * n * (d + 12) * _segments(options) if n > kmeans.MOST_STARTED else 0.0)


def _minibatch(n: int, d: int, options: Mapping[str, Any]) -> float:
    return 0.05 + 1e-7 * n * (d + 12)


def _constrained(n: int, d: int, options: Mapping[str, Any]) -> float:
    return 0.05 + 1.2e-7 * n * (d + 12) * _segments(options)


def _spectral(n: int, d: int, options: Mapping[str, Any]) -> float:
    linked: float = (min(n, spectral.MOST_LINKED) / 5_000) ** 1.5
    return 0.2 + 6.0 * linked + 4e-9 * n * d * _segments(options)


def _reach(n: int, d: int, options: Mapping[str, Any]) -> float:
    return 0.05 + 1.2 * (min(n, dbscan.MOST_JOINED) / 10_000) ** 2 * sqrt(d / 60) + 4e-9 * n * d


def _typical(n: int, d: int, options: Mapping[str, Any]) -> float:
    samples = 1.0 if n <= medoids.MOST_AT_ONCE else float(options.get("n_samples") or 5)
    return 0.1 + samples * (1.2e-7 * min(n, medoids.MOST_AT_ONCE) ** 2 + 1e-8 * n * _segments(options))


def _agreeing(n: int, d: int, options: Mapping[str, Any]) -> float:
    return 0.3 + 4.0 * (min(n, consensus.MOST_COMPARED) / 5_000) ** 2 + 1e-7 * n * sqrt(d)


def _unfolding(n: int, d: int, options: Mapping[str, Any]) -> float:
    return 12.0 + 6e-3 * min(n, consensus.MOST_COMPARED) + _agreeing(n, d, options)


def _learning(n: int, d: int, options: Mapping[str, Any]) -> float:
    return 2.0 + 2e-4 * min(n, deep.MOST_LEARNED) * (1 + d / 60)


def _climbing(n: int, d: int, options: Mapping[str, Any]) -> float:
    return _kmeans(n, d, {"n_segments": 40, "n_starts": 3})


def _merging(n: int, d: int, options: Mapping[str, Any]) -> float:
    merged = float(min(n, hierarchical.MOST_MERGED))
    return 0.02 + merged**2 * (3.0e-8 + 6e-10 * d) + 4e-9 * n * d * _segments(options)


def _density(n: int, d: int, options: Mapping[str, Any]) -> float:
    wide, own = sqrt(min(d, hdbscan.MOST_DIMENSIONS)), min(n, hdbscan.MOST_JOINED)
    return 0.05 + wide * own * (2.0e-5 + 1.5e-9 * own) + 1e-8 * n * d


def _mixture(n: int, d: int, options: Mapping[str, Any]) -> float:
    return (
        0.05
        + 3e-7 * min(n, mixture.MOST_FITTED) * float(min(d, mixture.MOST_DIMENSIONS)) ** 2 * _segments(options)
        + 4e-9 * n * d * _segments(options)
    )


def _prototypes(n: int, d: int, options: Mapping[str, Any]) -> float:
    return 0.05 + float(options.get("n_starts") or 10) * 1.2e-7 * n * (d + 5) * _segments(options)


def _medoids(n: int, d: int, options: Mapping[str, Any]) -> float:
    samples = 1.0 if n <= medoids.MOST_AT_ONCE else float(options.get("n_samples") or 5)
    return 0.1 + samples * (
        1.5e-7 * min(n, medoids.MOST_AT_ONCE) ** 2 * (1 + d / 20) + 6e-8 * n * _segments(options) * d
    )


def _segments(options: Mapping[str, Any]) -> float:
    return float(options.get("n_segments") or 6)


SECONDS: Mapping[str, Callable[[int, int, Mapping[str, Any]], float]] = {
    "kmeans": _kmeans,
    "minibatch": _minibatch,
    "kmedoids": _typical,
    "dbscan": _reach,
    "spectral": _spectral,
    "constrained": _constrained,
    "ladder": _climbing,
    "consensus": _agreeing,
    "themes": _unfolding,
    "dec": _learning,
    "idec": _learning,
    "hierarchical": _merging,
    "hdbscan": _density,
    "mixture": _mixture,
    "kprototypes": _prototypes,
    "gower": _medoids,
}
"""By algorithm, the seconds for (customers, features, options)."""

"""Costs: about how long each algorithm takes, told before it runs; counted, never taken from a clock."""

from collections.abc import Callable, Mapping
from math import sqrt
from typing import Any

SLOWER = 1.5
"""The figures below were measured on one quiet core of two; this is how much slower a busy machine is taken to be."""
MOST_MERGED = 6_000
MOST_DIRECTIONS = 10
MOST_MEDOIDS = 2_000


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
    return 0.01 + starts * (0.002 + 1.6e-9 * n * (d + 12) * _segments(options) * 4)


def _merging(n: int, d: int, options: Mapping[str, Any]) -> float:
    merged = float(min(n, MOST_MERGED))
    return 0.02 + merged**2 * (3.0e-8 + 6e-10 * d) + 4e-9 * n * d * _segments(options)


def _density(n: int, d: int, options: Mapping[str, Any]) -> float:
    wide = sqrt(min(d, MOST_DIRECTIONS))
    return 0.05 + wide * n * (2.0e-5 + 1.5e-9 * n)


def _mixture(n: int, d: int, options: Mapping[str, Any]) -> float:
    return 0.05 + 4e-9 * n * d**2 * _segments(options) * 10


def _prototypes(n: int, d: int, options: Mapping[str, Any]) -> float:
    return 0.05 + float(options.get("n_starts") or 10) * 1.2e-7 * n * (d + 5) * _segments(options)


def _medoids(n: int, d: int, options: Mapping[str, Any]) -> float:
    samples = 1.0 if n <= MOST_MEDOIDS else float(options.get("n_samples") or 5)
    return 0.1 + samples * (1.5e-7 * min(n, MOST_MEDOIDS) ** 2 * (1 + d / 20) + 6e-8 * n * _segments(options) * d)


def _segments(options: Mapping[str, Any]) -> float:
    return float(options.get("n_segments") or 6)


SECONDS: Mapping[str, Callable[[int, int, Mapping[str, Any]], float]] = {
    "kmeans": _kmeans,
    "hierarchical": _merging,
    "hdbscan": _density,
    "mixture": _mixture,
    "kprototypes": _prototypes,
    "gower": _medoids,
}
"""By algorithm, the seconds for (customers, features, options)."""

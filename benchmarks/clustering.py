"""Clustering: seconds until customers whose features are ready are cut anew, beside the libraries as they come."""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measuring import fresh, median
from benchmarks.tables import Table
from segment_core.artifacts import Features
from segment_core.choices import options_from_json, questions
from segment_core.clustering import ALGORITHMS

N_GROUPS = 20
LINES = ("minibatch", "kmedoids", "mixture", "dbscan", "spectral", "constrained")
HDBSCAN_WIDTH = 10
"""In more features than this the library alone takes many minutes."""


def ours(path: str, name: str, k: int) -> tuple[float, float]:
    choice = ALGORITHMS[name]
    asked = {"n_segments": k} if "n_segments" in {asked.name for asked in questions(choice.options)} else {}
    options = options_from_json(choice.options, asked)
    features = Features.of(np.load(path))
    return _timed(features.matrix, lambda matrix: choice.run(Features.of(matrix), options).labels)


def kmeans_peer(path: str, name: str, k: int) -> tuple[float, float]:
    from sklearn.cluster import KMeans

    return _timed(np.load(path), lambda matrix: KMeans(k, n_init=10, random_state=0).fit_predict(matrix))


def hdbscan_peer(path: str, name: str, k: int) -> tuple[float, float]:
    import hdbscan

    return _timed(np.load(path), lambda matrix: hdbscan.HDBSCAN().fit_predict(matrix))


def measure(
    n_customers: int = 50_000, widths: Sequence[int] = (10, 60, 384), n_runs: int = 3, k: int = 8, lines: Any = LINES
) -> Table:
    rows: list[tuple[str, Callable[..., Any], str, int]] = [
        ("Strata, K-Means", ours, "kmeans", max(widths)),
        ("scikit-learn, KMeans(n_init=10)", kmeans_peer, "", max(widths)),
        ("Strata, HDBSCAN", ours, "hdbscan", max(widths)),
        ("hdbscan, defaults", hdbscan_peer, "", HDBSCAN_WIDTH),
        *((f"Strata, {ALGORITHMS[name].label}", ours, name, max(widths)) for name in lines),
    ]
    cells: dict[str, list[str]] = {title: [] for title, *_ in rows}
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        for width in widths:
            path = Path(folder) / "features.npy"
            np.save(path, features_of(n_customers, width))
            spread = {}
            for title, function, name, most in rows:
                if width > most:
                    cells[title].append("–")
                    continue
                found = [fresh(function, str(path), name, k).found for _ in range(n_runs)]
                cells[title].append(f"{median([seconds for seconds, _ in found]):.1f}")
                spread[title] = found[0][1]
            ratios.append(f"{spread[rows[0][0]] / spread[rows[1][0]]:.3f}")
    return Table(
        f"Cutting {n_customers:,} customers anew",
        ("seconds", *(f"{width} features" for width in widths)),
        [(title, *found) for title, found in cells.items()],
        f"Features ready, {k} segments, {N_GROUPS} groups that overlap. What is left within segments (sum of squares) "
        f"is {', '.join(ratios)} times that of scikit-learn. Strata narrows to ten main directions for HDBSCAN, DBSCAN "
        "and the mixture, and cuts a sample where its page says so; hdbscan alone was left out where it takes many "
        f"minutes. Medians of {n_runs} processes.",
    )


def features_of(n_customers: int, width: int, seed: int = 0) -> np.ndarray:
    """Make groups that overlap, in features of which the first differ most."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(N_GROUPS, width)) * 1.2 / (width / 10) ** 0.25
    rows = centres[random.integers(0, N_GROUPS, n_customers)] + random.normal(size=(n_customers, width))
    return (rows * np.linspace(1.0, 0.3, width)).astype(np.float32)


def _timed(matrix: np.ndarray, cut: Callable[[np.ndarray], np.ndarray]) -> tuple[float, float]:
    """Return the seconds of a second cut, when all is imported, and the sum of squares within its segments."""
    cut(matrix[:200])
    started = time.perf_counter()
    labels = cut(matrix)
    seconds = time.perf_counter() - started
    parts = [matrix[labels == label].astype(np.float64) for label in np.unique(labels)]
    return seconds, float(sum(((part - part.mean(axis=0)) ** 2).sum() for part in parts))

"""Numbering: how many segments K-Means is best told to cut."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Features, Labels, Trial
from segment_core.clustering import kmeans, weighing
from segment_core.clustering.candidates import N_HALVES
from segment_core.clustering.membership import squared_distances

NEAR_BEST, NEAR_STABLE = 0.9, 0.9
"""A finer cut wins if its mark and its stability come to these parts of the best one's: detail is worth a little."""
IMPORTANCE = {"separation": 1.0, "stability": 1.0, "calinski_harabasz": 0.5, "davies_bouldin": 0.5}
"""How much each index counts for the number of segments. Stability and separation lead; the others break ties."""


def agreement(matrix: NDArray[np.float64], k: int, seed: int) -> float:
    """Return how far K-Means' cuts of random halves into `k` agree on everybody (mean adjusted Rand; 0 is by luck)."""
    from sklearn.metrics import adjusted_rand_score

    random = np.random.default_rng(seed)
    found = []
    for _ in range(N_HALVES // 2):
        pair = []
        for _ in range(2):
            rows = np.sort(random.choice(len(matrix), max(k, len(matrix) // 2), replace=False))
            labels = labels_of(matrix[rows], k, int(random.integers(2**31)))
            centres = np.stack([matrix[rows][labels == label].mean(axis=0) for label in np.unique(labels)])
            pair.append(squared_distances(matrix, centres).argmin(axis=1))
        found.append(adjusted_rand_score(*pair))
    return float(np.mean(found))


def labels_of(matrix: NDArray[np.float64], k: int, seed: int) -> Labels:
    """Cut into `k` with fewer starts than a final cut takes; return raw labels (n,)."""
    return kmeans.labels_of(Features.of(matrix), kmeans.KMeansOptions(n_segments=k, n_starts=5, seed=seed))


def indices(matrix: NDArray[np.float64], labels: Labels) -> tuple[float, float]:
    """Return the indices of Calinski-Harabasz and Davies-Bouldin; the worst where there is nothing to measure."""
    from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

    if len(np.unique(labels)) < 2 or len(np.unique(labels)) >= len(labels):
        return 1e-9, 1e9
    return float(calinski_harabasz_score(matrix, labels)), float(davies_bouldin_score(matrix, labels))


def marks_of(trials: Sequence[Trial]) -> NDArray[np.float64]:
    """Mark numbers of segments, each index set against its best; halved where something speaks against a cut."""
    marks = np.zeros(len(trials))
    for name, importance in IMPORTANCE.items():
        values = np.array([max(0.0, trial.scores[name]) for trial in trials])
        marks += importance * values / max(float(values.max()), 1e-9)
    return np.where([bool(weighing.objections(trial.scores)) for trial in trials], marks * 0.5, marks)


def finest_good(trials: Sequence[Trial], marks: NDArray[np.float64]) -> int:
    """Start from the best mark and go on to finer cuts, one at a time, for as long as they are nearly as good."""
    top = int(np.argmax(marks))
    chosen = top
    for number in range(top + 1, len(trials)):
        steady = trials[number].scores["stability"] >= NEAR_STABLE * trials[top].scores["stability"]
        if marks[number] < NEAR_BEST * marks[top] or not steady:
            break
        chosen = number
    return chosen

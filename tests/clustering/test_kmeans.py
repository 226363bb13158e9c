"""K-Means: starts on some customers lead where starts on all would, and the count of different ones stops early."""

import numpy as np
import pytest
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from segment_core.artifacts import Features
from segment_core.clustering import kmeans, membership, minibatch
from segment_core.clustering.kmeans import KMeansOptions
from segment_core.errors import OptionError


def spread(rows: np.ndarray, labels: np.ndarray) -> float:
    return float(sum(((rows[labels == k] - rows[labels == k].mean(axis=0)) ** 2).sum() for k in np.unique(labels)))


def by_the_library(matrix: np.ndarray) -> np.ndarray:
    with threadpool_limits(limits=1, user_api="openmp"):
        found: np.ndarray = KMeans(8, n_init=5, random_state=0).fit_predict(matrix)
    return found


def overlapping(n: int, width: int) -> np.ndarray:
    random = np.random.default_rng(2)
    centres = random.normal(size=(12, width)) * 0.8
    return (centres[random.integers(0, 12, n)] + random.normal(size=(n, width))).astype(np.float32)


@pytest.mark.parametrize("width", [6, 60])
def test_starts_on_some_are_as_good_as_starts_on_all(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = overlapping(1500, width)
    monkeypatch.setattr(kmeans, "MOST_STARTED", 600)
    monkeypatch.setattr(kmeans, "FEWEST_DIRECTIONS", 10)
    ours = kmeans.labels_of(Features.of(matrix), KMeansOptions(n_segments=8))
    theirs = by_the_library(matrix)
    assert spread(matrix, ours) < 1.01 * spread(matrix, theirs)
    np.testing.assert_array_equal(ours, kmeans.labels_of(Features.of(matrix), KMeansOptions(n_segments=8)))


def test_batches_come_close_to_all_at_once() -> None:
    matrix = overlapping(1500, 6)
    made = minibatch.cluster(Features.of(matrix), minibatch.MiniBatchOptions(n_segments=8, batch=500))
    theirs = by_the_library(matrix)
    assert made.n_segments == 8
    assert spread(matrix, made.labels) < 1.06 * spread(matrix, theirs)


def test_different_customers_are_counted_only_as_far_as_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = np.zeros((5000, 2), dtype=np.float32)
    matrix[-3:] = [[1, 0], [2, 0], [3, 0]]
    membership.require_customers(Features.of(matrix), at_least=4)
    with pytest.raises(OptionError, match="5 segments need as many different customers; there are 4"):
        membership.require_customers(Features.of(matrix), at_least=5)
    seen = []
    unique = np.unique
    monkeypatch.setattr(np, "unique", lambda rows, **asked: seen.append(len(rows)) or unique(rows, **asked))
    membership.require_customers(Features.of(overlapping(5000, 2)), at_least=4)
    assert max(seen) < 1000

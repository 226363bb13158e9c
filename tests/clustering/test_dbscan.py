"""DBSCAN: shapes that means cannot cut, and a reach that is read off the customers themselves."""

import numpy as np
import pytest
from sklearn.cluster import DBSCAN
from sklearn.datasets import make_moons
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Features
from segment_core.clustering import dbscan, kmeans
from segment_core.clustering.dbscan import DbscanOptions, cluster, kth_distances, suggested
from tests.planted import blobs


def moons(n: int = 400) -> tuple[Features, np.ndarray]:
    points, truth = make_moons(n, noise=0.06, random_state=0)
    return Features.of(points), truth


def test_two_moons_are_told_apart_with_the_reach_it_proposes() -> None:
    features, truth = moons()
    means = kmeans.cluster(features, kmeans.KMeansOptions(n_segments=2)).labels
    assert adjusted_rand_score(truth, cluster(features).labels) > 0.9
    assert adjusted_rand_score(truth, means) < 0.6


@pytest.mark.parametrize("reach", [0.08, 0.15, 0.3])
@pytest.mark.parametrize("neighbours", [4, 12])
def test_groups_are_those_of_the_textbook(reach: float, neighbours: int) -> None:
    features, _ = moons()
    made = cluster(features, DbscanOptions(reach=reach, neighbours=neighbours))
    model = DBSCAN(eps=reach, min_samples=neighbours).fit(features.matrix.astype(np.float64))
    inside = model.labels_ >= 0
    core = model.core_sample_indices_
    assert adjusted_rand_score(model.labels_[core], made.labels[core]) == 1.0
    # A customer in reach of two groups may go to either; those in reach of none are the same.
    assert str(made.reasons[1]).endswith(f"nearest: {int((~inside).sum())}.")
    assert (made.bands[~inside] == "outlier").all() or not inside.any()


def test_distances_rise_and_bend_where_the_scattered_begin() -> None:
    random = np.random.default_rng(0)
    features = Features.of(np.vstack([random.normal(size=(180, 2)), random.uniform(-60, 60, (20, 2))]))
    found = kth_distances(features, 5)
    assert (np.diff(found) >= 0).all()
    by_hand = np.sort(np.linalg.norm(features.matrix[:, None] - features.matrix[None], axis=2), axis=1)[:, 4]
    np.testing.assert_allclose(found, np.sort(by_hand), rtol=1e-5)
    assert np.quantile(found, 0.75) <= suggested(found) <= np.quantile(found, 0.93)


def test_one_very_far_customer_does_not_move_the_reach() -> None:
    features, _ = blobs()
    far = Features.of(np.vstack([features.matrix, np.full((1, 5), 1e4)]))
    assert suggested(kth_distances(far)) < kth_distances(features).max()
    assert cluster(far).n_segments == 3


def test_a_reach_too_short_for_anybody_leaves_one_segment() -> None:
    made = cluster(blobs()[0], DbscanOptions(reach=1e-6))
    assert made.n_segments == 1
    assert str(made.reasons[1]).endswith("190.")


def test_customers_who_are_alike_need_no_reach() -> None:
    rows = np.repeat([[0.0, 0.0], [1.0, 0.0], [5.0, 5.0]], [40, 30, 20], axis=0)
    made = cluster(Features.of(rows))
    assert [segment.size for segment in made.segments] == [40, 30, 20]


def test_memory_is_that_of_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    features, truth = blobs()
    monkeypatch.setattr(dbscan, "BATCH", 3)
    assert adjusted_rand_score(truth, cluster(features).labels) == 1.0

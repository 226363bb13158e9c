"""HDBSCAN: scattered customers join the nearest segment and are called outliers."""

import numpy as np
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Features
from segment_core.clustering.hdbscan import HdbscanOptions, cluster
from tests.planted import blobs, cloud


def test_scattered_customers_are_outliers_of_the_nearest_segment() -> None:
    features, truth = blobs((90, 80, 70))
    centres = np.stack([features.matrix[truth == number].mean(axis=0) for number in range(3)])
    random = np.random.default_rng(1)
    scattered = random.uniform(-40, 40, (30, 5))
    scattered = scattered[np.sqrt(((scattered[:, None] - centres) ** 2).sum(axis=2)).min(axis=1) > 20]
    made = cluster(Features.of(np.vstack([features.matrix, scattered])))
    n = len(truth)
    assert made.n_segments == 3
    assert adjusted_rand_score(truth, made.labels[:n]) > 0.99
    assert (made.bands[n:] == "outlier").all()
    assert (made.bands[:n] == "outlier").mean() < 0.05
    assert (made.strengths[n:] == 0).all()
    order = [int(np.bincount(made.labels[:n][truth == number]).argmax()) for number in range(3)]
    nearest = ((scattered[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
    assert (made.labels[n:] == np.array(order)[nearest]).mean() > 0.9
    assert str(made.reasons[0]).endswith(f"{int((made.strengths == 0).sum())}.")


def test_where_nothing_is_dense_there_is_one_segment() -> None:
    made = cluster(cloud(60, width=8), HdbscanOptions(smallest=30))
    assert made.n_segments == 1
    assert (made.labels == 0).all()


def test_many_features_are_narrowed_before_looking_for_density() -> None:
    features, truth = blobs((60, 50, 40), width=300)
    assert adjusted_rand_score(truth, cluster(features).labels) > 0.95

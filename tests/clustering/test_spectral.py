"""Spectral: bent groups, graphs in pieces and customers who are all alike."""

import numpy as np
import pytest
from scipy.sparse.csgraph import connected_components
from sklearn.datasets import make_circles, make_moons
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Features
from segment_core.clustering import kmeans, spectral
from segment_core.clustering.spectral import SpectralOptions, cluster
from tests.planted import blobs


@pytest.mark.parametrize("n", [150, 600])
@pytest.mark.parametrize("make", [make_moons, make_circles])
def test_bent_groups_are_told_apart(make, n: int) -> None:
    asked = {"factor": 0.4} if make is make_circles else {}
    points, truth = make(n, noise=0.05, random_state=0, **asked)
    features = Features.of(points)
    means = kmeans.cluster(features, kmeans.KMeansOptions(n_segments=2)).labels
    assert adjusted_rand_score(truth, cluster(features, SpectralOptions(n_segments=2)).labels) > 0.95
    assert adjusted_rand_score(truth, means) < 0.6


def test_more_pieces_than_segments_are_joined_by_what_is_nearest() -> None:
    sizes, places = [60, 60, 60, 60], np.array([[0, 0], [6, 0], [100, 0], [106, 0]])
    truth = np.repeat(np.arange(4), sizes)
    rows = places[truth] + np.random.default_rng(0).normal(size=(240, 2)) * 0.3
    made = cluster(Features.of(rows), SpectralOptions(n_segments=2, neighbours=5))
    assert adjusted_rand_score(truth // 2, made.labels) == 1.0


def test_the_graph_hangs_together_and_is_as_sparse_as_it_should_be() -> None:
    matrix = blobs()[0].matrix.astype(np.float64)
    graph = spectral._linked(matrix, 4)
    assert connected_components(graph)[0] == 1
    assert graph.nnz <= 2 * 4 * len(matrix) + 6
    assert abs(graph - graph.T).max() == 0
    assert graph.diagonal().sum() == 0


def test_crowds_of_alike_customers_are_cut_without_a_word() -> None:
    rows = np.repeat([[0.0, 0.0], [1.0, 0.0], [9.0, 0.0], [10.0, 0.0]], [50, 40, 30, 20], axis=0)
    made = cluster(Features.of(rows), SpectralOptions(n_segments=2, neighbours=5))
    assert [segment.size for segment in made.segments] == [90, 50]
    assert cluster(Features.of(rows), SpectralOptions(n_segments=4)).n_segments == 4

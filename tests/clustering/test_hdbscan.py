"""HDBSCAN: scattered customers join the nearest segment and are called outliers."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Features
from segment_core.clustering.hdbscan import HdbscanOptions, _common, cluster
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


def test_the_tree_holds_the_segments_and_everybody() -> None:
    features, _ = blobs((90, 80, 70))
    made = cluster(features)
    tree = made.tree
    assert tree is not None and tree.scale == "density"
    assert (tree.parents[0], tree.begins[0], tree.sizes[0]) == (-1, 0.0, 240)
    assert (tree.parents[1:] < np.arange(1, len(tree.parents))).all()
    assert (tree.ends >= tree.begins).all()
    assert (tree.begins[1:] <= tree.ends[tree.parents[1:]] + 1e-6).all()
    for number, segment in enumerate(made.segments):
        (node,) = np.flatnonzero(tree.segments == number)
        inside = int((made.strengths[made.labels == number] > 0).sum())
        assert inside <= tree.sizes[node] <= segment.size + 30
    for node in range(len(tree.parents)):
        assert tree.sizes[tree.parents == node].sum() <= tree.sizes[node]


@pytest.mark.parametrize("apart", [1.3, 1.5, 1.7])
def test_a_segment_that_falls_apart_further_down_is_the_whole_of_it(apart: float) -> None:
    random = np.random.default_rng(0)
    places = np.array([[0, 0], [apart, 0], [60, 0], [60 + apart, 0]])[np.repeat(np.arange(4), 80)]
    made = cluster(Features.of(places + random.normal(size=(320, 2)) * 0.4), HdbscanOptions(smallest=30))
    assert made.tree is not None and made.oddness is not None
    for number in range(made.n_segments):
        (node,) = np.flatnonzero(made.tree.segments == number)
        assert made.tree.sizes[node] == (np.isfinite(made.oddness) & (made.labels == number)).sum()
    if apart < 1.6:
        assert made.n_segments == 2
        assert len(made.tree.parents) > 3


def test_what_holds_several_groups_is_their_common_root() -> None:
    parents = np.array([-1, 0, 0, 2, 2, 3, 3])
    for nodes, common in (([3, 4], 2), ([5, 4], 2), ([2, 5], 2), ([1, 6], 0), ([5], 5)):
        assert _common(parents, np.array(nodes)) == common


def test_where_there_is_one_segment_it_is_the_root() -> None:
    made = cluster(cloud(60, width=8), HdbscanOptions(smallest=30))
    assert made.tree is not None
    assert made.tree.segments[0] == 0


def test_customers_who_are_alike_do_not_break_the_tree() -> None:
    rows = np.repeat([[0.0, 0.0], [1.0, 0.0], [9.0, 5.0]], [40, 30, 20], axis=0)
    made = cluster(Features.of(rows))
    assert made.tree is not None
    assert np.isfinite(made.tree.ends).all()
    assert made.n_segments == 3

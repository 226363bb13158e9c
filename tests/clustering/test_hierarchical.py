"""Hierarchical: the tree is scipy's, many customers are gathered first, and any cut parts everybody."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import cut_tree, linkage
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Features
from segment_core.clustering import cutting, hierarchical, ladder
from segment_core.clustering.hierarchical import HierarchicalOptions
from segment_core.clustering.nesting import Gathered, gathered, nested
from segment_core.errors import OptionError
from tests.planted import blobs, cloud

LINKAGES = ("ward", "average", "complete")
every_linkage = pytest.mark.parametrize("kind", LINKAGES)


def heights(tree) -> np.ndarray:
    return np.sort(tree.ends[list(cutting.splits(tree))])


@every_linkage
def test_cuts_are_those_of_scipy(kind: str) -> None:
    features = cloud(150, 4)
    rows = linkage(features.matrix.astype(float), kind)
    for k in (2, 5, 9):
        made = hierarchical.cluster(features, HierarchicalOptions(linkage=kind, n_segments=k))
        assert adjusted_rand_score(made.labels, cut_tree(rows, n_clusters=k)[:, 0]) == 1.0


@every_linkage
def test_the_tree_of_weighted_points_is_that_of_their_customers(kind: str) -> None:
    points = np.random.default_rng(2).normal(size=(60, 3))
    weights = np.random.default_rng(3).integers(1, 6, 60)
    rows = linkage(np.repeat(points, weights, axis=0), kind)
    nest = nested(Gathered(points, weights.astype(float), np.repeat(np.arange(60), weights)), kind)
    expected = np.sort(rows[:, 2])[-59:]
    np.testing.assert_allclose(heights(nest.tree), expected, rtol=1e-5)
    ours = cutting.members(nest.tree, cutting.into(nest.tree, 7))[nest.leaves]
    assert adjusted_rand_score(ours, cut_tree(rows, n_clusters=7)[:, 0]) == 1.0


@every_linkage
def test_single_customers_give_the_heights_of_scipy(kind: str) -> None:
    features = cloud(80, 3)
    nest, reasons = hierarchical.grown(features, HierarchicalOptions(linkage=kind), lambda *_: None)
    np.testing.assert_allclose(heights(nest.tree), linkage(features.matrix.astype(float), kind)[:, 2], rtol=1e-5)
    assert reasons == ()


def test_many_customers_are_gathered_and_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    features, truth = blobs((120, 90, 70))
    whole = hierarchical.cluster(features, HierarchicalOptions(n_segments=3))
    monkeypatch.setattr(hierarchical, "MOST_MERGED", 100)
    monkeypatch.setattr(hierarchical, "N_GROUPS", 30)
    some = hierarchical.cluster(features, HierarchicalOptions(n_segments=3))
    assert adjusted_rand_score(truth, some.labels) == 1.0
    np.testing.assert_array_equal(whole.labels, some.labels)
    assert not whole.reasons
    assert "280 customers are too many" in str(some.reasons[0]) and "into 30 groups" in str(some.reasons[0])
    assert some.tree.sizes[0] == 280


def test_smaller_segments_nest_in_larger_ones() -> None:
    features, _ = blobs((60, 50, 40))
    fine = hierarchical.cluster(features, HierarchicalOptions(n_segments=6)).labels
    coarse = hierarchical.cluster(features, HierarchicalOptions(n_segments=3)).labels
    assert all(len(set(coarse[fine == number])) == 1 for number in range(6))


@pytest.mark.parametrize("name", ["hierarchical", "ladder"])
def test_the_order_of_rows_decides_nothing_even_where_there_are_no_groups(name: str) -> None:
    module = {"hierarchical": hierarchical, "ladder": ladder}[name]
    features = cloud(200, 4)
    features = replace(features, matrix=np.repeat(features.matrix.round(1), 2, axis=0))  # some are alike
    order = np.random.default_rng(4).permutation(400)
    one = module.cluster(features)
    two = module.cluster(replace(features, matrix=features.matrix[order]))
    assert adjusted_rand_score(one.labels[order], two.labels) == 1.0
    np.testing.assert_array_equal(one.tree.ends, two.tree.ends)


def test_customers_who_are_alike_stay_together() -> None:
    features = Features.of(np.repeat(np.random.default_rng(1).normal(size=(5, 2)), 8, axis=0))
    nest, _ = hierarchical.grown(features, HierarchicalOptions(), lambda *_: None)
    assert len(nest.tree.parents) == 9
    assert sorted(np.bincount(nest.leaves)[np.bincount(nest.leaves) > 0]) == [8] * 5


def test_the_kept_tree_says_what_became_a_segment() -> None:
    features, _ = blobs((90, 60, 40))
    made = hierarchical.cluster(features, HierarchicalOptions(cut="1, 2.1"))
    tree = made.tree
    assert tree.scale == "distance" and (tree.parents >= 0).sum() <= 2 * hierarchical.MOST_SHOWN - 2
    assert len(cutting.splits(tree)) + 1 == hierarchical.MOST_SHOWN
    became = {int(segment): int(size) for segment, size in zip(tree.segments, tree.sizes, strict=True) if segment >= 0}
    assert became == {number: segment.size for number, segment in enumerate(made.segments)}
    nodes = {cutting.name(tree, node) for node in np.flatnonzero(tree.segments >= 0)}
    assert nodes == {"1", "2.1", "2.2"}


def test_a_cut_at_a_height_is_the_cut_with_as_many_segments() -> None:
    features = cloud(120, 4)
    whole = hierarchical.cluster(features, HierarchicalOptions(n_segments=4))
    ends = np.sort(whole.tree.ends)[::-1]
    between = float(ends[2] + ends[3]) / 2
    made = hierarchical.cluster(features, HierarchicalOptions(height=between))
    np.testing.assert_array_equal(made.labels, whole.labels)


@pytest.mark.parametrize(
    "options, said",
    [
        ({"cut": "1, 1.1"}, "keeps branch 1 whole and also one inside"),
        ({"cut": "3"}, "There is no branch 3 in this tree; everybody falls into 2 parts"),
        ({"cut": "2.3"}, "There is no branch 2.3 in this tree; 2 falls into 2 parts"),
        ({"cut": "first"}, "first is no branch"),
        ({"cut": ","}, "names no branch"),
        ({"height": 1e6}, "leaves everybody in one segment"),
        ({"height": 0.0}, "makes 190 segments"),
    ],
)
def test_a_cut_that_cannot_be_is_refused(options: dict, said: str) -> None:
    with pytest.raises(OptionError, match=said):
        hierarchical.cluster(blobs()[0], HierarchicalOptions(**options))


TREES = {"ward": hierarchical.cluster(cloud(70, 3)).tree, "complete": None, "ladder": ladder.cluster(cloud(90, 3)).tree}
TREES["complete"] = hierarchical.cluster(cloud(70, 3), HierarchicalOptions(linkage="complete")).tree


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(TREES)), st.lists(st.tuples(st.booleans(), st.integers(0, 200)), max_size=25))
def test_opening_and_closing_always_parts_everybody(name: str, moves: list[tuple[bool, int]]) -> None:
    tree = TREES[name]
    cut = cutting.into(tree, 2)
    for opens, place in moves:
        node = cut[place % len(cut)]
        cut = cutting.opened(tree, cut, node) if opens else cutting.closed(tree, cut, node)
        assert len(cut) >= 2
        assert int(tree.sizes[list(cut)].sum()) == int(tree.sizes[0])
        members, parts = cutting.members(tree, cut), cutting.parts_of(tree)
        assert all(members[node] >= 0 for node, inside in enumerate(parts) if not inside)
        assert (cutting.within(tree, cut).sum(axis=0) <= 1).all()
        assert cutting.read(tree, cutting.written(tree, cut)) == cut


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 200)), max_size=12), st.sampled_from(["hierarchical", "ladder"])
)
def test_a_cut_made_on_the_page_is_made_again_by_its_plan(moves: list[tuple[bool, int]], name: str) -> None:
    features = cloud(60, 3, seed=9)
    module = {"hierarchical": hierarchical, "ladder": ladder}[name]
    kind = {"hierarchical": HierarchicalOptions, "ladder": ladder.LadderOptions}[name]
    tree = module.cluster(features).tree
    cut = cutting.into(tree, 3)
    for opens, place in moves:
        node = cut[place % len(cut)]
        cut = cutting.opened(tree, cut, node) if opens else cutting.closed(tree, cut, node)
    made = module.cluster(features, kind(cut=cutting.written(tree, cut)))
    assert sorted(segment.size for segment in made.segments) == sorted(tree.sizes[list(cut)].tolist())
    assert len(made.labels) == 60 and set(made.labels) == set(range(len(cut)))


def test_gathering_keeps_every_customer_once() -> None:
    features = cloud(300, 4)
    found = gathered(features.matrix, 25, 0)
    assert found.weights.sum() == 300
    np.testing.assert_array_equal(np.bincount(found.member), found.weights.astype(int))
    means = np.stack([features.matrix[found.member == number].mean(axis=0) for number in range(len(found.points))])
    np.testing.assert_allclose(means, found.points, atol=1e-5)

"""Ladder: levels nest, separate about as well as K-Means, and what was planted lasts."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, silhouette_score

from segment_core.artifacts import Features, Ladder
from segment_core.clustering import cutting, hierarchical, kmeans, ladder
from segment_core.clustering.ladder import LadderOptions
from segment_core.clustering.persistence import climb
from tests.planted import cloud

OUTER, INNER, WIDTH = 40.0, 8.0, 6


def nested_groups(n: int = 720, seed: int = 0) -> tuple[Features, np.ndarray]:
    """Make three groups far apart, each of three groups, and the inner group of each customer (n,)."""
    random = np.random.default_rng(seed)
    truth = random.permutation(np.repeat(np.arange(9), n // 9))
    centres = (OUTER * np.eye(3, WIDTH))[np.arange(9) // 3] + (INNER * np.eye(WIDTH)[3:])[np.arange(9) % 3]
    return Features.of(centres[truth] + random.normal(size=(n, WIDTH))), truth


@pytest.fixture(scope="module")
def planted() -> tuple[Ladder, np.ndarray]:
    features, truth = nested_groups()
    return climb(features, n_draws=10), truth


def test_both_planted_levels_last_and_those_between_do_not(planted) -> None:
    found, _ = planted
    levels = dict(enumerate(found.levels, start=2))
    assert levels[3] > 0.7 and levels[9] > 0.7
    assert all(levels[k] < 0.45 for k in (2, 4, 5, 6, 7, 8, 10, 11, 12))


def test_branches_of_both_planted_levels_last_and_pairs_of_groups_do_not(planted) -> None:
    found, truth = planted
    for k, groups in ((3, truth // 3), (9, truth)):
        cut = cutting.into(found.tree, k)
        labels = cutting.members(found.tree, cut)[found.leaves]
        assert adjusted_rand_score(groups, labels) == 1.0
        assert (found.persistence[list(cut)] > 0.8).all()
    third, ninth = (set(cutting.into(found.tree, k)) for k in (3, 9))
    between = [n for n in range(1, len(found.persistence)) if not np.isnan(found.persistence[n])]
    between = [n for n in between if n not in third | ninth]
    assert len(between) >= 4 and (found.persistence[between] < 0.5).all()


def test_one_outer_group_kept_whole_and_another_opened_is_a_cut_of_everybody(planted) -> None:
    found, truth = planted
    tree = found.tree
    cut = cutting.into(tree, 3)
    one = cut[0]
    cut = cutting.opened(tree, cut, one)
    inner = next(node for node in cut if tree.parents[node] == one and not found.persistence[node] > 0.8)
    cut = cutting.opened(tree, cut, inner)
    features, _ = nested_groups()
    made = ladder.cluster(features, LadderOptions(cut=cutting.written(tree, cut)))
    assert sorted(segment.size for segment in made.segments) == [80, 80, 80, 240, 240]
    mixed = np.where(truth // 3 == truth[cutting.within(tree, [one])[0][found.leaves]][0] // 3, truth, 100 + truth // 3)
    assert adjusted_rand_score(mixed, made.labels) == 1.0


def test_nothing_lasts_where_nothing_is() -> None:
    found = climb(cloud(600, 6), n_draws=8)
    assert np.nanmax(found.levels) < 0.45
    assert np.nanmean(found.persistence) < 0.35


def test_levels_nest() -> None:
    features = cloud(300, 5)
    fine = ladder.cluster(features, LadderOptions(n_segments=12)).labels
    for k in range(2, 12):
        coarse = ladder.cluster(features, LadderOptions(n_segments=k)).labels
        assert len(set(coarse)) == k
        assert all(len(set(coarse[fine == number])) == 1 for number in range(12))


@pytest.mark.parametrize("n_groups", [4, 7])
def test_levels_separate_about_as_well_as_kmeans(n_groups: int) -> None:
    random = np.random.default_rng(n_groups)
    centres = 1.6 * random.normal(size=(n_groups, 8))
    features = Features.of(centres[random.integers(0, n_groups, 1000)] + random.normal(size=(1000, 8)))
    tree_of, ratios = ladder.grown(features), []
    for k in range(2, 13):
        own = cutting.members(tree_of.tree, cutting.into(tree_of.tree, k))[tree_of.leaves]
        theirs = kmeans.labels_of(features, kmeans.KMeansOptions(n_segments=k, n_starts=3))
        ratios.append(silhouette_score(features.matrix, own) / silhouette_score(features.matrix, theirs))
    assert min(ratios[: n_groups - 1]) >= 0.9  # down to the groups that are there
    assert np.mean(ratios) >= 0.8  # and where groups that are none are parted, nearly


def test_the_order_of_rows_does_not_matter_to_persistence() -> None:
    features, _ = nested_groups(180)
    order = np.random.default_rng(1).permutation(180)
    one = climb(features, n_draws=3)
    two = climb(replace(features, matrix=features.matrix[order]), n_draws=3)
    np.testing.assert_array_equal(one.leaves[order], two.leaves)
    np.testing.assert_array_equal(one.jaccards, two.jaccards)
    np.testing.assert_array_equal(one.levels, two.levels)


def test_few_customers_have_a_short_ladder() -> None:
    found = climb(Features.of([[0.0], [1.0], [9.0]] * 4), n_draws=3)
    assert len(found.levels) == 2
    assert ((found.levels >= 0) & (found.levels <= 1)).all()


@pytest.mark.parametrize("module", [ladder, hierarchical])
def test_a_mixed_cut_is_found_again_on_other_draws(module) -> None:
    features, truth = nested_groups()
    wanted = np.where(truth < 3, 0, truth)  # one outer group whole, two opened: no level of the tree
    rows = np.unique(np.random.default_rng(3).integers(len(truth), size=len(truth)))
    drawn = replace(features, matrix=features.matrix[rows])
    assert adjusted_rand_score(wanted[rows], module.cluster(drawn, like=wanted[rows]).labels) == 1.0


def test_the_stability_of_a_mixed_cut_is_that_of_its_branches() -> None:
    from segment_core.measuring import again_with
    from segment_core.metrics import stability

    features, _ = nested_groups()
    made = ladder.cluster(features, LadderOptions(n_segments=9))
    tree = made.tree
    outer = cutting.into(tree, 3)[0]
    cut = cutting.whole(tree, cutting.into(tree, 9), outer)
    made = ladder.cluster(features, LadderOptions(cut=cutting.written(tree, cut)))
    assert made.n_segments == 7
    scores = stability.score(features, made, again_with(made, {}), stability.StabilityOptions(n_draws=6))
    assert all(score.value > 0.95 for score in scores)

"""Consensus: who falls together in many cuts is merged, and in what share of them is how clearly one belongs."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Features, Labels
from segment_core.clustering import consensus, kmeans, views
from segment_core.clustering.consensus import ConsensusOptions, cluster
from segment_core.errors import OptionError
from tests.planted import blobs, cloud


def test_the_table_holds_the_share_of_cuts_that_put_two_together() -> None:
    cuts = np.array([[0, 0], [0, 1], [1, 1]])
    np.testing.assert_allclose(consensus.together(cuts), [[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]])


def test_merging_stops_at_the_number_wanted_even_where_shares_tie() -> None:
    shared = np.eye(5, dtype=np.float32)
    shared[0, 1] = shared[1, 0] = 0.9
    assert len(set(consensus.merged(shared, 3).tolist())) == 3
    own = consensus.merged(shared, 4)
    assert own[0] == own[1]
    assert len(set(own.tolist())) == 4


def test_long_groups_that_k_means_breaks_are_merged() -> None:
    features, truth = _long()
    plain = kmeans.cluster(features, kmeans.KMeansOptions(n_segments=3))
    made = cluster(features, ConsensusOptions(n_segments=3, finest=8.0, merging=consensus.SINGLE))
    assert adjusted_rand_score(truth, plain.labels) < 0.8
    assert adjusted_rand_score(truth, made.labels) > 0.95


@pytest.mark.parametrize("merging", [consensus.LINKAGE, consensus.SINGLE, consensus.SPECTRAL])
@pytest.mark.parametrize("space", [views.PLAIN, views.SMOOTHED])
def test_every_way_finds_what_is_planted(space: str, merging: str) -> None:
    features, truth = blobs((90, 60, 40), width=8)
    made = cluster(features, ConsensusOptions(n_segments=3, space=space, merging=merging, share=0.5))
    assert adjusted_rand_score(truth, made.labels) > 0.95


def test_unfolded_finds_what_is_planted() -> None:
    features, truth = blobs((60, 50, 40), width=8)
    made = cluster(features, ConsensusOptions(n_segments=3, space=views.UNFOLDED, n_cuts=12))
    again = cluster(features, ConsensusOptions(n_segments=3, space=views.UNFOLDED, n_cuts=12))
    assert adjusted_rand_score(truth, made.labels) > 0.95
    np.testing.assert_array_equal(made.memberships, again.memberships)


def test_without_umap_nothing_can_be_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "has", lambda package: False)
    with pytest.raises(OptionError, match="umap-learn"):
        cluster(cloud(60), ConsensusOptions(n_segments=3, space=views.UNFOLDED))


def test_smoothing_moves_customers_to_their_neighbours_by_the_formula() -> None:
    matrix = np.array([[0.0], [3.0], [9.0]])
    nearest = np.array([[1], [0], [1]])
    # Links, both ways: 0 and 1 twice, 1 and 2 once. One round: 0 + 2/3·3, 3 + 2/3·((0 + 0 + 9)/3 - 3), 9 + 2/3·(3 - 9).
    once = np.array([2.0, 3.0, 5.0])
    twice = once + 2 / 3 * (np.array([3.0, (2 + 2 + 5) / 3, 3.0]) - once)
    np.testing.assert_allclose(views.smoothed(matrix, nearest)[:, 0], twice)


def test_strength_is_how_much_rarer_one_falls_in_with_others() -> None:
    features, truth = blobs((80, 80), width=4)
    between = features.matrix[truth == 0].mean(axis=0) / 2 + features.matrix[truth == 1].mean(axis=0) / 2
    made = cluster(Features.of(np.vstack([features.matrix, between])), ConsensusOptions(n_segments=2))
    assert made.memberships is not None
    assert np.median(made.strengths[:-1]) > 0.9
    assert made.strengths[-1] < 0.6
    np.testing.assert_allclose(made.memberships.sum(axis=1), 1.0, rtol=1e-5)
    assert (made.memberships.argmax(axis=1) == made.labels).mean() > 0.99
    assert (made.bands[made.strengths < 0.25] != "core").all()


def test_shuffled_rows_give_the_same_segments() -> None:
    features = cloud(200)
    order = np.random.default_rng(2).permutation(200)
    one, two = (
        cluster(made, ConsensusOptions(n_segments=4)) for made in (features, Features.of(features.matrix[order]))
    )
    assert adjusted_rand_score(one.labels[order], two.labels) == 1.0
    np.testing.assert_array_equal(one.strengths[order], two.strengths)


@pytest.mark.parametrize("space", [views.PLAIN, views.SMOOTHED])
def test_beyond_the_cap_the_others_join_whom_they_fall_together_with(
    space: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consensus, "MOST_COMPARED", 100)
    compared: list[int] = []

    def counting(cuts: Labels) -> np.ndarray:
        compared.append(len(cuts))
        return together(cuts)

    together = consensus.together
    monkeypatch.setattr(consensus, "together", counting)
    features, truth = blobs((200, 120, 80))
    made = cluster(features, ConsensusOptions(n_segments=3, space=space))
    assert compared == [100]
    assert adjusted_rand_score(truth, made.labels) > 0.98
    assert "100 customers drawn at random were compared two by two; 300 more" in str(made.reasons[1])


def _long(seed: int = 0) -> tuple[Features, Labels]:
    """Make three long groups side by side: K-Means cuts them across."""
    random = np.random.default_rng(seed)
    truth = np.repeat(np.arange(3), 80)
    places = np.column_stack([random.uniform(0, 30, 240), 6.0 * truth + 0.5 * random.normal(size=240)])
    return Features.of(places), truth

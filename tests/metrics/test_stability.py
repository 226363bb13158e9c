"""Stability: near 1 where the segments are there, low where they were only cut."""

import numpy as np

from segment_core.artifacts import Features, Labels, Step
from segment_core.clustering.kmeans import KMeansOptions, labels_of
from segment_core.clustering.membership import settle
from segment_core.metrics.stability import StabilityOptions, best_overlaps, score
from tests.planted import blobs, cloud


def again(features: Features, seed: int, rows: object = None) -> Labels:
    return labels_of(features, KMeansOptions(n_segments=4, n_starts=3, seed=seed))


def test_groups_come_back_and_a_cut_cloud_does_not() -> None:
    groups, _ = blobs((70, 60, 50, 40))
    one = cloud(220, width=8)
    there, cut = (score(made, settle(made, again(made, 0), Step("kmeans")), again)[0] for made in (groups, one))
    assert there.value > 0.99
    assert cut.value < 0.6


def test_a_segment_that_dissolves_shows_on_its_own() -> None:
    groups, truth = blobs((80, 60, 120))
    # The largest group is cut in two at random: nobody will find that cut again.
    labels = np.where((truth == 2) & (np.arange(len(truth)) % 2 == 0), 3, truth)
    found = score(groups, settle(groups, labels, Step("made")), lambda features, seed, rows: again(features, seed) % 3)
    by_segment = {made.segment: made.value for made in found}
    assert max(by_segment.values()) > by_segment[""] > min(by_segment.values())


def test_overlap_by_hand() -> None:
    old, new = np.array([0, 0, 0, 1, 1, 2]), np.array([5, 5, 1, 1, 1, 0])
    assert best_overlaps(old, new, 4).tolist() == [2 / 3, 2 / 3, 1.0, 0.0]


def test_other_customers_are_drawn_each_time() -> None:
    features = cloud(100)
    seen: list[int] = []

    def watch(drawn: Features, seed: int, rows: object = None) -> Labels:
        seen.append(drawn.n_customers)
        return again(drawn, seed)

    score(features, settle(features, again(features, 0), Step("kmeans")), watch, StabilityOptions(n_draws=6))
    assert len(seen) == 6
    assert all(50 < n < 75 for n in seen)  # of n drawn with replacement, about 63 % are different


def overlapping(seed: int) -> Features:
    """Make four groups that run into each other."""
    random = np.random.default_rng(seed)
    return Features.of((2.0 * np.eye(4, 5))[np.arange(400) % 4] + random.normal(size=(400, 5)))


def test_the_core_comes_back_more_often_than_the_fringe() -> None:
    for seed in range(3):
        features = overlapping(seed)
        found = score(features, settle(features, again(features, 0), Step("kmeans")), again)
        rates = {made.name.removeprefix("reappearance_"): made.value for made in found if "reappearance" in made.name}
        assert rates["core"] > rates["fringe"] + 0.05
        assert rates["fringe"] < rates["reappearance"] < rates["core"]


def test_reappearance_by_hand() -> None:
    features = Features.of([[0.0], [1.0], [5.0], [9.0], [10.0]])
    clustering = settle(features, np.array([0, 0, 0, 1, 1]), Step("made"))

    def moved(drawn: Features, seed: int, rows: np.ndarray) -> Labels:
        return (drawn.matrix[:, 0] > 4).astype(np.int64)  # the customer at 5 goes over every time

    found = {made.name: made for made in score(features, clustering, moved, StabilityOptions(n_draws=50))}
    assert clustering.bands.tolist().count("fringe") == 1 and clustering.bands[2] == "fringe"
    assert found["reappearance_core"].value > 0.9
    assert found["reappearance_fringe"].value < 0.4
    assert found["reappearance_fringe"].n == 1

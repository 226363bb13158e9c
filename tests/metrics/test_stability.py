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

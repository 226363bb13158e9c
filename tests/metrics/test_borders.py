"""Borders: a cut through one crowd is named, and groups that stand apart, of whatever shape, are left in peace."""

import numpy as np
import pytest
from sklearn.datasets import make_moons

from segment_core.artifacts import Clustering, Features, Labels, Scorecard, Step
from segment_core.clustering.kmeans import KMeansOptions, labels_of
from segment_core.clustering.membership import settle
from segment_core.metrics import METRICS, judge
from segment_core.metrics.borders import borders
from tests.planted import blobs


def cut(features: Features, k: int, seed: int = 0) -> Labels:
    return labels_of(features, KMeansOptions(n_segments=k, n_starts=3, seed=seed))


def judged(features: Features, clustering: Clustering) -> Scorecard:
    def again(drawn: Features, seed: int, rows: object = None) -> Labels:
        return cut(drawn, clustering.n_segments, seed)

    scores = METRICS["stability"].run(features, clustering, again, METRICS["stability"].options())
    return judge(features, clustering, scores, again)


def one_cut_in_two(seed: int) -> tuple[Features, Clustering, set[int]]:
    """Cut the largest of four groups in two; return which two segments share it."""
    features, truth = blobs((160, 90, 90, 90), seed=seed)
    labels, own = truth.copy(), np.flatnonzero(truth == 0)
    labels[own] = np.where(cut(Features.of(features.matrix[own]), 2, seed) == 1, 4, 0)
    clustering = settle(features, labels, Step("made"))
    return features, clustering, set(clustering.labels[own].tolist())


def test_the_one_arbitrary_cut_is_named_and_no_other() -> None:
    right = 0
    for seed in range(10):
        features, clustering, halves = one_cut_in_two(seed)
        found = borders(features, clustering)
        right += [{border.one, border.other} for border in found if border.arbitrary] == [halves]
    assert right >= 9  # in small groups a gap comes about by luck now and then


def test_an_arbitrary_cut_makes_an_otherwise_solid_verdict_soft() -> None:
    features, clustering, halves = one_cut_in_two(0)
    card = judged(features, clustering)
    check = next(check for check in card.checks if check.code == "border")
    assert card.verdict == "soft"
    assert not check.passed
    assert all(clustering.segments[half].id in str(check.finding) for half in halves)
    features, truth = blobs((160, 90, 90, 90))
    assert judged(features, settle(features, truth, Step("made"))).verdict == "solid"


@pytest.mark.parametrize("shape", ["flat", "lopsided"])
def test_flat_and_lopsided_crowds_have_no_gap_where_they_are_cut(shape: str) -> None:
    random = np.random.default_rng(0)
    features = Features.of(random.uniform(size=(500, 3)) if shape == "flat" else random.exponential(size=(500, 3)))
    found = borders(features, settle(features, cut(features, 2), Step("made")))
    assert [border.arbitrary for border in found] == [True]


def test_groups_of_odd_shapes_are_apart() -> None:
    matrix, truth = make_moons(300, noise=0.05, random_state=0)
    found = borders(Features.of(matrix), settle(Features.of(matrix), truth, Step("made")))
    assert [border.arbitrary for border in found] == [False]


def test_too_few_to_tell_are_not_accused() -> None:
    features, truth = blobs((60, 5), width=2)
    clustering = settle(features, truth, Step("made"))
    assert borders(features, clustering) == ()
    assert next(check for check in judged(features, clustering).checks if check.code == "border").passed

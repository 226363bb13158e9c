"""The verdict: solid, soft, artefact or nothing there, each where it is known to be so."""

from dataclasses import replace

import numpy as np
import pytest

from segment_core.artifacts import Features, Labels, Score, Scorecard, Step
from segment_core.clustering.kmeans import KMeansOptions, labels_of
from segment_core.clustering.membership import settle
from segment_core.messages import say
from segment_core.metrics import METRICS, judge
from tests.planted import blobs, cloud


def judged(features: Features, n_segments: int) -> Scorecard:
    def again(drawn: Features, seed: int, rows: object = None) -> Labels:
        return labels_of(drawn, KMeansOptions(n_segments=n_segments, n_starts=3, seed=seed))

    clustering = settle(features, again(features, 0), Step("kmeans"))
    scores = METRICS["stability"].run(features, clustering, again, METRICS["stability"].options())
    return judge(features, clustering, scores, again)


def failed(card: Scorecard) -> set[str]:
    return {check.code for check in card.checks if not check.passed}


def test_groups_are_solid() -> None:
    card = judged(blobs()[0], 3)
    assert card.verdict == "solid"
    assert not failed(card)
    assert [check.code for check in card.checks] == [
        "structure",
        "stability",
        "weakest",
        "continuum",
        "border",
        "one-column",
    ]


def test_one_cloud_is_nothing() -> None:
    card = judged(cloud(300), 3)
    assert card.verdict == "nothing-there"
    assert "structure" in failed(card)
    assert "arbitrary" in str(card.checks[0].advice)


def test_slices_of_a_long_cloud_are_an_artefact() -> None:
    random = np.random.default_rng(0)
    along = random.normal(size=(400, 1)) * np.ones((1, 6))
    card = judged(Features.of(along + 0.3 * random.normal(size=(400, 6))), 3)
    assert card.verdict == "artefact"
    assert failed(card) == {"continuum", "border"}


def test_what_one_column_alone_makes_is_an_artefact() -> None:
    random = np.random.default_rng(0)
    matrix = random.normal(size=(300, 5)) * 0.3
    half = np.arange(300) % 2
    matrix[:, 1] = 6.0 * half + random.normal(size=300)
    matrix[:, 2:] += 1.2 * half[:, None]  # so that the columns hang together
    card = judged(replace(Features.of(matrix), sources=("a", "flag", "c", "d", "e")), 2)
    assert card.verdict == "artefact"
    assert "one-column" in failed(card)
    assert "flag" in str(card.checks[5].finding)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_same_seed_gives_the_same_verdict(seed: int) -> None:
    features, _ = blobs(seed=seed)
    assert judged(features, 3) == judged(features, 3)


@pytest.mark.parametrize("stability, verdict", [(0.9, "solid"), (0.6, "soft"), (0.4, "artefact")])
def test_what_does_not_come_back_is_not_solid(stability: float, verdict: str) -> None:
    features, truth = blobs()

    def again(drawn: Features, seed: int, rows: object = None) -> Labels:
        return labels_of(drawn, KMeansOptions(n_segments=3, n_starts=3, seed=seed))

    score = Score("stability", stability, "higher", "features", 190, say("Made."))
    card = judge(features, settle(features, truth, Step("made")), [score], again)
    assert card.verdict == verdict
    assert ("stability" in failed(card)) == (stability < 0.75)


def test_one_segment_that_dissolves_makes_it_soft() -> None:
    features, truth = blobs()

    def again(drawn: Features, seed: int, rows: object = None) -> Labels:
        return labels_of(drawn, KMeansOptions(n_segments=3, n_starts=3, seed=seed))

    scores = [
        Score("stability", 0.9, "higher", "features", 190, say("Made.")),
        Score("stability", 0.95, "higher", "features", 190, say("Made."), "S1"),
        Score("stability", 0.3, "higher", "features", 190, say("Made."), "S3"),
    ]
    card = judge(features, settle(features, truth, Step("made")), scores, again)
    assert card.verdict == "soft"
    assert failed(card) == {"weakest"}
    assert "S3" in str(card.checks[2].finding)

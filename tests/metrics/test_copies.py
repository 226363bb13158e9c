"""Copies: customers who are the same many times over make any cut come back, and are no evidence."""

import numpy as np

from segment_core.artifacts import Features, Labels, Scorecard
from segment_core.clustering.kmeans import KMeansOptions, cluster, labels_of
from segment_core.metrics import METRICS, judge
from tests.planted import blobs


def judged(features: Features, k: int) -> Scorecard:
    def again(drawn: Features, seed: int, rows: object = None) -> Labels:
        return labels_of(drawn, KMeansOptions(n_segments=k, n_starts=3, seed=seed))

    clustering = cluster(features, KMeansOptions(n_segments=k))
    scores = METRICS["stability"].run(features, clustering, again, METRICS["stability"].options())
    return judge(features, clustering, scores, again)


def codes(card: Scorecard) -> set[str]:
    return {check.code for check in card.checks}


def test_noise_copied_many_times_is_not_praised() -> None:
    profiles = np.random.default_rng(0).normal(size=(20, 5)).astype(np.float32)
    card = judged(Features.of(np.repeat(profiles, 30, axis=0)), 4)
    assert card.verdict in ("nothing-there", "artefact")
    assert "copies" in codes(card)


def test_few_values_are_no_copies() -> None:
    answers = Features.of(np.random.default_rng(1).integers(0, 2, (400, 4)).astype(np.float32))
    assert "copies" not in codes(judged(answers, 3))
    assert "copies" not in codes(judged(blobs()[0], 3))

"""Themes: segments follow what customers wrote, in every direction of its vectors, and nothing else."""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Features, Floats, Labels
from segment_core.clustering import Speech
from segment_core.clustering.themes import ThemesOptions, cluster
from tests.planted import blobs, cloud


def spoken(sizes: Sequence[int], n_silent: int = 0) -> tuple[Speech, Labels]:
    vectors, truth = blobs(sizes, width=12)
    texts = [f"text {number}" for number in range(len(truth))] + [""] * n_silent
    matrix = np.vstack([vectors.matrix, np.zeros((n_silent, 12), np.float32)])

    def read(more: Sequence[str]) -> Floats:
        raise AssertionError("nothing else is read")

    return Speech(tuple(texts), matrix, read), truth


def test_texts_alone_decide_and_the_silent_join_by_their_features() -> None:
    speech, truth = spoken((60, 50, 40), n_silent=20)
    # Features tell another story, but for one column that goes with the themes a little.
    matrix = cloud(170, seed=4).matrix.copy()
    matrix[:150, 0] += 3.0 * truth
    matrix[150:] = 0.0
    matrix[150:, 0] = 6.0
    made = cluster(Features.of(matrix), ThemesOptions(n_segments=3, n_cuts=12), speech=speech)
    assert adjusted_rand_score(truth, made.labels[:150]) > 0.95
    last = np.bincount(made.labels[:150][truth == 2]).argmax()
    assert set(made.labels[150:]) == {last}
    assert (made.strengths[150:] == 0).all()
    assert made.memberships is not None
    np.testing.assert_allclose(made.memberships[150:], 1 / 3, rtol=1e-5)
    assert str(made.reasons[-1]).endswith("features: 20.")


def test_without_enough_texts_the_features_are_cut_and_it_says_so() -> None:
    features, truth = blobs((60, 50, 40))
    few = Speech(("same",) * 150, np.ones((150, 4), np.float32), spoken((3, 3))[0].read)
    for speech in (None, few):
        made = cluster(features, ThemesOptions(n_segments=3), speech=speech)
        assert adjusted_rand_score(truth, made.labels) == 1.0
        assert "too few different texts" in str(made.reasons[0])

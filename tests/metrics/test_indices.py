"""Silhouette, Calinski–Harabasz and Davies–Bouldin: the textbook's numbers."""

import numpy as np
import pytest
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_samples

from segment_core.artifacts import Step
from segment_core.clustering.membership import settle
from segment_core.metrics import METRICS
from tests.planted import cloud

FEATURES = cloud(150)
CLUSTERING = settle(FEATURES, (FEATURES.matrix[:, 0] > 0.3).astype(np.int64), Step("made"))
MATRIX, LABELS = FEATURES.matrix.astype(np.float64), CLUSTERING.labels


def never(*_: object) -> None:
    raise AssertionError("an index cuts nothing anew")


@pytest.mark.parametrize(
    "name, expected",
    [
        ("silhouette", silhouette_samples(MATRIX, LABELS).mean()),
        ("calinski_harabasz", calinski_harabasz_score(MATRIX, LABELS)),
        ("davies_bouldin", davies_bouldin_score(MATRIX, LABELS)),
    ],
)
def test_the_index_is_the_textbooks(name: str, expected: float) -> None:
    score = METRICS[name].run(FEATURES, CLUSTERING, never, METRICS[name].options())[0]
    assert score.value == pytest.approx(expected, abs=0.006)
    assert score.better == ("lower" if name == "davies_bouldin" else "higher")


def test_silhouette_by_hand() -> None:
    features = type(FEATURES).of([[0.0], [1.0], [4.0], [5.0]])
    clustering = settle(features, np.array([0, 0, 1, 1]), Step("made"))
    score = METRICS["silhouette"].run(features, clustering, never, METRICS["silhouette"].options())
    expected = (3.5 / 4.5 + 2.5 / 3.5) / 2  # a is 1 for all; b is 4.5 outside and 3.5 inside
    assert [found.value for found in score] == pytest.approx([expected] * 3, abs=1e-4)


def test_silhouette_of_a_segment_is_that_of_its_customers() -> None:
    scores = METRICS["silhouette"].run(FEATURES, CLUSTERING, never, METRICS["silhouette"].options())
    values = silhouette_samples(MATRIX, LABELS)
    for number, score in enumerate(scores[1:]):
        assert score.value == pytest.approx(values[number == LABELS].mean(), abs=1e-4)
        assert (score.segment, score.n) == (f"S{number + 1}", int((number == LABELS).sum()))

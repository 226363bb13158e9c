"""Sampling: on twenty thousand customers, what is taken on some of them is what all of them give."""

import numpy as np
import pytest
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_samples

from segment_core.artifacts import Features, Step
from segment_core.clustering.membership import settle
from segment_core.metrics import METRICS
from segment_core.metrics.space import stratified

N = 20_000


@pytest.fixture(scope="module")
def many() -> tuple[Features, np.ndarray]:
    """Make segments of very different sizes that overlap, and the segment of each customer."""
    random = np.random.default_rng(1)
    truth = np.sort(random.choice(5, N, p=[0.5, 0.3, 0.15, 0.04, 0.01]))
    centres = 3.0 * random.normal(size=(5, 4))
    return Features.of(centres[truth] + random.normal(size=(N, 4))), truth


def never(*_: object) -> None:
    raise AssertionError("an index cuts nothing anew")


def test_a_sampled_silhouette_is_within_a_hundredth(many: tuple[Features, np.ndarray]) -> None:
    features, truth = many
    clustering = settle(features, truth, Step("made"))
    exact = silhouette_samples(features.matrix, clustering.labels)  # in float32, a third of the time
    options = METRICS["silhouette"].options
    for seed in range(2):
        overall, *parts = METRICS["silhouette"].run(features, clustering, never, options(seed=seed))
        assert overall.n <= 5_000
        assert overall.value == pytest.approx(exact.mean(), abs=0.01)
        for number, part in enumerate(parts):
            assert part.value == pytest.approx(exact[clustering.labels == number].mean(), abs=0.04)


def test_other_sampled_indices_are_close(many: tuple[Features, np.ndarray]) -> None:
    features, truth = many
    clustering = settle(features, truth, Step("made"))
    matrix = features.matrix.astype(np.float64)
    exact = {
        "davies_bouldin": davies_bouldin_score(matrix, truth),
        "calinski_harabasz": calinski_harabasz_score(matrix, truth),
    }
    for name, value in exact.items():
        full, some = (
            METRICS[name].run(features, clustering, never, METRICS[name].options(most=most))[0].value
            for most in (200_000, 10_000)
        )
        assert full == pytest.approx(value, abs=0.006)
        assert some == pytest.approx(value, **({"abs": 0.01} if name == "davies_bouldin" else {"rel": 0.03}))


def test_every_segment_is_drawn_by_its_share_and_small_ones_whole() -> None:
    labels = np.repeat([0, 1, 2], [9_000, 940, 60])
    rows = stratified(labels, 1_000, 0)
    drawn = np.bincount(labels[rows])
    assert len(rows) <= 1_000 and len(set(rows)) == len(rows)
    assert drawn[2] == 60 and drawn[1] == 100
    assert np.array_equal(stratified(labels[:50], 1_000, 0), np.arange(50))
    many = stratified(np.arange(4_000) % 40, 100, 0)
    assert len(many) <= 100

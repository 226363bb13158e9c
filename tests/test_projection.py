"""The map: a point for everybody, neighbours stay neighbours, and the same map every time."""

import numpy as np
import pytest
from sklearn.metrics import silhouette_score

from segment_core import projection
from segment_core.artifacts import Features
from segment_core.projection import PROJECTIONS
from tests.planted import blobs

every_projection = pytest.mark.parametrize("name", PROJECTIONS)


def mapped(name: str, features: Features) -> projection.Projection:
    return PROJECTIONS[name].run(features, PROJECTIONS[name].options())


@every_projection
def test_planted_groups_are_apart_on_the_map(name: str) -> None:
    features, truth = blobs((50, 40, 30))
    before = features.matrix.copy()
    made = mapped(name, features)
    assert made.points.shape == (120, 2)
    assert made.points.dtype == np.float32
    assert np.isfinite(made.points).all()
    assert silhouette_score(made.points, truth) > 0.6
    assert 0.7 < made.trustworthiness <= 1
    assert made.made_by.name == name
    np.testing.assert_array_equal(features.matrix, before)
    np.testing.assert_array_equal(mapped(name, features).points, made.points)


@every_projection
@pytest.mark.parametrize(
    "rows",
    [[[1.0, 2.0]], [[1.0], [2.0], [5.0]], [[0.0, 0.0, 0.0]] * 30, [[float(n % 3)] for n in range(40)]],
    ids=["one customer", "one feature", "all alike", "three places"],
)
def test_poor_features_still_give_a_map(name: str, rows: list[list[float]]) -> None:
    made = mapped(name, Features.of(rows))
    assert made.points.shape == (len(rows), 2)
    assert np.isfinite(made.points).all()
    assert 0 <= made.trustworthiness <= 1


def test_pca_keeps_large_distances_and_its_directions() -> None:
    features, _ = blobs()
    points = mapped("pca", features).points
    centred = features.matrix.astype(float) - features.matrix.mean(axis=0)
    _, spread, _ = np.linalg.svd(centred, full_matrices=False)
    np.testing.assert_allclose(np.linalg.norm(points, axis=0), spread[:2], rtol=1e-4)


def test_above_the_limit_everybody_is_placed_among_the_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "MOST_FITTED", 60)
    features, truth = blobs((50, 40, 30))
    made = mapped("umap", features)
    assert made.points.shape == (120, 2)
    assert silhouette_score(made.points, truth) > 0.5

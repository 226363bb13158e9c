"""Rows: nothing hangs on where a customer stands in the file, not even where customers are drawn."""

import dataclasses

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segment_core.artifacts import Clustering, Features
from segment_core.choices import options_from_json
from segment_core.clustering import ALGORITHMS, dbscan, hdbscan, kmeans, medoids, mixture, rows, spectral
from tests.planted import blobs, cloud

CAPS = {
    "kmeans": (kmeans, "MOST_STARTED"),
    "kmedoids": (medoids, "MOST_AT_ONCE"),
    "dbscan": (dbscan, "MOST_JOINED"),
    "hdbscan": (hdbscan, "MOST_JOINED"),
    "mixture": (mixture, "MOST_FITTED"),
    "spectral": (spectral, "MOST_LINKED"),
}
SAID = {"kmedoids": "5 samples of 90", "kmeans": ""}
ANY_ORDER = ("minibatch", "kmedoids", "mixture", "dbscan", "hdbscan", "spectral", "constrained")


def cut(name: str, features: Features) -> Clustering:
    choice = ALGORITHMS[name]
    asked = {"n_segments": 3} if "n_segments" in {field.name for field in dataclasses.fields(choice.options)} else {}
    made: Clustering = choice.run(features, options_from_json(choice.options, asked))
    return made


def shuffled(features: Features) -> tuple[Features, np.ndarray]:
    order = np.random.default_rng(8).permutation(features.n_customers)
    return dataclasses.replace(features, matrix=features.matrix[order]), order


def test_an_order_is_the_customers_own() -> None:
    features = cloud(500, width=7)
    mixed, _ = shuffled(features)
    one, two = (made.matrix[rows.in_order(made.matrix)] for made in (features, mixed))
    np.testing.assert_array_equal(one, two)


def test_rows_that_differ_by_a_hair_do_not_tie() -> None:
    matrix = np.column_stack([np.full(40, 1e9), np.arange(40) * 1e-9]).astype(np.float32)
    mixed = matrix[np.random.default_rng(8).permutation(40)]
    np.testing.assert_array_equal(mixed[rows.in_order(mixed)], matrix[rows.in_order(matrix)])


def test_equal_rows_stand_together_minus_nought_or_not() -> None:
    matrix = np.array([[0.0, 1.0], [3.0, 1.0], [-0.0, 1.0], [3.0, 1.0]], dtype=np.float32)
    assert rows.in_order(matrix).tolist() in ([0, 2, 1, 3], [1, 3, 0, 2])


@pytest.mark.parametrize("name", ANY_ORDER)
def test_a_cloud_is_cut_the_same_in_any_order(name: str) -> None:
    features = cloud(150, width=3)
    mixed, order = shuffled(features)
    assert adjusted_rand_score(cut(name, features).labels[order], cut(name, mixed).labels) == 1.0


@pytest.mark.parametrize("name", CAPS)
def test_of_many_customers_some_are_drawn_and_the_rest_join(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    features, truth = blobs((120, 90, 70))
    monkeypatch.setattr(*CAPS[name], 90)
    made = cut(name, features)
    assert adjusted_rand_score(truth, made.labels) > 0.97
    said = SAID.get(name, "90 customers were drawn and cut; the other 190 joined them.")
    assert said in " ".join(map(str, made.reasons))
    mixed, order = shuffled(features)
    assert adjusted_rand_score(made.labels[order], cut(name, mixed).labels) == 1.0


def test_main_directions_keep_what_tells_customers_apart() -> None:
    features, _ = blobs((60, 50, 40), width=80)
    wide = features.matrix.astype(np.float64)
    narrow = rows.narrowed(wide, 3)
    assert narrow.shape == (150, 3)
    spread = narrow.var(axis=0)
    assert (np.diff(spread) <= 0).all()
    assert spread.sum() == pytest.approx((np.linalg.svd(wide - wide.mean(axis=0))[1][:3] ** 2).sum() / 150, rel=1e-6)
    assert rows.narrowed(wide, 80) is wide


def test_drawing_is_by_seed_and_in_order() -> None:
    some = rows.drawn(1000, 50, 3)
    assert len(set(some.tolist())) == 50
    assert (np.diff(some) > 0).all()
    np.testing.assert_array_equal(some, rows.drawn(1000, 50, 3))
    assert not np.array_equal(some, rows.drawn(1000, 50, 4))
    np.testing.assert_array_equal(rows.drawn(5, 50, 3), np.arange(5))

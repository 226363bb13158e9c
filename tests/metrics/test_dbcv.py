"""DBCV: the numbers of hdbscan's own implementation, and what they say of shapes."""

import warnings

import numpy as np
import pytest
from sklearn.datasets import make_moons

from segment_core.artifacts import Features, Step
from segment_core.clustering.membership import settle
from segment_core.metrics import METRICS
from segment_core.metrics.dbcv import validity
from tests.planted import blobs, cloud


def theirs(matrix: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from hdbscan.validity import validity_index
    return validity_index(matrix, labels, per_cluster_scores=True)


def never(*_: object) -> None:
    raise AssertionError("an index cuts nothing anew")


@pytest.mark.parametrize("kind", ["groups", "one cloud", "moons", "repeated", "many columns"])
def test_the_index_is_that_of_hdbscan(kind: str) -> None:
    random = np.random.default_rng(0)
    groups, truth = blobs((60, 50, 40), width=4)
    made = {
        "groups": (groups.matrix, truth),
        "one cloud": (cloud(120).matrix, (cloud(120).matrix[:, 0] > 0.2).astype(np.int64)),
        "moons": make_moons(150, noise=0.06, random_state=1),
        "repeated": (random.integers(0, 4, (90, 3)), np.arange(90) % 2),
        "many columns": (random.normal(size=(80, 40)), np.arange(80) % 3),
    }[kind]
    matrix, labels = np.asarray(made[0], dtype=np.float64), np.asarray(made[1], dtype=np.int64)
    overall, each = theirs(matrix, labels)
    ours = validity(matrix, labels)
    np.testing.assert_allclose([ours[label] for label in np.unique(labels)], each, atol=1e-6)
    clustering = settle(Features.of(matrix), labels, Step("made"))
    score = METRICS["dbcv"].run(Features.of(matrix), clustering, never, METRICS["dbcv"].options())[0]
    assert score.value == pytest.approx(overall, abs=1e-3)


def test_odd_shapes_are_no_fault_and_a_wrong_cut_is() -> None:
    matrix, moons = make_moons(300, noise=0.05, random_state=0)
    across = (matrix[:, 0] > 0.5).astype(np.int64)
    right, wrong = (
        METRICS["dbcv"].run(
            Features.of(matrix), settle(Features.of(matrix), labels, Step("made")), never, METRICS["dbcv"].options()
        )[0]
        for labels in (moons, across)
    )
    assert right.value > 0.3
    assert wrong.value < -0.3


def test_hundreds_of_columns_do_not_overflow() -> None:
    random = np.random.default_rng(0)
    labels = np.arange(60) % 2
    matrix = 0.01 * random.normal(size=(60, 400)) + 0.1 * labels[:, None]
    assert all(0.5 < value < 1 for value in validity(matrix, labels).values())

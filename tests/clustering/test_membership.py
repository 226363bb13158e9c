"""Membership: how clearly a customer belongs, and who is far from everybody."""

import numpy as np
import pytest

from segment_core.artifacts import Features, Step
from segment_core.clustering.membership import FAR, banded, settle


def test_strength_runs_from_the_border_to_the_centre() -> None:
    line = [[0.0], [2.0], [1.0], [10.0], [8.0], [9.0], [5.0]]
    made = settle(Features.of(line), np.array([0, 0, 0, 1, 1, 1, 1]), Step("made"))
    centres = np.array([8.0, 1.0])  # the larger segment comes first
    middle = centres.mean()
    expected = np.clip(np.abs(np.array(line)[:, 0] - middle) / np.abs(centres[0] - middle), 0, 1)
    np.testing.assert_allclose(made.strengths, expected, atol=1e-6)
    assert made.bands[6] == "fringe"


def test_one_segment_is_certain() -> None:
    made = settle(Features.of([[0.0], [1.0], [2.0]]), np.zeros(3, dtype=np.int64), Step("made"))
    assert made.strengths.tolist() == [1.0, 1.0, 1.0]


def test_a_customer_far_from_the_own_centre_is_an_outlier() -> None:
    rows = np.random.default_rng(0).normal(size=(60, 2))
    rows[7] = [40.0, 40.0]
    made = settle(Features.of(rows), np.zeros(60, dtype=np.int64), Step("made"))
    assert made.bands[7] == "outlier"
    assert (made.bands == "outlier").sum() < 4


def test_the_left_out_join_the_nearest_centre() -> None:
    made = settle(Features.of([[0.0], [1.0], [9.0], [10.0], [3.0]]), np.array([0, 0, 1, 1, -1]), Step("made"))
    assert made.labels[4] == made.labels[0]
    assert (made.bands[4], made.strengths[4]) == ("outlier", 0.0)


def test_where_everybody_is_left_out_there_is_one_segment() -> None:
    made = settle(Features.of([[0.0], [5.0]]), np.array([-1, -1]), Step("made"))
    assert [segment.size for segment in made.segments] == [2]
    assert "outlier" not in made.bands


@pytest.mark.parametrize("labels", [[0, 0, 1, 1], [1, 1, 0, 0], [7, 7, 3, 3]])
def test_equal_sizes_are_ordered_by_the_first_customer(labels: list[int]) -> None:
    made = settle(Features.of([[0.0], [1.0], [9.0], [10.0]]), np.array(labels), Step("made"))
    assert made.ids.tolist() == ["S1", "S1", "S2", "S2"]


def test_another_line_of_outliers_moves_nobody_to_another_segment() -> None:
    rows = np.random.default_rng(0).normal(size=(200, 2))
    labels = (rows[:, 0] > 0).astype(np.int64)
    labels[5] = -1
    made = settle(Features.of(rows), labels, Step("made"))
    near, far = banded(made, 1.5), banded(made, 20.0)
    assert np.array_equal(near.labels, made.labels) and near.segments == made.segments
    assert (near.bands == "outlier").sum() > (made.bands == "outlier").sum()
    assert np.flatnonzero(far.bands == "outlier").tolist() == [5]  # left out by the algorithm itself
    assert set(near.bands[near.bands != "outlier"]) == {"core", "fringe"}
    assert np.array_equal(banded(near, FAR).bands, made.bands)

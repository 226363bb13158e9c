"""Categories: every level equally far from every other, rare ones together, silence at the centre."""

import numpy as np
import pytest

from segment_core.features.categories import MOST_LEVELS, OTHER, extract
from tests.planted import typed


def test_no_level_is_nearer_than_another() -> None:
    made = typed({"plan": "category"}, plan=np.array(["a", "b", "c"] * 10, dtype=object))
    rows = extract(made, ("plan",)).matrix[:3]
    between = [float(np.linalg.norm(rows[one] - rows[two])) for one, two in ((0, 1), (1, 2), (0, 2))]
    assert between == pytest.approx([between[0]] * 3)


def test_rare_levels_become_one_and_are_said() -> None:
    levels = [f"city {number:02}" for number in range(MOST_LEVELS) for _ in range(3)] + [f"village {n}" for n in "xyz"]
    made = typed({"city": "place"}, city=np.array(levels, dtype=object))
    block = extract(made, ("city",))
    assert len(block.names) == MOST_LEVELS + 1
    assert block.names[-1] == f"city = {OTHER}"
    assert [(note.code, note.count) for note in block.notes] == [("rare-levels", 3)]
    assert np.array_equal(block.matrix[-1], block.matrix[-2])


def test_a_missing_value_is_at_the_centre() -> None:
    made = typed({"plan": "category"}, plan=np.array(["a", None, "b", "b"], dtype=object))
    matrix = extract(made, ("plan",)).matrix
    assert (matrix[1] == 0).all()
    np.testing.assert_allclose(matrix.mean(axis=0), 0, atol=1e-6)


def test_yes_and_no_are_named() -> None:
    made = typed({"app": "yes/no"}, app=np.array([1.0, 0.0, np.nan, 1.0]))
    assert set(extract(made, ("app",)).names) == {"app = yes", "app = no"}


def test_one_level_is_no_feature() -> None:
    made = typed({"plan": "category"}, plan=np.array(["a"] * 5, dtype=object))
    assert extract(made, ("plan",)).names == ()


def test_equally_frequent_levels_have_one_order() -> None:
    levels = np.array(["b", "a", "d", "c"], dtype=object)
    one = extract(typed({"plan": "category"}, plan=levels), ("plan",))
    two = extract(typed({"plan": "category"}, plan=levels[::-1]), ("plan",))
    assert one.names == two.names == ("plan = a", "plan = b", "plan = c", "plan = d")

"""Number lists: what is a vector in a cell, and that it comes back exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segment_core.numberlists import common_length, is_list, numbers_in, packed

SINGLE = st.floats(width=32, allow_nan=False, allow_infinity=False)


@given(st.lists(SINGLE, min_size=2, max_size=40))
def test_what_is_packed_comes_back_exactly(numbers: list[float]) -> None:
    made = np.array(numbers, dtype=np.float32)
    text = packed(made)
    assert is_list(text)
    np.testing.assert_array_equal(numbers_in(text), made)
    assert packed(numbers_in(text)) == text
    np.testing.assert_array_equal(numbers_in(str([float(number) for number in made])), made)


@pytest.mark.parametrize(
    "text, numbers",
    [
        ("[1, 2.5, -3e-2]", [1, 2.5, -0.03]),
        ("[1 2.5\n -3]", [1, 2.5, -3]),
        ("(1;2;3)", [1, 2, 3]),
        ("{1,5; -2,25}", [1.5, -2.25]),
        (" [0.5,0.25] ", [0.5, 0.25]),
    ],
)
def test_lists_are_read(text: str, numbers: list[float]) -> None:
    assert is_list(text)
    np.testing.assert_allclose(numbers_in(text), numbers)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[1]",
        "1, 2, 3",
        "[1, 2",
        "[1, 2)",
        "[1, x]",
        "[NAME 3]",
        "[1, nan]",
        "[1, inf]",
        "[1, 1e99]",
        "[1,,2]x",
        "f4:",
        "f4:AAA",
        "f4:!!!!",
        "[" * 9,
        "[1, 2][3, 4]",
    ],
)
def test_what_is_no_list_is_none(text: str) -> None:
    assert numbers_in(text) is None
    assert text.startswith("f4:") or not is_list(text)


def test_the_common_length_is_that_of_most() -> None:
    assert common_length([[1, 2], [1, 2, 3], [1, 2], None]) == 2
    assert common_length([[1, 2], [1, 2, 3]]) == 3
    assert common_length([None]) == 0

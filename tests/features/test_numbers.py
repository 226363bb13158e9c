"""Numbers: tails tamed, gaps filled and said, constants left out."""

import numpy as np
import pytest

from segment_core.features.numbers import FARTHEST, extract, skewness, tame
from tests.planted import typed


def test_a_heavy_tail_is_tamed_and_said() -> None:
    spend = np.random.default_rng(0).lognormal(4, 1.2, 500)
    scaled, notes = tame(spend, "spend")
    assert scaled is not None
    assert skewness(spend) > 3
    assert skewness(scaled) < 1.3
    assert [note.code for note in notes] == ["tail-tamed"]
    assert np.array_equal(np.argsort(scaled), np.argsort(spend))


def test_a_column_without_a_tail_is_only_put_on_scale() -> None:
    age = np.random.default_rng(0).uniform(18, 80, 500)
    scaled, notes = tame(age, "age")
    assert not notes
    np.testing.assert_allclose(scaled, (age - age.mean()) / age.std(), atol=1e-9)


def test_one_typing_error_does_not_squash_everybody() -> None:
    age = np.append(np.random.default_rng(0).normal(40, 10, 500), 4_000_000.0)
    scaled, _ = tame(age, "age")
    assert scaled is not None
    assert scaled[:-1].std() > 0.8
    assert scaled[-1] < 1.5 * FARTHEST


def test_gaps_are_filled_with_the_median_and_said() -> None:
    values = np.array([1.0, 2.0, np.nan, 3.0, 10.0, np.nan, 2.5])
    scaled, notes = tame(values, "income")
    filled = [note for note in notes if note.code == "filled"]
    assert [note.count for note in filled] == [2]
    assert str(filled[0].message) == "income: 2 missing values taken as typical."
    assert scaled is not None
    assert scaled[2] == scaled[5] == pytest.approx(scaled[6])


def test_many_zeros_do_not_break_the_scale() -> None:
    refunds = np.where(np.arange(300) % 10 == 0, np.random.default_rng(0).lognormal(3, 1, 300), 0.0)
    scaled, _ = tame(refunds, "refunds")
    assert scaled is not None
    assert np.isfinite(scaled).all()
    assert scaled.std() == pytest.approx(1.0)


@pytest.mark.parametrize("values", [np.full(9, 5.0), np.full(9, np.nan), np.array([1.0, np.nan, 1.0])], ids=str)
def test_what_tells_nobody_apart_is_left_out(values: np.ndarray) -> None:
    assert tame(values, "constant") == (None, [])


def test_constant_columns_are_no_features() -> None:
    made = typed({"age": "number", "shop": "count"}, age=np.arange(20.0), shop=np.ones(20))
    assert extract(made, ("age", "shop")).names == ("age",)

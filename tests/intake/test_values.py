"""Numbers and answers as people type them."""

import pandas as pd
import pyarrow as pa
import pytest

from segment_core.intake.values import _sampled, answer_of, column_decimal, decimal_of, is_yes_no, numbers_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5),
        ("-5.5", -5.5),
        (".5", 0.5),
        ("1,234", 1234),
        ("1,234,567.89", 1234567.89),
        ("12,34,567.50", 1234567.5),
        ("£23,705", 23705),
        ("$ 1,000", 1000),
        ("EUR 12.50", 12.5),
        ("1 234", 1234),
        ("1'234.5", 1234.5),
        ("12 %", 12),
        ("(3.5)", -3.5),
        ("−4", -4),
        ("5-", -5),
        ("1e3", 1000),
        ("007", 7),
    ],
)
def test_numbers_as_typed(text: str, number: float) -> None:
    assert numbers_of([text], ".")[text] == pytest.approx(number)


@pytest.mark.parametrize(
    "text", ["", "many", "12 34", "5'8", "1.2.3", "inf", "nan", "0x10", "1_000", "1e999", "12 Main St"]
)
def test_what_is_no_number(text: str) -> None:
    assert numbers_of([text], ".")[text] is None


def test_the_decimal_sign_is_decided_by_all_values_of_a_column() -> None:
    assert list(numbers_of(["1.234,56", "2.000", "3,5"], ".").values()) == [1234.56, 2000, 3.5]
    assert list(numbers_of(["1,234", "1,25"], ".").values()) == [1.234, 1.25]
    assert list(numbers_of(["1,234", "5,678"], ".").values()) == [1234, 5678]
    assert list(numbers_of(["1,234", "5,678"], ",").values()) == [1.234, 5.678]
    assert column_decimal(["5", "7", "well, yes"]) is None


def test_answers() -> None:
    assert is_yes_no(["Yes", " no", "NA"])
    assert is_yes_no(["1", "0"])
    assert not is_yes_no(["yes"])
    assert not is_yes_no(["M", "F"])
    assert not is_yes_no(["1", "2"])
    assert [answer_of(text) for text in ("TRUE", " n ", "maybe")] == [1.0, 0.0, None]


def test_the_decimal_sign_of_very_many_values_does_not_depend_on_their_order() -> None:
    values = [f"{number},{number % 90 + 10}" for number in range(60_000)]
    values += [f"{number}.5" for number in range(20_000)] + [f"plain {number}" for number in range(50_000)]
    frame = pd.DataFrame({"x": values}, dtype="str")
    assert decimal_of(frame) == decimal_of(frame.iloc[::-1]) == ","
    texts = pa.array(values, pa.large_string())
    some, turned = _sampled(texts), _sampled(pa.array(values[::-1], pa.large_string()))
    assert 5_000 < len(some) < 20_000
    assert set(some.to_pylist()) == set(turned.to_pylist())
    share = sum("," in text for text in some.to_pylist()) / len(some)
    assert abs(share - 60 / 130) < 0.03

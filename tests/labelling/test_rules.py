"""Rules: every kind of column can be asked plain questions, and a wrong question is refused in words."""

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Condition, Customers, Rule
from segment_core.errors import OptionError
from segment_core.intake import sample
from segment_core.labelling import SEGMENT, apply_rule, operations, problem, search
from tests.planted import customers_of, typed

SEGMENTS = np.array(["S1", "S2", "S1", "S3"])


@pytest.fixture
def shop() -> Customers:
    """Return four customers with a column of every kind; the last one has nothing."""
    return typed(
        {"spend": "money", "since": "date", "app": "yes/no", "city": "category", "review": "text"},
        spend=[10.0, 250.0, -3.5, np.nan],
        since=pd.to_datetime(["2024-01-01", "2024-06-30 18:30", "2023-12-31", None], format="mixed"),
        app=[1.0, 0.0, 1.0, np.nan],
        city=["Rome", "São Paulo", "rome", None],
        review=["Delivery was LATE", "Très déçu du délai, (late)", "物流很慢", ""],
    )


@pytest.mark.parametrize(
    "column, op, values, who",
    [
        ("spend", "=", ("10",), "0"),
        ("spend", "≠", ("10",), "12"),
        ("spend", "<", ("10",), "2"),
        ("spend", "≤", ("10",), "02"),
        ("spend", ">", ("10",), "1"),
        ("spend", "≥", ("10.0",), "01"),
        ("spend", "between", ("-3.5", "10"), "02"),
        ("spend", "is missing", (), "3"),
        ("spend", "is known", (), "012"),
        ("since", "=", ("2024-06-30",), "1"),
        ("since", "≠", ("2024-06-30",), "02"),
        ("since", "≤", ("2024-06-30",), "012"),
        ("since", ">", ("2024-06-30",), ""),
        ("since", "<", ("2024-01-01",), "2"),
        ("since", "between", ("2024-01-01", "2024-12-31"), "01"),
        ("since", "is missing", (), "3"),
        ("app", "is", ("yes",), "02"),
        ("app", "is", ("no",), "1"),
        ("app", "is missing", (), "3"),
        ("city", "is", ("Rome",), "0"),
        ("city", "is not", ("Rome",), "12"),
        ("city", "is one of", ("Rome", "São Paulo", "Oslo"), "01"),
        ("city", "contains", ("sao",), "1"),
        ("city", "is missing", (), "3"),
        ("review", "contains", ("late",), "01"),
        ("review", "contains", ("late delivery",), "0"),
        ("review", "contains", ('"was late"',), "0"),
        ("review", "contains", ('"late delivery"',), ""),
        ("review", "contains", ("TRES decu",), "1"),
        ("review", "contains", ("(late)",), "1"),
        ("review", "contains", (".*",), ""),
        ("review", "contains", ("很慢",), "2"),
        ("review", "does not contain", ("late",), "2"),
        ("review", "is missing", (), "3"),
        ("review", "is known", (), "012"),
        (SEGMENT, "is", ("S1",), "02"),
        (SEGMENT, "is not", ("S1",), "13"),
        (SEGMENT, "is one of", ("S1", "S3"), "023"),
    ],
)
def test_every_kind_of_column_answers(shop: Customers, column: str, op: str, values: tuple, who: str) -> None:
    found = apply_rule(shop, [Condition(column, op, values)], SEGMENTS)
    assert "".join(str(place) for place in np.flatnonzero(found)) == who
    assert op in operations(shop, column)


def test_all_conditions_must_be_met(shop: Customers) -> None:
    both = [Condition("app", "is", ("yes",)), Condition("spend", ">", ("0",))]
    assert apply_rule(shop, both).tolist() == [True, False, False, False]


@pytest.mark.parametrize(
    "conditions, words",
    [
        ([], "no condition"),
        ([Condition("age", ">", ("1",))], "column age"),
        ([Condition("city", ">", ("1",))], "can be asked: is, is not"),
        ([Condition("spend", ">", ("a lot",))], "“a lot” is no number"),
        ([Condition("spend", ">", ())], "lacks what to compare"),
        ([Condition("spend", "between", ("1",))], "lacks what to compare"),
        ([Condition("spend", "between", ("5", "1"))], "between 5 and 1"),
        ([Condition("since", ">", ("31.12.2024",))], "“31.12.2024” is no date"),
        ([Condition("app", "is", ("perhaps",))], "yes or no"),
        ([Condition("review", "contains", (' "" ',))], "lacks what to compare"),
        ([Condition("city", "is one of", ())], "lacks what to compare"),
    ],
)
def test_a_wrong_question_is_refused_in_words(shop: Customers, conditions: list[Condition], words: str) -> None:
    with pytest.raises(OptionError, match="(?i)" + words):
        apply_rule(shop, conditions)
    rule = Rule("x", tuple(conditions))
    assert words.lower() in str(problem(rule, shop)).lower()


def test_a_rule_about_segments_waits_for_segments(shop: Customers) -> None:
    rule = Rule("x", (Condition(SEGMENT, "is", ("S1",)),))
    assert "find segments" in str(problem(rule, shop))
    assert problem(rule, shop, SEGMENTS) is None


def test_every_column_of_a_real_file_can_be_asked() -> None:
    found = customers_of(sample(60)[0])
    for name in found.frame.columns:
        missing, known = (apply_rule(found, [Condition(name, op)]) for op in ("is missing", "is known"))
        assert (missing ^ known).all()


def test_search_finds_all_words_wherever_they_stand(shop: Customers) -> None:
    assert search(shop, "late rome") == ("C0000",)
    assert search(shop, "Sao DECU") == ("C0001",)
    assert search(shop, "c0003") == ("C0003",)
    assert search(shop, '"late rome"') == ()
    assert search(shop, "  ") == ()


def test_row_order_does_not_matter() -> None:
    rows = sample(120)[0]
    one, other = customers_of(rows), customers_of(rows.sample(frac=1, random_state=3))
    asked = [Condition("age", ">", ("40",)), Condition("review", "is known")]
    ids = [customers.frame.index[apply_rule(customers, asked)].tolist() for customers in (one, other)]
    assert ids[0] == ids[1]
    assert 0 < len(ids[0]) < 120
    assert search(one, "delivery") == search(other, "delivery")

"""SQL: whatever the columns, the values and the question, a database returns exactly whom the rule means."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segment_core.artifacts import Column, Condition, Customers
from segment_core.errors import OptionError
from segment_core.labelling import SEGMENT, apply_rule, matches, operations, selected, sql
from segment_core.messages import say
from tests.planted import typed

LETTERS = "aAeEéÉßſİıKﬁﬀ½…´ \t\x0b\x1f\u00a0\u3000\u0301\u0327ñøÅＡ１很慢’'\"%_\\;-\n\0σςΣ\u093e\u0591😀"
NAMES = ("spend", 'a"b', "x\ny", "日本 金額", '"; DROP TABLE customers; --', "select", "$1", "é", "S'", "customers")
text = st.text(st.sampled_from(LETTERS), max_size=8)
number = st.one_of(
    st.none(),
    st.integers(-3, 3).map(float),
    st.floats(allow_nan=False, width=64),
    st.sampled_from([0.1, 0.30000000000000004, 1e-7, 1e22, 123456789012345.67, -0.0, np.inf, -np.inf]),
)
day = st.one_of(
    st.none(),
    st.datetimes(pd.Timestamp("1900-01-01"), pd.Timestamp("2100-01-01")),
    st.sampled_from([pd.Timestamp("1969-12-31 23:59:59.999999"), pd.Timestamp("2024-02-29")]),
)
CELLS: dict[str, Any] = {
    "number": number,
    "money": number,
    "date": day,
    "yes/no": st.sampled_from([None, 0.0, 1.0]),
    "category": st.one_of(st.none(), text),
    "text": text,
}


@st.composite
def asked(draw: st.DrawFn) -> tuple[Customers, list[Condition], list[str]]:
    n = draw(st.integers(1, 12))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    roles = {name: draw(st.sampled_from(sorted(CELLS))) for name in names}
    columns: dict[str, Any] = {}
    for name in names:
        cells = draw(st.lists(CELLS[roles[name]], min_size=n, max_size=n))
        columns[name] = _column(roles[name], cells)
    frame = pd.DataFrame(columns)
    frame.index = pd.Index([f"C'{place}" for place in range(n)], dtype="str")
    described = tuple(Column(name, roles[name], "none", say("Given.")) for name in names)
    customers = Customers(frame, described, "customer id", n)
    segments = draw(st.lists(st.sampled_from(["S1", "S'2"]), min_size=n, max_size=n))
    conditions = [_condition(draw, customers, name) for name in draw(st.permutations([*names, SEGMENT]))]
    return customers, conditions[: draw(st.integers(1, 3))], segments


def _column(role: str, cells: list[Any]) -> Any:
    if role in ("number", "money", "yes/no"):
        return np.array([np.nan if cell is None else cell for cell in cells], dtype=np.float64)
    if role == "date":
        return pd.Series(pd.to_datetime(cells)).astype("datetime64[us]")
    return np.array(cells, dtype=object)


def _condition(draw: st.DrawFn, customers: Customers, name: str) -> Condition:
    op = draw(st.sampled_from(operations(customers, name)))
    if op in ("is missing", "is known"):
        return Condition(name, op)
    if name == SEGMENT:
        return Condition(name, op, ("S'2", "S1") if op == "is one of" and draw(st.booleans()) else ("S1",))
    role = customers.column(name).role
    known = [cell for cell in customers.frame[name] if not pd.isna(cell)]
    own = st.sampled_from(known) if known else CELLS[role].filter(lambda cell: cell is not None)
    if role == "yes/no":
        return Condition(name, op, (draw(st.sampled_from(["yes", "no"])),))
    if "contain" in op:
        part = draw(st.one_of(own, text))
        start = draw(st.integers(0, max(0, len(part) - 1)))
        words = part[start : start + draw(st.integers(1, 3))]
        words = f'"{words}"' if draw(st.booleans()) else words
        return Condition(name, op, (words if any(letter.isalnum() for letter in words) else "a",))
    if role in ("category",):
        n = draw(st.integers(1, 3)) if op == "is one of" else 1
        return Condition(name, op, tuple(draw(st.one_of(own, text)) for _ in range(n)))
    limits = sorted(draw(st.one_of(own, CELLS[role].filter(lambda cell: cell is not None))) for _ in range(2))
    written = [str(limit.date()) if role == "date" else repr(float(limit)) for limit in map(_stamp, limits)]
    return Condition(name, op, tuple(written if op == "between" else written[:1]))


def _stamp(found: Any) -> Any:
    return found if isinstance(found, float) else pd.Timestamp(found)


@given(asked())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_database_finds_exactly_whom_the_rule_means(
    made: tuple[Customers, list[Condition], list[str]],
) -> None:
    customers, conditions, segments = made
    try:
        claimed = apply_rule(customers, conditions, segments)
    except OptionError:  # words of accents alone, which are no words
        return
    query = sql(conditions, customers, segments=segments)  # never refused: each has an exact form
    found = selected(query, [condition.column for condition in conditions], customers, segments)
    assert list(found) == customers.frame.index[claimed].tolist(), query


@pytest.fixture
def shop() -> Customers:
    return typed(
        {"spend": "money", "since": "date", "app": "yes/no", "city": "category", "review": "text"},
        spend=[10.0, 250.5, -3.5, np.nan],
        since=pd.to_datetime(["2024-01-01", "2024-06-30 18:30", "2023-12-31", None], format="mixed"),
        app=[1.0, 0.0, 1.0, np.nan],
        city=["Rome", "L'Aquila", "rome", None],
        review=["Delivery was LATE", "Très déçu du délai, (late)", "物流很慢", ""],
    )


@pytest.mark.parametrize(
    "condition, written",
    [
        (Condition("spend", "≥", ("250.5",)), '"spend" >= 250.5'),
        (Condition("spend", "between", ("-3.5", "10")), '"spend" BETWEEN -3.5 AND 10'),
        (Condition("spend", "≠", ("1e-7",)), "\"spend\" <> CAST('1e-07' AS DOUBLE)"),
        (Condition("spend", "<", ("nan",)), "1 = 0"),
        (Condition("spend", "is missing"), '"spend" IS NULL'),
        (Condition("since", "≤", ("2024-06-30",)), "CAST(\"since\" AS DATE) <= DATE '2024-06-30'"),
        (Condition("app", "is", ("no",)), '"app" = 0'),
        (Condition("city", "is", ("L'Aquila",)), "\"city\" = 'L''Aquila'"),
        (Condition("city", "is one of", ("Rome", "rome")), "\"city\" IN ('Rome', 'rome')"),
        (Condition("city", "is not", ("Rome",)), "\"city\" <> 'Rome'"),
        (Condition("city", "contains", ("rom",)), "contains(lower(\"city\"), 'rom')"),
        (Condition("review", "contains", ("late",)), "contains(lower(strip_accents(\"review\")), 'late')"),
        (Condition("review", "is known"), "trim(\"review\") <> ''"),
    ],
)
def test_it_reads_as_one_would_write_it(shop: Customers, condition: Condition, written: str) -> None:
    query = sql([condition], shop)
    assert query == f'SELECT "customer_id"\nFROM "customers"\nWHERE {written};'
    assert matches([condition], shop)


def test_names_and_values_do_nothing_but_name(shop: Customers) -> None:
    evil = "x'; DROP TABLE customers; --"
    query = sql([Condition("city", "is", (evil,))], shop, table='a"; DELETE FROM b')
    assert "'x''; DROP TABLE customers; --'" in query
    assert 'FROM "a""; DELETE FROM b"' in query


def test_the_database_reaches_nothing_outside(shop: Customers, tmp_path) -> None:
    import duckdb

    (tmp_path / "a.csv").write_text("id\n1\n")
    for query in (
        f"SELECT * FROM read_csv('{tmp_path}/a.csv')",
        "SET threads = 2",
        f"COPY customers TO '{tmp_path}/b'",
    ):
        with pytest.raises(duckdb.Error):
            selected(query, ["spend"], shop)
    assert not (tmp_path / "b").exists()


def test_columns_that_a_database_takes_for_one_are_refused() -> None:
    shop = typed({"Spend": "money", "spend": "money"}, Spend=[1.0], spend=[2.0])
    with pytest.raises(OptionError, match="cannot tell the columns Spend and spend apart"):
        sql([Condition("spend", ">", ("1",))], shop)


def test_a_rule_that_does_not_fit_is_refused_in_words(shop: Customers) -> None:
    with pytest.raises(OptionError, match="no number"):
        sql([Condition("spend", ">", ("a lot",))], shop)
    with pytest.raises(OptionError, match="no condition"):
        sql([], shop)


@pytest.mark.parametrize("words", ["strasse", "fin", "k", '"a b"', "e", "\u0939\u093f", "istanbul", "1"])
@pytest.mark.parametrize("op", ["contains", "does not contain"])
def test_words_are_found_whatever_letters_they_are_written_in(op: str, words: str) -> None:
    notes = ["Die STRAßE", "ﬁne", "Kelvin K", "a\u3000b", "é", "\u0939\u093f", "İstanbul", "½ off"]
    shop = typed({"note": "text"}, note=notes)
    assert matches([Condition("note", op, (words,))], shop)
    assert apply_rule(shop, [Condition("note", op, (words,))]).any()


@given(st.lists(text, min_size=3, max_size=8), st.data())
@settings(max_examples=60, deadline=None)
def test_words_taken_from_texts_are_found_where_rules_find_them(notes: list[str], data: st.DataObject) -> None:
    shop = typed({"note": "text"}, note=[f"é{note}" for note in notes])
    words = data.draw(st.sampled_from(notes))[:3].replace('"', "")
    if any(letter.isalnum() for letter in words):
        assert matches([Condition("note", "contains", (f'"{words}"',))], shop)

"""Whatever dialect a table is written in, the same cells come back."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segment_core.intake import ReadingOptions, read
from segment_core.intake.dialects import find_delimiter

LETTERS = st.characters(codec="utf-8", exclude_characters="\0\r\x1f\ufeff", exclude_categories=("Cs", "Cc"))
CELL = st.text(st.one_of(LETTERS, st.sampled_from(',;\t|"\n é中')), min_size=1, max_size=12).filter(
    lambda text: text.strip()
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(1, 5))
    return draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=8))


@settings(max_examples=120, deadline=None)
@given(
    rows=tables(),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    quote_all=st.booleans(),
)
def test_cells_come_back_from_any_dialect(
    rows: list[list[str]], delimiter: str, line_end: str, encoding: str, quote_all: bool
) -> None:
    names = [f"column {position}" for position in range(len(rows[0]))]
    written = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(written, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows([names, *rows])
    table = read(written.getvalue().encode(encoding), "a.csv", ReadingOptions(delimiter=delimiter, header_row=1))
    assert list(table.frame.columns) == names
    assert table.frame.to_numpy().tolist() == rows


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.integers(0, 10**6), st.sampled_from(["Rome", "Bonn, Rhine", "Oslo; north", "a|b"]), st.floats(0, 1e6)
        ),
        min_size=2,
        max_size=12,
    ),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    comma=st.booleans(),
)
def test_the_dialect_of_ordinary_tables_is_found(
    rows: list[tuple[int, str, float]], delimiter: str, comma: bool
) -> None:
    spend = [f"{value:.2f}".replace(".", "," if comma else ".") for _, _, value in rows]
    frame = pd.DataFrame({"id": [row[0] for row in rows], "city": [row[1] for row in rows], "spend": spend})
    table = read(frame.to_csv(sep=delimiter, index=False).encode(), "a.csv")
    assert table.dialect.delimiter == delimiter
    assert table.dialect.decimal == ("," if comma else ".")
    assert table.frame["spend"].tolist() == spend


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n", ";"),
        ("a|b\n1;2|3\n4;5|6\n", "|"),
        ("name;note\nA;well, yes, no\nB;no\nC;one, two\n", ";"),
        ("note\nwell, yes\nno\nplain\n", ""),
        ("a,b\n1,2,3\n4,5,6,7\n8,9\n", ","),
        ('a,b\n"1;2;3","x;y;z"\n"4;5;6","u;v;w"\n', ","),
    ],
)
def test_delimiters(text: str, delimiter: str) -> None:
    assert find_delimiter(text, "a.csv") == delimiter

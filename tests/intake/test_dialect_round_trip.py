"""Random tables in random dialects come back cell by cell: told the dialect, whatever they hold; told nothing, as far
as a person could know.

What cannot be known and is therefore not asked: an empty cell and a missing one are alike; a row without a value is
no row; a line end inside a cell comes back as LF, and inside a column's name as a blank; a byte order mark at the very
beginning is no letter; control characters make a file binary. Told nothing, a table must look like one: ids that are
numbers below names that are words, and in an encoding without a mark enough letters to know it by.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from segment_core.artifacts import Table
from segment_core.intake import ReadingOptions, read

MARKS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
ANY_CELL = st.text(
    st.one_of(
        st.sampled_from(",;\t|\"\n\r '01.é中€"),
        st.characters(exclude_characters="\0\ufeff", exclude_categories=("Cs", "Cc")),
    ),
    max_size=10,
)
KNOWN_CELL = st.sampled_from(
    ["007", "NA", "None", "1,5", "1.234,56", "£23,705", "", " x ", '"', '""', '5" nail', "a\nb"]
)
CELL = st.one_of(ANY_CELL, KNOWN_CELL)


@dataclass(frozen=True)
class Written:
    delimiter: str
    encoding: str
    line_end: str
    quote_all: bool
    preamble: tuple[str, ...]

    def bytes_of(self, rows: Sequence[Sequence[str]]) -> bytes:
        lines = [*self.preamble, *(self.delimiter.join(map(self.cell, row)) for row in rows)]
        text = self.line_end.join([*lines, ""])
        if self.encoding == "utf-8-sig":
            return text.encode("utf-8-sig")
        return MARKS.get(self.encoding, b"") + text.encode(self.encoding)

    def cell(self, text: str) -> str:
        if self.quote_all or any(sign in text for sign in (self.delimiter, '"', "\r", "\n")):
            return '"' + text.replace('"', '""') + '"'
        return text


DIALECTS = st.builds(
    Written,
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252", "gb18030"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quote_all=st.booleans(),
    preamble=st.sampled_from([(), ("Customers of June",), ("Export", "", "made by sales")]),
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    return draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=8))


def lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def cells(table: Table) -> list[list[str]]:
    return [["" if pd.isna(cell) else cell for cell in row] for row in table.frame.to_numpy().tolist()]


@settings(max_examples=200, deadline=None)
@given(rows=tables(), dialect=DIALECTS, broken_name=st.booleans())
def test_told_the_dialect_any_cells_come_back(rows: list[list[str]], dialect: Written, broken_name: bool) -> None:
    names = [f"column {position}" for position in range(len(rows[0]))]
    written = [name.replace(" ", "\n") if broken_name else name for name in names]
    try:
        data = dialect.bytes_of([written, *rows])
    except UnicodeEncodeError:  # letters that cp1252 does not have
        assume(False)
    expected = [[lf(cell) for cell in row] for row in rows if any(row)]
    assume(expected)
    encoding = None if dialect.encoding in MARKS else dialect.encoding
    options = ReadingOptions(
        delimiter=dialect.delimiter, encoding=encoding, header_row=len(dialect.preamble) + 1, decimal="."
    )
    table = read(data, "a.csv", options)
    assert list(table.frame.columns) == names
    assert cells(table) == expected
    assert {note.code for note in table.notes} <= {"empty-rows", "preamble"}


LATIN = ("Hélène", "Zoë", "François", "Müller", "Señora", "Århus")
CHINESE = ("北京", "上海", "味道很好", "送餐太慢了", "王小明", "服务态度不错")
TEXTS = (
    "Good, really; I mean it",
    'She said "never again", twice',
    "first line\nsecond line",
    "a | b, c; d",
    "NA",
    "None",
    "",
    "£23,705",
    "well\tdone",
)


@settings(max_examples=200, deadline=None)
@given(
    dialect=DIALECTS,
    n_rows=st.integers(4, 30),
    comma=st.booleans(),
    broken_name=st.booleans(),
    seed=st.integers(0, 10**6),
)
def test_told_nothing_ordinary_tables_come_back(
    dialect: Written, n_rows: int, comma: bool, broken_name: bool, seed: int
) -> None:
    chance = random.Random(seed)
    letters = CHINESE if dialect.encoding == "gb18030" else LATIN
    names = ["customer id", "name", "spend", "comment", "code"]
    rows = []
    for number in range(n_rows):
        spend = f"{chance.randrange(10**6) / 100:.2f}".replace(".", "," if comma else ".")
        code = f"{chance.randrange(1000):05}"
        rows.append([str(1000 + number), chance.choice(letters), spend, chance.choice(TEXTS), code])
    written = ["customer\nid" if broken_name else names[0], *names[1:]]
    if dialect.encoding == "cp1252":
        assume(sum(row[3] == "£23,705" for row in rows) < n_rows / 3)
    if dialect.encoding == "gb18030":
        rows = [[cell.replace("£", "") for cell in row] for row in rows]
    table = read(dialect.bytes_of([written, *rows]), "a.csv")
    assert table.dialect.encoding == ("utf-8" if dialect.encoding == "utf-8-sig" else dialect.encoding)
    assert table.dialect.delimiter == dialect.delimiter
    assert table.dialect.decimal == ("," if comma else ".")
    assert list(table.frame.columns) == names
    assert cells(table) == rows

"""Every one of the 332 messy tables is read with the right shape or refused in a sentence; nothing is lost on the way.

Run with `-s` to see the table: verdict, rows × columns, what a guess by pandas said, what was noted.
"""

import bz2
import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from segment_core.artifacts import Table
from segment_core.errors import DataError
from segment_core.intake import read

MESSY = Path(__file__).resolve().parents[3] / "shared" / "data" / "messy_csv"
Shape = tuple[int, int]

# Where the guess of INVENTORY.tsv is not what a person would say, by the end of the path: what is right, and why.
NO_ROWS = "a header without rows is no list of customers"
EMPTY = "there is nothing in it"
BLANK_ROW = "a row without a value is dropped and counted; pandas counts it"
TRAILING = "separators at the end of every line make no columns, and rows of nothing else no rows"
TITLE = "lines above the header are quoted in a note and are no rows; pandas takes the first for the header"
HEADLESS = "the first line is data like the others, and pandas takes it for the header"
LONG = "a cell beyond the header is kept in a column of its own; pandas drops it or gives up"
PROSE = "a text for people to read: one column of lines"
COMMENT = "a comment above the header is quoted in a note; pandas takes it for the header"
RIGHT: dict[str, tuple[Shape | None, str]] = {
    "test.csvy.UTF8.RFC4180.csvy": (
        (18, 1),
        "a head of YAML as long as the table: no header can be found, no line is lost",
    ),
    "example/imdb.csv": ((100, 46), LONG),
    "example/milk.csv": ((379, 23), BLANK_ROW),
    "csv/all-empty.csv": (None, EMPTY),
    "csv/bad-header-more-fields.csv": ((1, 4), LONG),
    "csv/bad-header-no-header.csv": (None, EMPTY),
    "csv/bad-header-wrong-header.csv": (None, NO_ROWS),
    "csv/bad-missing-quote.csv": ((1, 3), "a mark that is never closed is a letter"),
    "csv/empty-one-column.csv": (None, NO_ROWS),
    "csv/header-no-rows.csv": (None, NO_ROWS),
    "examples/bad.csv": ((3, 4), LONG),
    "examples/bad_skip_lines.csv": ((3, 4), LONG),
    "examples/blanks_converted.csv": (None, "its only row has no value"),
    "csvkit/examples/empty.csv": (None, EMPTY),
    "examples/no_header_row.csv": (None, "one line cannot be told from a header"),
    "examples/no_header_row2.csv": (None, "one line cannot be told from a header"),
    "examples/no_header_row3.csv": ((2, 3), HEADLESS),
    "realdata/Datagov_FY10_EDU_recp_by_State.csv": ((55, 9), TITLE),
    "realdata/FY09_EDU_Recipients_by_State.csv": ((52, 9), TRAILING),
    "census_2000/README.txt": ((30, 1), PROSE),
    "census_2000/VROUTFSJ.TXt": ((1554, 1), "columns of fixed width, not separated: one column"),
    "census_2010/README.txt": ((12, 1), PROSE),
    "realdata/event-notification-rpt-lastmonth.txt": ((72, 71), TRAILING),
    "examples/test_empty_columns.csv": ((2, 3), TRAILING),
    "examples/test_empty_columns_long_row.csv": (None, "its only row has no value"),
    "examples/test_empty_columns_short_row.csv": (None, "its only row has no value"),
    "examples/test_header_newline.csv": ((1, 3), "the tabs stand inside a header cell; the separator is the comma"),
    "mth-10-january-2014.csv": ((89, 8), TITLE + "; the last column is empty"),
    "ESCC-payment-data-Q2281011.csv": ((5767, 6), TITLE),
    "soc_structure_2010.csv": ((1421, 5), TITLE + "; five columns and the blank rows are empty"),
    "1-readme-uganda-monthly.txt": ((25, 1), PROSE),
    "637050_ENTEBBE_tmx.txt": ((1349, 6), TITLE),
    "HEFCE_organogram_senior_data_31032011.csv": ((4, 18), TRAILING),
    "ni.2449-S3.csv": ((492, 19), TITLE),
    "tests/SA2-by-DJZ.csv.gz": ((1386, 3), TITLE + "; the three lines below the table stay as rows"),
    "tests/colnames4096.csv.bz2": (None, NO_ROWS),
    "tests/fread_line_error.csv.bz2": ((25, 20), HEADLESS + "; four columns are empty"),
    "tests/gb18030.txt": (None, "its only row has no value"),
    "tests/issue_1095_fread.txt.bz2": ((100, 47), HEADLESS),
    "tests/issue_1113_fread.txt.bz2": ((3, 1), "separated by blanks, which are no separator: one column"),
    "tests/issue_1462_fread_quotes.txt.gz": ((3, 79), "145 columns without a name are empty"),
    "tests/iterations.txt.bz2": ((100, 4), "all rows but the first end in one separator more than the header"),
    "tests/noquote.csv.gz": ((2094, 9), "a first record of another kind is quoted in a note; the rows have no header"),
    "tests/quoted_no_header.csv": ((6, 6), HEADLESS),
    "tests/session_aborted_fatal_error.txt.bz2": ((16, 251), HEADLESS),
    "tests/unescaped.csv": ((2, 3), "marks inside marks that are not doubled; the separator after them still cuts"),
    "data/blank-rows-multiple.csv": ((2, 3), BLANK_ROW),
    "data/blank-rows.csv": ((2, 3), BLANK_ROW),
    "data/capital-invalid.csv": ((10, 4), LONG),
    "data/chunk2.headless.csv": (None, "one line cannot be told from a header"),
    "data/chunk3.csv": (None, "one line cannot be told from a header"),
    "data/countries.csv": ((5, 5), COMMENT + "; " + LONG),
    "data/country-2.csv": ((5, 4), COMMENT),
    "data/defective-rows.csv": ((2, 4), LONG),
    "data/dialect.csv": ((2, 3), LONG),
    "frictionless/data/empty.csv": (None, EMPTY),
    "data/file.txt": (None, NO_ROWS),
    "data/invalid.csv": ((3, 5), LONG),
    "data/issue-1004-data1.csv": ((5, 5), LONG),
    "data/issue-1004-data2.csv": ((3, 5), LONG),
    "data/issue-1138.csv": ((7, 3), TRAILING),
    "data/matrix-with-comment.csv": ((4, 4), COMMENT),
    "data/schema-errors.csv": ((4, 6), LONG),
    "skip-rows-before-headers.csv": ((2, 2), COMMENT),
    "skip-rows.csv": ((3, 2), COMMENT + "; the one between the rows stays, as a short row"),
    "data/structure-errors.csv": ((3, 6), LONG + "; " + BLANK_ROW),
    "data/table-1MB.csv": ((10000, 10), HEADLESS),
    "data/text.txt": (None, NO_ROWS),
    "data/without-headers-extra.csv": ((3, 3), HEADLESS + "; " + LONG),
    "data/without-headers.csv": ((3, 2), HEADLESS),
    "data/without-rows.csv": (None, NO_ROWS),
}


def inventory() -> list[dict[str, str]]:
    if not MESSY.is_dir():
        return []
    with (MESSY / "INVENTORY.tsv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t"))


LINES = inventory()
pytestmark = pytest.mark.skipif(not LINES, reason="the real files are not beside the repository")


@pytest.fixture(scope="module")
def ledger() -> Iterator[list[tuple[str, ...]]]:
    """Collect a line for each file and print them as a table at the end."""
    rows: list[tuple[str, ...]] = []
    yield rows
    print(f"\n\n{'file':70}  {'verdict':8}{'rows × columns':>16}  {'pandas guessed':>16}  notes")  # noqa: T201 - seen with -s
    for name, verdict, shape, guess, notes in rows:
        print(f"{name[-70:]:70}  {verdict:8}{shape:>16}  {guess:>16}  {notes}")  # noqa: T201
    print(f"{len(rows)} files, {sum(row[1] == 'read' for row in rows)} read")  # noqa: T201


def test_the_inventory_is_whole() -> None:
    assert len(LINES) == 332
    names = [line["file"] for line in LINES]
    assert all(sum(name.endswith(end) for name in names) in (1, 2) for end in RIGHT)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("line", LINES, ids=[line["file"].removeprefix("messy_csv/") for line in LINES])
def test_a_messy_file_is_read_right_or_refused(line: dict[str, str], ledger: list[tuple[str, ...]]) -> None:
    path = MESSY.parent / line["file"]
    guess = line["pandas_shape_with_guess"]
    right, reason = next((found for end, found in RIGHT.items() if line["file"].endswith(end)), (None, ""))
    if not reason:
        rows, columns = guess.strip("()").split(",")
        right = int(rows), int(columns)
    name = line["file"].removeprefix("messy_csv/")
    guessed = guess if guess.startswith("(") else "failed"
    try:
        table = read(path, path.name)
    except DataError as error:
        ledger.append((name, "refused", "", guessed, str(error)))
        assert right is None, str(error)
        assert len(str(error).splitlines()) == 1
        return
    said = ", ".join(f"{note.code} {note.count}" for note in table.notes)
    ledger.append((name, "read", f"{len(table.frame)} × {table.frame.shape[1]}", guessed, said))
    assert table.frame.shape == right
    assert table.frame.columns.is_unique
    assert all(isinstance(column, str) and column for column in table.frame.columns)
    assert_nothing_lost(path, table)


def assert_nothing_lost(path: Path, table: Table) -> None:
    """Count the cells of the file with Python's own reader: each is in the table, in its header, or in a note."""
    codes = {note.code: note for note in table.notes}
    rows = list(_records(path, table, quoted="stray-quotes" not in codes))
    header = table.dialect.header_row
    above = [row for line, row in rows if line < (header or 0)]
    names = [row for line, row in rows if line == header]
    below = [row for line, row in rows if header is None or line > header]
    preamble = codes["preamble"].count if "preamble" in codes else 0
    if header is None:
        above, below = below[:preamble], below[preamble:]
    assert sum(any(cell.strip(' ,;\t|"') for cell in row) for row in above) == preamble
    filled = [row for row in below if any(row)]
    assert len(table.frame) == len(filled)
    empty = codes["empty-rows"].count if "empty-rows" in codes else 0
    assert len(below) - len(filled) == empty
    if "stray-quotes" in codes:
        return  # a mended row has other cells than Python's reader sees, and its note quotes it
    assert int(table.frame.notna().sum().sum()) == sum(1 for row in filled for cell in row if cell)
    width = len(names[0]) if names else max(len(row) for row in filled)
    dropped = codes["empty-columns"].count if "empty-columns" in codes else 0
    assert table.frame.shape[1] == max(width, *(len(row) for row in filled)) - dropped


def _records(path: Path, table: Table, quoted: bool) -> Iterator[tuple[int, list[str]]]:
    """Return the records of a file as Python's reader cuts them, each with the line it starts on."""
    packed = path.read_bytes()
    opened = {".gz": gzip.decompress, ".bz2": bz2.decompress}.get(path.suffix)
    text = (opened(packed) if opened else packed).decode(table.dialect.encoding).removeprefix("\ufeff")
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(2**31 - 1)
    quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(io.StringIO(text), delimiter=table.dialect.delimiter or "\x1f", quoting=quoting)
    line = 0
    for row in reader:
        yield line, row
        line = reader.line_num


@pytest.mark.parametrize("name", ["csv-spectrum/csvs", "csv-test-data/csv"])
def test_cells_are_those_of_the_expected_json(name: str) -> None:
    compared = 0
    for path in sorted((MESSY / name).glob("*.csv")):
        beside = MESSY / name.split("/", maxsplit=1)[0] / "json" / f"{path.stem}.json"
        if not beside.exists():
            continue
        expected = beside.read_text(encoding="utf-8").replace("\\r\\n", "\\n")  # a line end in a cell becomes LF
        rows = _as_rows(json.loads(expected))
        if not any(cell for row in rows[1:] for cell in row):
            with pytest.raises(DataError, match=r"no rows of data|is empty"):
                read(path, path.name)
            continue
        table = read(path, path.name)
        cells = [["" if pd.isna(cell) else cell for cell in row] for row in table.frame.to_numpy().tolist()]
        assert [list(table.frame.columns), *cells] == rows, path.name
        compared += 1
    assert compared >= 11


def _as_rows(expected: list[dict[str, str]] | list[list[str]]) -> list[list[str]]:
    if expected and isinstance(expected[0], dict):
        objects = [row for row in expected if isinstance(row, dict)]
        return [list(objects[0]), *([*row.values()] for row in objects)]
    return [list(row) for row in expected]


@pytest.mark.parametrize(
    ("name", "code", "row"),
    [
        ("bad-header-less-fields", "short-rows", ["1", "2", None]),
        ("bad-header-more-fields", "long-rows", ["1", "2", "3", "4"]),
        ("bad-missing-quote", "stray-quotes", ["1", '"I forgot to close this one', "3"]),
    ],
)
def test_what_is_bad_on_purpose_is_mended_and_said(name: str, code: str, row: list[str | None]) -> None:
    table = read(MESSY / "csv-test-data" / "csv" / f"{name}.csv", f"{name}.csv")
    assert [None if pd.isna(cell) else cell for cell in table.frame.iloc[0]] == row
    note = next(note for note in table.notes if note.code == code)
    assert (note.count, note.places[0][0]) == (1, 1)

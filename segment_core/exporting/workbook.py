"""Workbook: customers as Excel sheets, in which no text is a formula or a link, after a sheet that explains them."""

import io
import math
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from segment_core.artifacts import Progress, silent
from segment_core.exporting.batches import BATCH, Sheet
from segment_core.exporting.sheetxml import MOST_LETTERS, letters_of, rows_xml

MOST_ROWS = 1_048_575
"""Rows that a sheet of Excel has below its head."""
README, CUSTOMERS = "Read me", "Customers"
SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LARGE = 2**30
"""Bytes of a sheet from which on the archive is told that it may grow beyond what old zip files hold."""
_DAY = (1980, 1, 1, 0, 0, 0)
_SHEET = "xl/worksheets/sheet{number}.xml"
_ROWS = b"<sheetData/>"


def write_workbook(
    sheet: Sheet,
    path: Path,
    readme: Sequence[tuple[str, str]],
    progress: Progress = silent,
    *,
    titles: tuple[str, str] = (README, CUSTOMERS),
    most_rows: int = MOST_ROWS,
) -> int:
    """Write customers, going on in another sheet where one is full; return how many sheets hold them.

    `readme` are the rows of the first sheet, a title and a text each; `titles` name that sheet and the others.
    XlsxWriter makes the book with empty sheets; rows are written into these as they come, so memory does not grow.
    Texts longer than a cell of Excel holds (32,767 letters) are cut.
    """
    n_sheets = max(1, math.ceil(len(sheet) / most_rows))
    names = [str(name) for name in sheet.makers]
    empty = zipfile.ZipFile(io.BytesIO(_book(readme, len(names), n_sheets, titles)))
    ours = {_SHEET.format(number=number + 2) for number in range(n_sheets)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name in empty.namelist():
            if name not in ours:
                book.writestr(_entry(name), empty.read(name))
        parts = _pieces(sheet, progress, most_rows)
        part = next(parts)
        for number in range(n_sheets):
            n_rows = min(most_rows, len(sheet) - number * most_rows)
            name = _SHEET.format(number=number + 2)
            # Programs that read a sheet as a stream ask this for its size.
            spans = f'<dimension ref="A1:{letters_of(max(len(names) - 1, 0))}{n_rows + 1}"/>'
            head, tail = empty.read(name).replace(b'<dimension ref="A1"/>', spans.encode()).split(_ROWS)
            made = rows_xml(part, 2)
            large = len(made) / max(len(part), 1) * n_rows > LARGE
            with book.open(_entry(name), "w", force_zip64=large) as page:
                page.write(head + b"<sheetData>" + rows_xml(_names(names), 1, style=1) + made)
                at = len(part)
                while at < n_rows:
                    part = next(parts)
                    page.write(rows_xml(part, at + 2))
                    at += len(part)
                page.write(b"</sheetData>" + tail)
            part = next(parts, part)
    return n_sheets


def _pieces(sheet: Sheet, progress: Progress, most_rows: int) -> Iterator[pd.DataFrame]:
    """Make rows so many at a time that none go across the end of a sheet."""
    size = min(BATCH, most_rows)
    for number, part in enumerate(sheet.parts(progress, size=size)):
        # How many rows of the sheet are left where this part starts.
        left = most_rows - number * size % most_rows
        yield part.iloc[:left]
        if left < len(part):
            yield part.iloc[left:]


def _names(names: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame([names], columns=range(len(names)), dtype=object)


def _entry(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, _DAY)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def _book(readme: Sequence[tuple[str, str]], n_columns: int, n_sheets: int, titles: tuple[str, str]) -> bytes:
    """Return a book that holds the sheet which explains, and empty ones for customers."""
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, SAFE) as book:
        bold: Any = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        first = book.add_worksheet(titles[0])
        first.set_column(0, 0, 28, bold)
        first.set_column(1, 1, 100, wrapped)
        for number, (title, text) in enumerate(readme):
            first.write_string(number, 0, title[:MOST_LETTERS], bold)
            first.write_string(number, 1, text[:MOST_LETTERS], wrapped)
        for number in range(n_sheets):
            page = book.add_worksheet(titles[1] if n_sheets == 1 else f"{titles[1]} {number + 1}")
            page.freeze_panes(1, 1)
            page.set_column(0, n_columns - 1, 18)
    return made.getvalue()

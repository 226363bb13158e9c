"""Workbook: customers as Excel sheets, in which no text is a formula or a link, after a sheet that explains them."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from segment_core.artifacts import Progress, silent
from segment_core.exporting.batches import BATCH, Sheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575
"""Rows that a sheet of Excel has below its head."""
MOST_LETTERS = 32_767
README, CUSTOMERS = "Read me", "Customers"
SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def write_workbook(
    sheet: Sheet,
    path: Path,
    readme: Sequence[tuple[str, str]],
    progress: Progress = silent,
    *,
    most_rows: int = MOST_ROWS,
) -> int:
    """Write customers, going on in another sheet where one is full; return how many sheets hold them.

    `readme` are the rows of the first sheet, a title and a text each. Rows are written out as they come, so memory does
    not grow. Texts longer than a cell of Excel holds (32,767 letters) are cut.
    """
    import xlsxwriter

    n_sheets = max(1, math.ceil(len(sheet) / most_rows))
    with xlsxwriter.Workbook(str(path), SAFE) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        first = book.add_worksheet(README)
        first.set_column(0, 0, 28)
        first.set_column(1, 1, 100, wrapped)
        for number, (title, text) in enumerate(readme):
            first.write_string(number, 0, title[:MOST_LETTERS], bold)
            first.write_string(number, 1, text[:MOST_LETTERS], wrapped)
        page: Any = None
        at = most_rows
        names = list(sheet.makers)
        for part in sheet.parts(progress, size=min(BATCH, most_rows)):
            if page is None:
                page, number, at = _page(book, names, bold, 1, n_sheets), 1, 0
            for row in _rows(part):
                if at == most_rows:
                    number += 1
                    page, at = _page(book, names, bold, number, n_sheets), 0
                at += 1
                # Rows one after the other, because memory is constant only so.
                for place, cell in enumerate(row):
                    kind = type(cell)
                    if kind is str:
                        page.write_string(at, place, cell if len(cell) <= MOST_LETTERS else cell[:MOST_LETTERS])
                    elif (kind is float or kind is int) and math.isfinite(cell):
                        page.write_number(at, place, cell)
                    elif cell is not None:
                        _write(page, at, place, cell)
    return n_sheets


def _page(book: Any, names: Sequence[str], bold: Any, number: int, n_sheets: int) -> "Worksheet":
    made = book.add_worksheet(CUSTOMERS if n_sheets == 1 else f"{CUSTOMERS} {number}")
    made.freeze_panes(1, 1)
    made.set_column(0, len(names) - 1, 18)
    for place, name in enumerate(names):
        made.write_string(0, place, str(name)[:MOST_LETTERS], bold)
    found: Worksheet = made
    return found


def _rows(part: pd.DataFrame) -> Any:
    columns = [part[name].astype(object).where(part[name].notna(), None).tolist() for name in part.columns]
    return zip(*columns, strict=True)


def _write(page: "Worksheet", at: int, place: int, cell: Any) -> None:
    if isinstance(cell, bool):
        page.write_boolean(at, place, cell)
    elif isinstance(cell, int | float) and math.isfinite(cell):
        page.write_number(at, place, cell)
    else:
        page.write_string(at, place, str(cell)[:MOST_LETTERS])

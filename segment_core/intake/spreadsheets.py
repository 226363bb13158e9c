"""Spreadsheets: Excel and Parquet files become rows of text."""

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from segment_core.artifacts import Note
from segment_core.errors import DataError
from segment_core.intake.dialects import find_start
from segment_core.messages import say


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet cut into cells of text, empty ones missing; `names` is None where it has no header."""

    names: Sequence[str] | None
    rows: pd.DataFrame
    sheet: str
    header_row: int | None
    notes: tuple[Note, ...]


def open_excel(data: bytes, name: str, sheet: str | None, header_row: int | None) -> Sheet:
    """Read one sheet: the chosen one, else the first that has cells."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (calamine.CalamineError, OSError) as error:
        raise _unreadable(name) from error
    if sheet is not None and sheet not in book.sheet_names:
        raise DataError(
            "The file {name} has no sheet named {sheet}; it has: {names}.",
            name=name,
            sheet=sheet,
            names=", ".join(book.sheet_names),
        )
    notes: tuple[Note, ...] = ()
    cells: list[list[str]] = []
    chosen = ""
    for candidate in [sheet] if sheet is not None else book.sheet_names:
        try:
            found = book.get_sheet_by_name(candidate).to_python(skip_empty_area=False)
        except (calamine.CalamineError, OSError) as error:
            raise _unreadable(name) from error
        cells, chosen = [[_text(cell) for cell in row] for row in found], candidate
        if any(any(row) for row in cells):
            break
    if not any(any(row) for row in cells):
        raise DataError("The file {name} is empty. Give a file with one row for each customer.", name=name)
    if sheet is None and len(book.sheet_names) > 1:
        others = ", ".join(other for other in book.sheet_names if other != chosen)
        message = say("The sheet {sheet} was read; not read: {names}.", sheet=chosen, names=others[:200])
        notes += (Note("other-sheets", message, len(book.sheet_names) - 1, "warning"),)
    return _cut(cells, chosen, header_row, notes)


def open_parquet(data: bytes, name: str) -> pd.DataFrame:
    """Read a Parquet file as text; nested columns become their JSON-like text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(data))
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(name) from error
    columns = [_column_text(column) for column in table.columns]
    frame = pd.DataFrame(dict(enumerate(columns)), index=range(table.num_rows))
    frame.columns = pd.Index(table.column_names)
    return frame


def _cut(cells: list[list[str]], sheet: str, header_row: int | None, notes: tuple[Note, ...]) -> Sheet:
    start = find_start(list(enumerate(_without_empty_edge(cells[:300]))))
    skipped, has_header = start.skipped, start.has_header
    if header_row is not None:
        skipped, has_header = max(header_row - 1, 0), header_row > 0
    above = [" ".join(cell for cell in row if cell) for row in cells[:skipped]]
    above = [line for line in above if line]
    if above:
        message = say(
            "Lines above the header that were not read as customers: {n} ({text}).",
            n=len(above),
            text=" / ".join(above)[:200],
        )
        notes += (Note("preamble", message, len(above), "warning"),)
    rows = pd.DataFrame([[cell or None for cell in row] for row in cells[skipped:]], dtype="str")
    if not has_header or rows.empty:
        return Sheet(None, rows, sheet, None, notes)
    return Sheet(list(rows.iloc[0].fillna("")), rows.iloc[1:].reset_index(drop=True), sheet, skipped, notes)


def _without_empty_edge(rows: list[list[str]]) -> list[list[str]]:
    width = max((position + 1 for row in rows for position, cell in enumerate(row) if cell), default=0)
    return [row[:width] for row in rows]


def _text(cell: Any) -> str:
    """Write a cell as a person would have typed it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(sep=" ")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def _column_text(column: Any) -> pd.Series:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        text = pd.Series(column.to_pandas(), dtype="str")
        return text.mask(text == "")
    if pa.types.is_floating(kind):
        values = column.to_pandas()
        whole = values.notna() & np.isfinite(values) & (values % 1 == 0) & (values.abs() < 2**53)
        text = values.astype("str")
        text = text.mask(whole, values.where(whole, 0).astype("int64").astype("str"))
        return pd.Series(text.mask(values.isna()), dtype="str")
    cells = [None if cell is None else _text(cell) for cell in column.to_pylist()]
    return pd.Series(cells, dtype="str")


def _unreadable(name: str) -> DataError:
    return DataError(
        "The file {name} is damaged, locked with a password, or no table. Open it and save it again.", name=name
    )

"""Spreadsheets: Excel and Parquet files become rows of text."""

import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from segment_core.artifacts import Note
from segment_core.errors import DataError
from segment_core.intake.dialects import find_start
from segment_core.intake.values import looks_typed
from segment_core.messages import say

Merge = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell, each as row and column from 0, of a block that is one merged cell."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet cut into cells of text, empty ones missing; `names` is None where it has no header."""

    names: Sequence[str] | None
    rows: pd.DataFrame
    sheet: str
    header_row: int | None
    notes: tuple[Note, ...]


class Book:
    """An Excel or ODS file, opened once for all its sheets."""

    def __init__(self, data: bytes, name: str) -> None:
        import python_calamine as calamine

        self.name = name
        self._unreadable = (calamine.CalamineError, OSError)
        try:
            self._book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        except self._unreadable as error:
            raise _unreadable(name) from error
        self._cells: dict[str, list[list[str]]] = {}

    @property
    def sheets(self) -> tuple[str, ...]:
        """Return the names of the sheets that have cells.

        Raises
        ------
        DataError
            If none has.
        """
        found = tuple(sheet for sheet in self._book.sheet_names if any(any(row) for row in self._read(sheet)))
        if not found:
            raise DataError("The file {name} is empty. Give a file with one row for each customer.", name=self.name)
        return found

    def sheet(self, sheet: str | None, header_row: int | None) -> Sheet:
        """Cut one sheet into a table: the chosen one, else the first that has cells."""
        names = self._book.sheet_names
        if sheet is not None and sheet not in names:
            raise DataError(
                "The file {name} has no sheet named {sheet}; it has: {names}.",
                name=self.name,
                sheet=sheet,
                names=", ".join(names),
            )
        chosen = sheet if sheet is not None else self.sheets[0]
        cells = self._read(chosen)
        if not any(any(row) for row in cells):
            raise DataError("The file {name} is empty. Give a file with one row for each customer.", name=self.name)
        notes: tuple[Note, ...] = ()
        if sheet is None and len(names) > 1:
            others = ", ".join(other for other in names if other != chosen)
            message = say("The sheet {sheet} was read; not read: {names}.", sheet=chosen, names=others[:200])
            notes += (Note("other-sheets", message, len(names) - 1, "warning"),)
        merges = self._book.get_sheet_by_name(chosen).merged_cell_ranges or []
        return _cut(cells, merges, chosen, header_row, notes)

    def _read(self, sheet: str) -> list[list[str]]:
        if sheet not in self._cells:
            try:
                found = self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            except self._unreadable as error:
                raise _unreadable(self.name) from error
            self._cells[sheet] = [[_text(cell) for cell in row] for row in found]
        return self._cells[sheet]


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


def _cut(
    cells: list[list[str]], merges: Sequence[Merge], sheet: str, header_row: int | None, notes: tuple[Note, ...]
) -> Sheet:
    width = max(len(row) for row in cells)
    cells = [row + [""] * (width - len(row)) for row in cells]
    start = find_start(list(enumerate(_without_empty_edge(cells[:300]))))
    skipped, has_header = start.skipped, start.has_header
    if header_row is not None:
        skipped, has_header = max(header_row - 1, 0), header_row > 0
    first, last = _header_lines(cells, merges, skipped, header_row is not None) if has_header else (skipped, skipped)
    notes += _preamble(cells[:first])
    body = last + 1 if has_header else skipped
    notes += _fill_down(cells, merges, body)
    rows = pd.DataFrame([[cell or None for cell in row] for row in cells[body:]], columns=range(width), dtype="str")
    if not has_header:
        return Sheet(None, rows, sheet, None, notes)
    return Sheet(_joined_names(cells, merges, first, last), rows, sheet, last, notes)


def _preamble(above: Sequence[Sequence[str]]) -> tuple[Note, ...]:
    lines = [line for row in above if (line := " ".join(cell for cell in row if cell))]
    if not lines:
        return ()
    message = say(
        "Lines above the header that were not read as customers: {n} ({text}).",
        n=len(lines),
        text=" / ".join(lines)[:200],
    )
    return (Note("preamble", message, len(lines), "warning", tuple((0, line[:500]) for line in lines[:20])),)


def _header_lines(cells: list[list[str]], merges: Sequence[Merge], found: int, told: bool) -> tuple[int, int]:
    """Return the first and last line of the header: two where cells of the upper one span those of the lower one."""
    last = found
    if not told and _spans(cells, merges, found) and found + 1 < len(cells):
        below = cells[found + 1]
        named = all(
            sum(bool(below[column]) for column in range(start[1], end[1] + 1)) >= 2
            for start, end in _spans(cells, merges, found)
        )
        years = all(re.fullmatch(r"(19|20)[0-9]{2}", cell) for cell in below if looks_typed(cell))
        last = found + 1 if named and years else found
    first = last - 1 if last and _spans(cells, merges, last - 1) else last
    return first, last


def _spans(cells: list[list[str]], merges: Sequence[Merge], line: int) -> list[Merge]:
    """Return the cells of a line that are merged over several columns, unless it is one title at the left."""
    found = [
        (start, end)
        for start, end in merges
        if start[0] <= line <= end[0] and end[1] > start[1] and end[1] < len(cells[line]) and cells[start[0]][start[1]]
    ]
    alone = sum(map(bool, cells[line])) == 1
    return [] if alone and found and found[0][0][1] == 0 else found


def _joined_names(cells: list[list[str]], merges: Sequence[Merge], first: int, last: int) -> list[str]:
    lines = [list(row) for row in cells[first : last + 1]]
    for start, end in merges:
        for line in range(max(start[0], first), min(end[0], last) + 1):
            lines[line - first][start[1] : end[1] + 1] = [cells[start[0]][start[1]]] * (end[1] - start[1] + 1)
    if first == last and not _spans(cells, merges, first):
        return list(cells[first])
    return [" ".join(dict.fromkeys(part for part in parts if part)) for parts in zip(*lines, strict=True)]


def _fill_down(cells: list[list[str]], merges: Sequence[Merge], body: int) -> tuple[Note, ...]:
    """Write the value of cells that are merged over several rows into each of these rows."""
    places = []
    for start, end in merges:
        value = cells[start[0]][start[1]] if start[0] < len(cells) and start[1] < len(cells[0]) else ""
        if value and start[0] >= body and end[0] > start[0]:
            for line in range(start[0] + 1, min(end[0] + 1, len(cells))):
                cells[line][start[1]] = value
                places.append((line - body + 1, value[:500]))
    if not places:
        return ()
    message = say("Cells below a merged cell that were given its value: {n}.", n=len(places))
    return (Note("merged-cells", message, len(places), places=tuple(sorted(places)[:20])),)


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

"""Columns: delimited text becomes columns of text, at Arrow's speed where it is regular, row by row where not."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from segment_core.intake.mending import SHOWN, Record, Tally, Unclosed, lines_of, records

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 2 * 2**20
"""Bytes that Arrow cuts at a time; a file with a longer row takes the careful road."""

_ROWS = 20_000
_LINE_END = "\r\n|\r|\n"


@dataclass(frozen=True, slots=True)
class Shape:
    """What cutting needs to know: the separator, the usual number of cells in a row, and that of the header."""

    delimiter: str
    width: int
    header: int


class Irregular(Exception):  # noqa: N818 - not shown to anybody
    """Raised where only the careful road can tell how the rows were meant."""


def cut_fast(source: IO[bytes], shape: Shape, tick: Callable[[], None], quoted: bool) -> "tuple[pa.Table, Tally]":
    """Cut UTF-8 text into columns as Arrow does; rows of another width are mended and put back at their place.

    Raises
    ------
    Irregular
        If quotation marks may have swallowed rows, or a row is longer than a batch.
    """
    import pyarrow as pa
    import pyarrow.csv as arrow_csv

    odd: list[tuple[int, str]] = []

    def set_aside(row: Any) -> str:
        odd.append((row.number or 0, row.text))
        return "skip"

    names = [str(position) for position in range(shape.width)]
    parsing = arrow_csv.ParseOptions(
        delimiter=shape.delimiter, newlines_in_values=quoted, ignore_empty_lines=False, invalid_row_handler=set_aside
    )
    converting = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.large_string()),
        check_utf8=False,  # `detect` has done so
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
    )

    def reading(threads: bool) -> Any:
        return arrow_csv.ReadOptions(column_names=names, block_size=BATCH, use_threads=threads)

    try:
        if not quoted and isinstance(source, pa.NativeFile):
            start = source.tell()
            table = arrow_csv.read_csv(source, reading(True), parsing, converting)
            tick()
            if not odd and shape.width == shape.header and table.num_rows:
                return table, Tally()
            # Threads do not number the rows: once more in order, so that odd ones can go back to their place.
            del table
            odd.clear()
            source.seek(start)
        batches = []
        for batch in arrow_csv.open_csv(source, reading(False), parsing, converting):
            batches.append(batch)
            tick()
    except pa.ArrowInvalid as error:
        raise Irregular from error
    if not batches:
        raise Irregular
    table = pa.Table.from_batches(batches)
    del batches, batch
    tally = Tally()
    if quoted and _may_have_swallowed(table, shape):
        raise Irregular
    if shape.width != shape.header:
        _judge_all(table, shape, odd, tally)
    if odd:
        table = _put_back(table, odd, shape, tally)
    return _widened(table, shape.header), tally


def cut_carefully(source: IO[bytes], shape: Shape, tick: Callable[[], None]) -> "tuple[pa.Table, Tally]":
    """Cut UTF-8 text into columns record by record."""
    import pyarrow as pa

    tally, parts, row = Tally(), [], 0
    with io.TextIOWrapper(source, encoding="utf-8", newline=None) as lines:
        found = records(lines, shape.delimiter, shape.width)
        while chunk := list(islice(found, _ROWS)):
            for record in chunk:
                row += 1
                tally.judge(record, row, shape.header)
            parts.append(_table([record.cells for record in chunk], shape.width))
            tick()
    widest = max((part.num_columns for part in parts), default=shape.width)
    parts = [_widened(part, widest) for part in parts]
    table = pa.concat_tables(parts) if parts else _table([], shape.width)
    return _widened(table, shape.header), tally


def settled(table: "pa.Table") -> "pa.Table":
    """Return the table with every line end inside its cells as LF."""
    import pyarrow.compute as pc

    for position, name in enumerate(table.column_names):
        column = table.column(position)
        if _holds(column, b"\r"):
            column = pc.replace_substring(pc.replace_substring(column, "\r\n", "\n"), "\r", "\n")
            table = table.set_column(position, name, column)
    return table


def places_of(table: "pa.Table", sign: str) -> tuple[tuple[int, str], ...]:
    """Return the first cells that hold a sign, each with its row, counted from 1."""
    import pyarrow.compute as pc

    found = []
    for column in table.columns:
        rows = pc.indices_nonzero(pc.fill_null(pc.match_substring(column, sign), False))[:SHOWN].to_pylist()
        found += [(row + 1, column[row].as_py()[:500]) for row in rows]
    return tuple(sorted(found)[:SHOWN])


def _holds(column: Any, sign: bytes) -> bool:
    """Tell whether a sign of one byte stands anywhere in a column, by its bytes."""
    for chunk in column.chunks:
        text = chunk.buffers()[2]
        if text is not None and np.any(np.frombuffer(text, dtype=np.uint8) == sign[0]):
            return True
    return False


def _may_have_swallowed(table: "pa.Table", shape: Shape) -> bool:
    """Tell whether the lines of some row could all be rows of their own, or the last row has no end."""
    import pyarrow.compute as pc

    broken = [column for column in table.columns if _holds(column, b"\n") or _holds(column, b"\r")]
    if not broken:
        return False
    if any(sign in (column[-1].as_py() or "") for column in broken if len(column) for sign in "\r\n"):
        return True  # its last mark may be missing
    if shape.width < 2:
        return False
    ends = pc.fill_null(pc.count_substring_regex(broken[0], _LINE_END), 0)
    for column in broken[1:]:
        ends = pc.add(ends, pc.fill_null(pc.count_substring_regex(column, _LINE_END), 0))
    rows = pc.indices_nonzero(ends)
    separators = sum(
        pc.fill_null(pc.count_substring(column.take(rows), shape.delimiter), 0).to_numpy() for column in table.columns
    )
    return bool(np.any(separators == (shape.width - 1) * ends.take(rows).to_numpy()))


def _judge_all(table: "pa.Table", shape: Shape, odd: Sequence[tuple[int, str]], tally: Tally) -> None:
    """Count the regular rows as long or short where the header has another width than they."""
    import pyarrow.compute as pc

    filled = pc.is_valid(table.column(0))
    for column in table.columns[1:]:
        filled = pc.or_(filled, pc.is_valid(column))
    rows = np.flatnonzero(filled.to_numpy())
    code = "long-rows" if shape.width > shape.header else "short-rows"
    numbers = _numbers(table.num_rows, odd)
    for row in rows[:SHOWN]:
        cells = [column[int(row)].as_py() or "" for column in table.columns]
        tally.add(code, int(numbers[row]), shape.delimiter.join(cells))
    if len(rows):
        tally.counts[code] = len(rows)


def _numbers(n_regular: int, odd: Sequence[tuple[int, str]]) -> Any:
    """Return the number of each regular row, from 1, counting the odd ones between them."""
    before = np.array([number - position for position, (number, _) in enumerate(odd)], dtype=np.int64)
    rows = np.arange(1, n_regular + 1)
    return rows + np.searchsorted(before, rows, side="right")


def _put_back(table: "pa.Table", odd: Sequence[tuple[int, str]], shape: Shape, tally: Tally) -> "pa.Table":
    """Mend the rows that were set aside, and put them where they stood."""
    import pyarrow as pa

    mended: list[Record] = []
    before: list[int] = []
    more = 0  # rows that quotation marks had joined to others
    for position, (number, text) in enumerate(odd):
        try:
            found = list(records(lines_of(text + "\n"), shape.delimiter, shape.width, whole=False))
        except Unclosed as error:
            raise Irregular from error
        for place, record in enumerate(found or [Record([], text)]):
            tally.judge(record, number + more + place, shape.header)
            mended.append(record)
            before.append(number - 1 - position)
        more += max(len(found) - 1, 0)
    rows = _table([record.cells for record in mended], shape.width)
    table = _widened(table, rows.num_columns)
    pieces, start = [], 0
    for batch in table.to_batches():
        stop = start + batch.num_rows
        low = int(np.searchsorted(before, start)) if start else 0
        high = int(np.searchsorted(before, stop)) if stop < table.num_rows else len(before)
        piece = pa.Table.from_batches([batch])
        if high > low:
            places = np.asarray(before[low:high]) - start
            order = np.insert(np.arange(batch.num_rows), places, batch.num_rows + np.arange(high - low))
            piece = pa.concat_tables([piece, rows.slice(low, high - low)]).take(order)
        pieces.append(piece)
        start = stop
    return pa.concat_tables(pieces) if table.num_rows else rows


def _table(rows: Sequence[Sequence[str]], width: int) -> "pa.Table":
    """Make columns of rows, missing where a cell is empty or lacking."""
    import pyarrow as pa

    widest = max((len(cells) for cells in rows), default=0)
    columns: list[list[str | None]] = [[None] * len(rows) for _ in range(max(widest, width))]
    for number, cells in enumerate(rows):
        for position, cell in enumerate(cells):
            if cell:
                columns[position][number] = cell
    arrays = [pa.array(column, pa.large_string()) for column in columns]
    return pa.table(arrays, names=[str(position) for position in range(len(arrays))])


def _widened(table: "pa.Table", width: int) -> "pa.Table":
    import pyarrow as pa

    for position in range(table.num_columns, width):
        table = table.append_column(str(position), pa.nulls(table.num_rows, pa.large_string()))
    return table

"""Delimited text: where the table begins and how it is cut are found on its beginning, then the whole is read."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from segment_core.artifacts import Note, Progress, silent
from segment_core.errors import DataError
from segment_core.intake.columns import Irregular, Shape, cut_carefully, cut_fast, places_of, settled
from segment_core.intake.contents import Content
from segment_core.intake.dialects import find_delimiter, find_start, sample_records
from segment_core.intake.encodings import Encoding
from segment_core.intake.recoding import count_nul, open_for_arrow, open_text, passed
from segment_core.messages import say

_ONE_COLUMN = "\x1f"  # the unit separator: a sign that customer files do not hold
_HEAD = 2**20
_MANY = 10  # rows of one width can outvote the header


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A text cut into cells, empty ones missing; `names` is None where the file has no header."""

    names: Sequence[str] | None
    rows: pd.DataFrame
    delimiter: str
    header_row: int | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things lie in a text: the rows begin `offset` bytes of UTF-8 after the mark."""

    names: Sequence[str] | None
    delimiter: str
    header_row: int | None
    width: int
    offset: int
    notes: tuple[Note, ...]


def parse(
    content: Content,
    encoding: Encoding,
    delimiter: str | None,
    header_row: int | None,
    *,
    progress: Progress = silent,
    careful: bool = False,
) -> Cut:
    """Cut a text into cells.

    `header_row` counts physical lines from 1, 0 is a file without a header, None finds it.
    Cells beyond the header get columns of their own, so that no cell is lost. `careful` cuts row by
    row even where that is not needed; the cells are the same.
    """
    layout = find_layout(content, encoding, delimiter, header_row)
    header = layout.width if layout.names is None else len(layout.names)
    shape = Shape(layout.delimiter or _ONE_COLUMN, layout.width, header)
    total, said = content.size, say("Reading {name}", name=content.name)

    def tick() -> None:
        progress(min(passed(source), total), total, said)

    try:
        if careful:
            raise Irregular
        with open_for_arrow(content, encoding, layout.offset) as source:
            table, tally = cut_fast(source, shape, tick, encoding.has_quotes)
    except Irregular:
        with open_text(content, encoding, layout.offset) as source:
            table, tally = cut_carefully(source, shape, tick)
    if encoding.has_quotes:
        table = settled(table)
    progress(total, total, said)
    notes = encoding.notes
    if encoding.errors == "replace":
        notes = tuple(replace(note, places=places_of(table, "\ufffd")) for note in notes)
    notes += count_nul(content, encoding) + layout.notes + tally.notes()
    if layout.names is None:
        notes += (
            Note("no-header", say("The file has no line of column names, so columns were numbered."), 0, "warning"),
        )
    return Cut(layout.names, table.to_pandas(), layout.delimiter, layout.header_row, notes)


def find_layout(content: Content, encoding: Encoding, delimiter: str | None, header_row: int | None) -> Layout:
    """Find the separator, the lines above the header, the header, and the usual number of cells in a row."""
    size = _HEAD
    while (found := _layout(content, encoding, delimiter, header_row, size)) is None:
        size *= 16
    return found


def _layout(
    content: Content, encoding: Encoding, delimiter: str | None, header_row: int | None, size: int
) -> Layout | None:
    with open_text(content, encoding) as opened:
        start = opened.read(size)
        whole = not opened.read(1)
    raw = start.decode("utf-8", "ignore").removeprefix("\ufeff")
    mark = len("\ufeff".encode()) if start.startswith("\ufeff".encode()) else 0
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if whole and not text.strip(" \t\n,;|\"'"):
        raise DataError("The file {name} is empty. Give a file with one row for each customer.", name=content.name)
    told = re.match(r"sep=(.)\n", text)
    first = 0
    if told:
        delimiter, first = delimiter or told[1], 1
        text = text[told.end() :]
    if delimiter is None:
        delimiter = find_delimiter(text, content.name)
    records = sample_records(text, delimiter)
    begin = find_start(records)
    skipped, has_header = begin.skipped, begin.has_header
    if header_row is not None:
        skipped, has_header = max(header_row - 1 - first, 0), header_row > 0
    above, body = _cut_lines(text, skipped)
    if not body:
        if not whole:
            return None
        raise DataError("The header line {n} lies beyond the end of the file {name}.", n=skipped + 1, name=content.name)
    names, lines = None, skipped + first
    below = [record for _, record in sample_records(body, delimiter)]
    if has_header:
        reader = csv.reader(io.StringIO(body, newline="\n"), delimiter=delimiter or _ONE_COLUMN)
        names = next(reader)
        if not whole and reader.line_num > body.count("\n"):
            return None
        lines += reader.line_num
        below = below[1:]
    width = _usual_width(below, names)
    offset = mark + _offset(raw, lines)
    return Layout(names, delimiter, skipped + first if has_header else None, width, offset, _preamble(above))


def _usual_width(records: Sequence[Sequence[str]], names: Sequence[str] | None) -> int:
    """Return how many cells a row should have: as many as the header, or as most rows where these are many."""
    widths = Counter(len(record) for record in records if any(record))
    if not widths:
        return max(len(names or ()), 1)
    usual = max(widths, key=lambda width: (widths[width], width))
    if names is None or (widths[usual] >= _MANY and widths[usual] > sum(widths.values()) / 2):
        return usual
    return max(len(names), 1)


def _offset(raw: str, lines: int) -> int:
    """Return where a line begins, in bytes; a line may end as on any system."""
    position = 0
    for _ in range(lines):
        end = re.compile("\r\n|\r|\n").search(raw, position)
        position = len(raw) if end is None else end.end()
    return len(raw[:position].encode("utf-8"))


def _cut_lines(text: str, n: int) -> tuple[str, str]:
    position = 0
    for _ in range(n):
        position = text.find("\n", position) + 1
        if not position:
            return text, ""
    return text[:position], text[position:]


def _preamble(skipped: str) -> tuple[Note, ...]:
    lines = [line.strip(" ,;\t|") for line in skipped.splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        return ()
    shown = " / ".join(lines)[:200]
    message = say("Lines above the header that were not read as customers: {n} ({text}).", n=len(lines), text=shown)
    places = tuple((0, line[:500]) for line in lines[:20])
    return (Note("preamble", message, len(lines), "warning", places),)

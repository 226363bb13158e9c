"""Delimited text: records become rows, ragged ones mended and reported."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from segment_core.artifacts import Note
from segment_core.errors import DataError
from segment_core.intake.dialects import find_delimiter, find_start, sample_records
from segment_core.messages import say

_ONE_COLUMN = "\x1f"  # the unit separator: a sign that customer files do not hold


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A text cut into cells, empty ones missing; `names` is None where the file has no header."""

    names: Sequence[str] | None
    rows: pd.DataFrame
    delimiter: str
    header_row: int | None
    notes: tuple[Note, ...]


def parse(text: str, name: str, delimiter: str | None, header_row: int | None) -> Cut:
    """Cut a text into cells.

    `header_row` counts physical lines from 1, 0 is a file without a header, None finds it.
    Cells beyond the header get columns of their own, so that no cell is lost.
    """
    told = re.match(r"sep=(.)\n", text)
    first = 0
    if told:
        delimiter, first = delimiter or told[1], 1
        text = text[told.end() :]
    if delimiter is None:
        delimiter = find_delimiter(text, name)
    records = sample_records(text, delimiter)
    if not text.strip(" \t\n,;|\"'"):
        raise DataError("The file {name} is empty. Give a file with one row for each customer.", name=name)
    start = find_start(records)
    skipped, has_header = start.skipped, start.has_header
    if header_row is not None:
        skipped, has_header = max(header_row - 1 - first, 0), header_row > 0
    skipped_text, text = _cut_lines(text, skipped)
    if not text:
        raise DataError("The header line {n} lies beyond the end of the file {name}.", n=skipped + 1, name=name)
    rows, notes = _rows(text, delimiter or _ONE_COLUMN)
    notes = _preamble(skipped_text) + notes
    if not has_header:
        notes += (
            Note("no-header", say("The file has no line of column names, so columns were numbered."), 0, "warning"),
        )
        return Cut(None, rows, delimiter, None, notes)
    names = ["" if pd.isna(cell) else str(cell) for cell in rows.iloc[0]]
    return Cut(names, rows.iloc[1:].reset_index(drop=True), delimiter, skipped + first, notes)


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
    return (Note("preamble", message, len(lines), "warning"),)


def _rows(text: str, delimiter: str) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Take the fast road where all records have the first one's width or less, else mend them one by one."""
    width = len(next(_records(text, delimiter, True), []))
    if width:
        try:
            frame = pd.read_csv(
                io.StringIO(text),
                sep=delimiter,
                header=None,
                names=range(width),
                index_col=False,
                dtype=str,
                keep_default_na=False,
                na_values=[""],
                skip_blank_lines=False,
                engine="c",
            )
        except (pd.errors.ParserError, pd.errors.EmptyDataError):
            pass
        else:
            if not _quotes_swallowed_lines(text, delimiter, frame):
                return frame, _short_rows(text, delimiter, frame)
    return _mended(text, delimiter)


def _quotes_swallowed_lines(text: str, delimiter: str, frame: pd.DataFrame) -> bool:
    """Tell whether lines joined by quotation marks are whole rows of their own: then the marks are plain text."""
    width = frame.shape[1]
    if width < 2 or '"' not in text or text.count("\n") <= len(frame):
        return False
    return all(len(record) == width for record in _records(text, delimiter, False) if record)


def _records(text: str, delimiter: str, quoted: bool) -> Iterator[list[str]]:
    csv.field_size_limit(2**31 - 1)
    lines = io.StringIO(text, newline="")
    if quoted:
        return csv.reader(lines, delimiter=delimiter)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _short_rows(text: str, delimiter: str, frame: pd.DataFrame) -> tuple[Note, ...]:
    width = frame.shape[1]
    if width < 2 or not frame[width - 1].isna().any():
        return ()
    short = sum(1 for record in _records(text, delimiter, True) if 0 < len(record) < width)
    return _padded(short)


def _mended(text: str, delimiter: str) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    quoted = list(_records(text, delimiter, True))
    plain = list(_records(text, delimiter, False)) if '"' in text else quoted
    notes: tuple[Note, ...] = ()
    records = quoted
    if plain is not quoted and _unevenness(plain) <= _unevenness(quoted) and len(plain) > len(quoted):
        records = plain
        notes = (
            Note("stray-quotes", say("Quotation marks do not pair up, so they were read as plain text."), 0, "warning"),
        )
    header, widest = len(records[0]), max(len(record) for record in records)
    long = sum(1 for record in records if len(record) > header)
    short = sum(1 for record in records if 0 < len(record) < header)
    if long:
        message = say(
            "Rows with more cells than the header: {n}. The extra cells were kept in columns of their own.", n=long
        )
        notes += (Note("long-rows", message, long, "warning"),)
    filled = [[cell or None for cell in record] + [None] * (widest - len(record)) for record in records]
    frame = pd.DataFrame(filled, dtype="str")
    return frame, notes + _padded(short)


def _unevenness(records: Sequence[Sequence[str]]) -> float:
    widths = Counter(len(record) for record in records if record)
    return 1 - max(widths.values(), default=0) / max(sum(widths.values()), 1)


def _padded(short: int) -> tuple[Note, ...]:
    if not short:
        return ()
    message = say("Rows with fewer cells than the header: {n}. The cells they lack are missing.", n=short)
    return (Note("short-rows", message, short, "warning"),)

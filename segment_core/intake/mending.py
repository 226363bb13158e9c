"""Mending: the careful road through delimited text, where quotation marks do not pair up and rows are ragged."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from segment_core.artifacts import Note
from segment_core.messages import say

SHOWN = 20
"""How many places of one kind a note carries."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row as cut: its cells, the text they were cut from, and whether its quotation marks were set aside."""

    cells: Sequence[str]
    text: str
    stray: bool = False


@dataclass(slots=True)
class Tally:
    """What was odd about rows: how many, and the first of them with their row number and text."""

    counts: dict[str, int] = field(default_factory=dict)
    places: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def add(self, code: str, row: int, text: str) -> None:
        """Count one row, numbered from 1."""
        self.counts[code] = self.counts.get(code, 0) + 1
        places = self.places.setdefault(code, [])
        if len(places) < SHOWN:
            places.append((row, text.rstrip("\r\n")[:500]))

    def judge(self, record: Record, row: int, width: int) -> None:
        """Count what is odd about a record under a header of this width."""
        if record.stray:
            self.add("stray-quotes", row, record.text)
        if len(record.cells) == width or not any(record.cells):
            return
        self.add("long-rows" if len(record.cells) > width else "short-rows", row, record.text)

    def notes(self) -> tuple[Note, ...]:
        """Say what was counted."""
        long, short = self.counts.get("long-rows", 0), self.counts.get("short-rows", 0)
        stray = self.counts.get("stray-quotes", 0)
        said = {
            "stray-quotes": say("Rows with quotation marks that do not pair up, read as plain text: {n}.", n=stray),
            "long-rows": say(
                "Rows with more cells than the header: {n}. The extra cells were kept in columns of their own.", n=long
            ),
            "short-rows": say("Rows with fewer cells than the header: {n}. The cells they lack are missing.", n=short),
        }
        return tuple(
            Note(code, message, self.counts[code], "warning", tuple(self.places[code]))
            for code, message in said.items()
            if self.counts.get(code)
        )


class Unclosed(Exception):  # noqa: N818 - not shown to anybody
    """Raised where a text ends inside quotation marks, and only the rest of the file can tell what was meant."""


def records(lines: Iterable[str], delimiter: str, width: int, whole: bool = True) -> Iterator[Record]:
    """Cut lines of text into records, most of which should have `width` cells.

    Quotation marks count as RFC 4180 says. Where that swallows lines that are rows of their own, or cuts a
    row to another width than a plain reading, the marks are taken as letters, for that row only. `whole` is
    false for a piece of a file.
    """
    csv.field_size_limit(2**31 - 1)
    feed = _Feed(iter(lines))
    for cells in csv.reader(feed, delimiter=delimiter):
        taken = feed.taken()
        if len(taken) == 1 and ('"' not in taken[0] or (len(cells) == width and cells[-1][-1:] != "\n")):
            yield Record(cells, taken[0])
            continue
        found, n = _reread(taken, cells, width, delimiter)
        if not whole and _is_open(taken, delimiter):
            raise Unclosed
        feed.back(taken[n:])
        yield found


class _Feed:
    """Lines for a reader: remembers those it took for one record, and takes back those it should not have."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: list[str] = []
        self._taken: list[str] = []

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._lines)
        self._taken.append(line)
        return line

    def taken(self) -> list[str]:
        taken, self._taken = self._taken, []
        return taken

    def back(self, lines: Sequence[str]) -> None:
        self._back.extend(reversed(lines))


def _reread(taken: Sequence[str], cells: Sequence[str], width: int, delimiter: str) -> tuple[Record, int]:
    """Decide how an odd record was meant; return it and how many of its lines belong to it."""
    text = "".join(taken)
    fits = len(cells) == width
    as_letters = Record(plain(taken[0], delimiter), taken[0], stray=True)
    if _is_open(taken, delimiter):
        return as_letters, 1
    one_line = len(taken) == 1
    if not one_line and _is_proper(taken, delimiter):
        return Record(cells, text), len(taken)
    rows_of_their_own = not fits or all(len(plain(line, delimiter)) == width for line in taken)
    if len(as_letters.cells) == width and (one_line or (width > 1 and rows_of_their_own)):
        return as_letters, 1
    lenient = Record(_lenient(text, delimiter), text, stray=True)
    if not fits and len(lenient.cells) == width:
        return lenient, len(taken)
    return Record(cells, text), len(taken)


def plain(line: str, delimiter: str) -> list[str]:
    """Cut a line with quotation marks as letters."""
    return line.rstrip("\r\n").split(delimiter)


def _is_open(taken: Sequence[str], delimiter: str) -> bool:
    """Tell whether a record's last mark is missing: then it would swallow any line that came after."""
    return len(list(csv.reader([*taken, "."], delimiter=delimiter))) == 1


def _is_proper(taken: Sequence[str], delimiter: str) -> bool:
    """Tell whether each closing mark stands before a separator or a line end."""
    try:
        list(csv.reader(taken, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True


def _lenient(text: str, delimiter: str) -> list[str]:
    """Cut a record where a mark closes a cell only before a separator or the end."""
    sign = re.escape(delimiter)
    cell = rf'"((?:[^"]|""|"(?!{sign}|\Z))*+)"(?={sign}|\Z)|([^{sign}]*)'
    found, position, bare = [], 0, text.rstrip("\r\n")
    pattern = re.compile(cell)
    while match := pattern.match(bare, position):
        found.append(match[2] if match[1] is None else match[1].replace('""', '"'))
        position = match.end() + 1
        if position > len(bare):
            break
    return found


def lines_of(text: str) -> io.StringIO:
    """Return a text's lines, whichever way they end; other separators of Unicode are letters."""
    return io.StringIO(text, newline=None)

"""Dialects: which sign separates the cells, and where the table begins."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from segment_core.intake.values import looks_typed

DELIMITERS = (",", ";", "\t", "|")

_SAMPLE_CHARACTERS = 200_000
_SAMPLE_RECORDS = 300
_PREAMBLE_RECORDS = 40


@dataclass(frozen=True, slots=True)
class Start:
    """Where the table begins: physical lines before it, its header line if it has one, and its width."""

    skipped: int
    has_header: bool
    width: int


def sample_records(text: str, delimiter: str, quoted: bool = True) -> list[tuple[int, list[str]]]:
    """Split the beginning of a text into records, each with the physical line it starts on."""
    whole = len(text) <= _SAMPLE_CHARACTERS
    lines = io.StringIO(text[:_SAMPLE_CHARACTERS], newline="\n")
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(lines, delimiter=delimiter or "\x1f", quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    found, line = [], 0
    for record in islice(reader, _SAMPLE_RECORDS):
        found.append((line, record))
        line = reader.line_num
    if not whole and len(found) > 1 and len(found) < _SAMPLE_RECORDS:
        found.pop()  # cut off in the middle
    return found


def find_delimiter(text: str, name: str) -> str:
    """Return the sign that cuts the text most evenly, or "" for a single column."""
    scores = {delimiter: _evenness(text, delimiter) for delimiter in DELIMITERS}
    if name.lower().endswith((".tsv", ".tab")):
        scores["\t"] *= 1.2
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > 0.3 else ""


def _evenness(text: str, delimiter: str) -> float:
    if delimiter not in text[:_SAMPLE_CHARACTERS]:
        return 0.0
    records = [record for _, record in sample_records(text, delimiter) if any(cell.strip() for cell in record)]
    widths = Counter(len(record) for record in records)
    wide = {width: n for width, n in widths.items() if width > 1}
    if not wide:
        return 0.0
    usual = max(wide, key=lambda width: (wide[width], width))
    even = wide[usual] / len(records)
    if len(records[0]) > 1 and sum(wide.values()) >= 0.9 * len(records):
        even = max(even, 0.6)  # ragged throughout, but cut everywhere, the header too
    # A separator that leaves others lying about inside the cells is probably not the one.
    others = [sign for sign in DELIMITERS if sign != delimiter]
    cells = [cell for record in records for cell in record]
    dirty = sum(_has_loose(cell, others) for cell in cells) / len(cells)
    first = len(records[0]) == usual
    return even * (1 - 0.5 / usual) * (1 - 0.6 * dirty) * (1.0 if first else 0.8)


def _has_loose(cell: str, signs: Sequence[str]) -> bool:
    if not any(sign in cell for sign in signs):
        return False
    # "1,5" and "well, yes" are commas of numbers and sentences.
    return not re.fullmatch(r"[^;\t|]*", cell) or bool(re.search(r",(?![\s\d])", cell))


def find_start(records: Sequence[tuple[int, list[str]]]) -> Start:
    """Find the header: the first record that is about as wide as the table, below titles and blank lines."""
    filled = [(line, record) for line, record in records if any(cell.strip() for cell in record)]
    if not filled:
        return Start(0, True, 0)
    widths = Counter(len(record) for _, record in filled)
    usual = max(widths, key=lambda width: (widths[width], width))
    used = {position for _, record in filled for position, cell in enumerate(record) if cell.strip()}
    usual = min(usual, len(used))  # separators at the end of every line make no columns
    chosen = 0
    if usual > 1:
        for position, (_, record) in enumerate(filled[:_PREAMBLE_RECORDS]):
            names = sum(1 for cell in record if cell.strip())
            if names >= 2 and names >= usual / 2:
                chosen = position
                break
    line, header = filled[chosen]
    body = [record for _, record in filled[chosen + 1 :]]
    return Start(line, not body or not _is_data(header, body), len(header))


def _is_data(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first record looks like the ones below it rather than like their names."""
    typed = [position for position, cell in enumerate(first) if looks_typed(cell)]
    if not typed or all(re.fullmatch(r"\s*(1[89]|2[01])\d\d\s*", first[position]) for position in typed):
        return False
    if len(typed) == len(first) > 2 and [cell.strip() for cell in first] == [str(n) for n in range(len(first))]:
        return False  # columns that are numbered, not data
    for position in typed:
        below = [record[position] for record in body if position < len(record) and record[position].strip()]
        if sum(map(looks_typed, below)) < 0.8 * len(below):
            return False
    others = [position for position in range(len(first)) if position not in typed and first[position].strip()]
    for position in others:
        below = [record[position] for record in body if position < len(record) and record[position].strip()]
        if below and sum(map(looks_typed, below)) > 0.8 * len(below):
            return False
    return True

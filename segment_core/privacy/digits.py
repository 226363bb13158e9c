"""Digits: runs of digits and what joins them are cut into cards, national ids and phones."""

import re
from collections.abc import Iterator, Sequence

from segment_core.privacy import banking, national_ids, phones
from segment_core.privacy.found import Found
from segment_core.privacy.surroundings import hint, hint_after

_RUN = re.compile(
    r"(?<![A-Za-z0-9_\u00c0-\u024f#@=&/$€£¥₹])(?<!\d[.,:])(?<!\.\d)\+?\(?\+?\d(?:[ \t.\-/()\u200b]{0,3}\d)*+(?![A-Za-z0-9_\u00c0-\u024f]|,\d{3}|:\d)",  # noqa: E501
    re.ASCII,
)
_PARTS = re.compile(r"(?: [/|-] |\s{2,}|\) ?/ ?)")
_GROUP = re.compile(r"\d+", re.ASCII)
_MORE = re.compile(r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{1,2}[.)]?|\d{3})", re.ASCII)
_WIDEST, _LIST = 8, 64
"""Groups of digits that one number can have; a longer list of groups is read group by group, for time's sake."""

_FEWEST, _MOST = 7, 19


def numbers(text: str, regions: Sequence[str]) -> Iterator[Found]:
    """Find cards, national ids and phones written in digits."""
    for run in _RUN.finditer(text):
        if run.end() - run.start() < _FEWEST:
            continue
        start = run.start()
        for gap in _PARTS.finditer(text, run.start(), run.end()):
            yield from _cut(text, start, gap.start(), regions)
            start = gap.end()
        yield from _cut(text, start, run.end(), regions)


def _cut(text: str, start: int, end: int, regions: Sequence[str]) -> Iterator[Found]:
    """Cut a run into what it holds: all of it, or pieces beside which only dates and small numbers are left."""
    groups = [match.span() for match in _GROUP.finditer(text, start, end)]
    widest = _WIDEST if len(groups) <= _LIST else 1
    if widest == 1:
        groups = [(one, two) for one, two in groups if two - one >= _FEWEST]
    first = 0
    before = True  # what stands before is accounted for
    while first < len(groups):
        found = None
        for last in range(min(first + widest, len(groups)), first, -1):
            at = _with_sign(text, start, groups[first][0], groups[last - 1][1])
            if not _FEWEST <= groups[last - 1][1] - at <= 2 * _MOST:
                continue
            piece = _piece(text, at, groups[last - 1][1], regions)
            if piece is None:
                continue
            alone = last == len(groups) or _MORE.fullmatch(text, groups[last][0], end) is not None
            if (
                piece.kind == "CARD"
                or _stands_alone(piece)
                or (before and (alone or _follows(text, groups, last, end, regions)))
            ):
                found = piece
                break
        if found:
            yield found
            first, before = last, True
        else:
            before = before and groups[first][1] - groups[first][0] <= 2
            first += 1


def _stands_alone(piece: Found) -> bool:
    """Tell whether a piece is sure enough whatever digits stand beside it."""
    return piece.value.startswith("+") or (len(piece.normal) >= 15 and piece.kind == "ID")


def _follows(text: str, groups: Sequence[tuple[int, int]], first: int, end: int, regions: Sequence[str]) -> bool:
    """Tell whether another whole number follows, as in a list of phones."""
    stops = [groups[last][1] for last in range(first, min(first + _WIDEST, len(groups)))]
    return any(_piece(text, groups[first][0], stop, regions) for stop in stops)


def _with_sign(text: str, start: int, at: int, end: int) -> int:
    """Take a plus sign in front of a group along, and an opening bracket that is closed within."""
    while at > start and (text[at - 1] == "+" or (text[at - 1] == "(" and ")" in text[at:end])):
        at -= 1
    return at


def _piece(text: str, start: int, end: int, regions: Sequence[str]) -> Found | None:
    written = text[start:end]
    digits = "".join(_GROUP.findall(written))
    if not _FEWEST <= len(digits) <= _MOST:
        return None
    if len(digits) >= 13 and banking.is_card(written, digits):
        return Found("CARD", start, end, written, digits)
    said = ""

    def nearest() -> str:
        nonlocal said
        said = said or hint(text, start) or "nothing"
        return "" if said == "nothing" else said

    if not written.startswith(("+", "(")) and national_ids.is_id(written, regions, nearest):
        return Found("ID", start, end, written, digits)
    label = nearest() or hint_after(text, end)
    if not phones.is_phone(written, regions, label):
        return None
    return Found("PHONE", start, end, written, phones.normal(written, regions))

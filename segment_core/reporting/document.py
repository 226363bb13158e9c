"""Document: a report as a PDF, with bookmarks, page numbers, and an embedded font that has Chinese letters too."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from segment_core.artifacts import Progress
from segment_core.messages import say
from segment_core.reporting.documentcharts import bars, scatter
from segment_core.reporting.pieces import (
    ACCENT,
    INK,
    QUIET,
    RULE,
    TONES,
    Bars,
    Caveat,
    Map,
    Paragraph,
    Piece,
    Points,
    Profile,
    Quote,
    Report,
    Stats,
    colour,
)
from segment_core.reporting.sheets import Sheets
from segment_core.reporting.sheettables import table

FRESH = ("map", "segments", "evidence")
SMALLEST = 8.5
SIZES = {"lead": (14.0, INK), "plain": (10.5, INK), "quiet": (9.0, QUIET)}


def written(report: Report, progress: Progress) -> bytes:
    """Write the document: A4, each segment on a page of its own."""
    sheets = Sheets(report)
    try:
        _filled(sheets, report, progress)
        return sheets.bytes()
    finally:
        sheets.close()


def _filled(sheets: Sheets, report: Report, progress: Progress) -> None:
    _cover(sheets, report)
    for number, section in enumerate(report.sections):
        sheets.tick = partial(
            progress, len(report.sections) + number, 2 * len(report.sections), say("Writing the report")
        )  # also how Cancel gets in
        sheets.tick()
        if number:
            before = report.sections[number - 1].key
            sheets.section_break(fresh=section.key in FRESH or before in ("summary", "segments"))
        profiles = any(isinstance(piece, Profile) for piece in section.pieces)
        sheets.bookmark(section.title, 0)
        if not profiles:
            sheets.heading(section.title, 18, ACCENT, keep=90)
        for place, piece in enumerate(section.pieces):
            if isinstance(piece, Profile):
                _profile(sheets, piece, report, section.title, fresh=place > 0)
            else:
                draw(sheets, piece)
    sheets.gap(10)
    sheets.paragraph(report.words["note"], 9, QUIET)
    if sheets.boxed:
        sheets.paragraph(report.words["boxes"], 9, QUIET)


def _cover(sheets: Sheets, report: Report) -> None:
    sheets.gap(12)
    sheets.heading(report.title, 24, INK, keep=60)
    sheets.paragraph(report.subtitle, 12, QUIET)
    sheets.rule(ACCENT, 2)
    sheets.gap(10)


def draw(sheets: Sheets, piece: Piece) -> None:
    """Draw one piece where the sheet is."""
    match piece:
        case Paragraph():
            size, ink = SIZES[piece.style]
            sheets.paragraph(piece.text, size, ink)
        case Caveat():
            _caveat(sheets, piece)
        case Stats():
            _stats(sheets, piece)
        case Points():
            _points(sheets, piece)
        case Quote():
            _quote(sheets, piece)
        case Bars():
            bars(sheets, piece)
        case Map():
            scatter(sheets, piece)
        case Profile():
            pass
        case _:
            table(sheets, piece)


def _caveat(sheets: Sheets, piece: Caveat) -> None:
    left = 92.0
    mark = sheets.lines(piece.mark, 9.5, left - 16)
    text = sheets.lines(piece.text, 10, sheets.room - left - 8)
    advice = sheets.lines(piece.advice, 9.5, sheets.room - left - 8) if piece.advice else []
    height = 12 + max(13 * len(mark), 14 * len(text) + 13 * len(advice))
    sheets.ensure(height + 4)
    top = sheets.y
    sheets.box(sheets.left, top, sheets.room, height, "#f4f2ec")
    sheets.box(sheets.left, top, 3, height, TONES[piece.tone])
    sheets.put(mark, sheets.left + 12, top + 6, 9.5, TONES[piece.tone], step=13, strong=True)
    sheets.put(text, sheets.left + left, top + 6, 10, INK, step=14)
    sheets.put(advice, sheets.left + left, top + 6 + 14 * len(text), 9.5, QUIET, step=13)
    sheets.y = top + height + 5


def _stats(sheets: Sheets, piece: Stats) -> None:
    across = min(5, max(1, len(piece.items)))
    room = sheets.room / across
    for start in range(0, len(piece.items), across):
        row = piece.items[start : start + across]
        labels = [sheets.lines(label, 8.5, room - 10) for label, _ in row]
        values = [sheets.lines(value, 13, room - 10) for _, value in row]
        top, above = 12 * max(map(len, labels)), 17 * max(map(len, values))
        sheets.ensure(top + above + 8)
        for place, (label, value) in enumerate(zip(labels, values, strict=True)):
            x = sheets.left + place * room
            sheets.put(label, x, sheets.y, 8.5, QUIET, step=12)
            sheets.put(value, x, sheets.y + top, 13, INK, step=17, strong=True)
        sheets.y += top + above + 8


def _points(sheets: Sheets, piece: Points, size: float = 10.0) -> None:
    step = size * 1.4
    if piece.title:
        sheets.heading(_titled(piece), size * 1.1, INK, keep=30)
    for text, quote in piece.points:
        lines = sheets.lines(text, size, sheets.room - 14) if text else []
        for number, line in enumerate(lines):
            sheets.ensure(step)
            if not number:
                sheets.put(["•"], sheets.left + 2, sheets.y, size, ACCENT)
            sheets.put([line], sheets.left + 14, sheets.y, size, INK)
            sheets.y += step
        if quote:
            _quote(sheets, quote, size, indent=14 if text else 0)
    sheets.gap(size / 2)


def _titled(piece: Points) -> str:
    return f"{piece.title}  ({piece.note})" if piece.note else piece.title


def _quote(sheets: Sheets, piece: Quote, size: float = 10.0, indent: float = 0) -> None:
    x, words, small = sheets.left + indent, size * 0.95, size * 0.85
    lines = sheets.lines(piece.text, words, sheets.room - indent - 14)
    source = sheets.lines(piece.source, small, sheets.room - indent - 14) if piece.source else []
    height = words * 1.37 * len(lines) + small * 1.4 * len(source)
    sheets.ensure(height + 6)
    sheets.box(x, sheets.y + 1, 2, height, RULE)
    sheets.put(lines, x + 10, sheets.y, words, INK, step=words * 1.37)
    sheets.put(source, x + 10, sheets.y + words * 1.37 * len(lines), small, QUIET, step=small * 1.4)
    sheets.y += height + 6


def _profile(sheets: Sheets, piece: Profile, report: Report, title: str, *, fresh: bool) -> None:
    if fresh:
        sheets.page()
    sheets.paragraph(title, 9, QUIET)
    sheets.bookmark(piece.name, 1)
    sheets.rule(colour(piece.number), 5)
    sheets.heading(piece.name, 19, INK, keep=80)
    _stats(sheets, piece.stats)
    if piece.lead:
        sheets.paragraph(piece.lead, 12, INK)
    for caveat in piece.caveats:
        _caveat(sheets, caveat)
    if piece.drivers:
        bars(sheets, piece.drivers)
    blocks = list(piece.parts)
    if piece.quotes:
        blocks.insert(min(4, len(blocks)), Points(report.words["quotes"], tuple(("", q) for q in piece.quotes)))
    _columns(sheets, blocks, report.words["left"])


def _columns(sheets: Sheets, blocks: list[Points], left_out: str) -> None:
    """Set blocks in two columns of about one height, in letters large enough to read, and no more than the page holds.

    What does not fit is told to stand elsewhere: a segment is one page.
    """
    left, room, between = sheets.left, sheets.room, 18.0
    half = (room - between) / 2
    sheets.ensure(120)
    blocks, size, best, whole = _fitting(sheets, blocks, half, 14.0 * len(sheets.lines(left_out, 8.5)) + 6)
    top, ends = sheets.y, []
    for x, part in ((left, blocks[:best]), (left + half + between, blocks[best:])):
        sheets.left, sheets.room, sheets.y = x, half, top
        for block in part:
            _points(sheets, block, size)
        ends.append(sheets.y)
    sheets.left, sheets.room, sheets.y = left, room, max(ends)
    if not whole:
        sheets.gap(4)
        sheets.paragraph(left_out, 8.5, QUIET)


def _fitting(sheets: Sheets, blocks: list[Points], room: float, kept: float) -> tuple[list[Points], float, int, bool]:
    """Return what fits on the rest of the page: blocks, letter size, how many are in the left column, if that is all.

    First the letters become smaller, then the last blocks say less, sentence by sentence, then they go. `kept` is how
    much is needed below to say so.
    """
    for size in (10.0, 9.5, 9.0, SMALLEST):
        best, tallest = _split(sheets, blocks, room, size)
        if tallest <= sheets.rest:
            return blocks, size, best, True
    for shorter in _shorter(blocks):
        best, tallest = _split(sheets, shorter, room, SMALLEST)
        if tallest <= sheets.rest - kept:
            break
    return shorter, SMALLEST, best, False


def _shorter(blocks: list[Points]) -> Iterator[list[Points]]:
    """Say less and less: one sentence less of each block, from the last; then one block less."""
    held = [len(block.points) for block in blocks]
    for most in range(max(held, default=1) - 1, 0, -1):
        for place in range(len(blocks) - 1, -1, -1):
            if held[place] > most:
                held[place] = most
                yield [replace(block, points=block.points[:n]) for block, n in zip(blocks, held, strict=True)]
    for end in range(len(blocks) - 1, 0, -1):
        yield [replace(block, points=block.points[:1]) for block in blocks[:end]]


def _split(sheets: Sheets, blocks: list[Points], room: float, size: float) -> tuple[int, float]:
    """Return how many blocks go to the left for two columns of about one height, and how high the higher is."""
    heights = [_height(sheets, block, room, size) for block in blocks]
    best = min(range(len(blocks) + 1), key=lambda n: max(sum(heights[:n]), sum(heights[n:])))
    return best, max(sum(heights[:best]), sum(heights[best:]))


def _height(sheets: Sheets, piece: Points, room: float, size: float) -> float:
    """Return how high a block is at most."""
    high = size * 1.43 * len(sheets.lines(_titled(piece), size * 1.122, room)) + size * 0.72 if piece.title else 0.0
    words, small = size * 0.95, size * 0.85
    for text, quote in piece.points:
        high += size * 1.4 * len(sheets.lines(text, size, room - 14)) if text else 0
        if quote:
            inside = room - (28 if text else 14)
            high += words * 1.37 * len(sheets.lines(quote.text, words, inside)) + 6
            high += small * 1.4 * len(sheets.lines(quote.source, small, inside)) if quote.source else 0
    return high + size / 2

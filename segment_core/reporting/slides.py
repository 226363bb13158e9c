"""Slides: a report as a presentation whose text, tables and charts can be edited, and nothing runs over its box."""

from functools import partial

from segment_core.artifacts import Progress
from segment_core.messages import say
from segment_core.reporting.deck import Deck
from segment_core.reporting.pieces import (
    ACCENT,
    INK,
    QUIET,
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
    Section,
    Stats,
    Table,
    colour,
)
from segment_core.reporting.slidecharts import bars, scatter
from segment_core.reporting.slidetables import table


def written(report: Report, progress: Progress) -> bytes:
    """Write the slides: a title, the answer, a slide a segment, and the rest as tables behind them."""
    deck = Deck(report)
    deck.title()
    n = len(report.sections)
    for number, section in enumerate(report.sections):
        deck.tick = partial(progress, n + number, 2 * n, say("Writing the report"))  # also how Cancel gets in
        deck.tick()
        profiles = [piece for piece in section.pieces if isinstance(piece, Profile)]
        for piece in profiles:
            _profile(deck, piece, report)
        if not profiles:
            _section(deck, section)
    return deck.bytes()


def _section(deck: Deck, section: Section) -> None:
    """Put a section's pieces one below the other, on as many slides as they need."""
    deck.slide(section.title)
    for piece in section.pieces:
        _piece(deck, piece)


def _piece(deck: Deck, piece: Piece) -> None:  # noqa: PLR0912 - a way a kind
    match piece:
        case Paragraph():
            size = {"lead": 22.0, "plain": 14.0, "quiet": 11.0}[piece.style]
            deck.text(piece.text, size, QUIET if piece.style == "quiet" else INK)
        case Caveat():
            deck.text(f"{piece.mark}: {piece.text}", 14, TONES[piece.tone], strong=True, gap=0)
            if piece.advice:
                deck.text(piece.advice, 12, INK)
        case Stats():
            deck.text("   ·   ".join(f"{label}: {value}" for label, value in piece.items), 14, INK, strong=True)
        case Points():
            if piece.title:
                deck.text(piece.title, 15, ACCENT, strong=True, gap=2)
            for text, quote in piece.points:
                deck.text(f"• {text}", 12, INK, gap=2)
                if quote:
                    _piece(deck, quote)
        case Quote():
            deck.text(f"{piece.text} {piece.source}", 12, QUIET)
        case Table():
            table(deck, piece)
        case Bars():
            bars(deck, piece)
        case Map():
            scatter(deck, piece)
        case Profile():
            pass


def _profile(deck: Deck, piece: Profile, report: Report) -> None:
    """Put a segment on one slide: its chart to the left, what is said of it to the right, all of it in the notes."""
    deck.slide(piece.name, stripe=colour(piece.number))
    said = "   ·   ".join(f"{label}: {value}" for label, value in piece.stats.items)
    deck.text(said, 12, QUIET, most=2)
    if piece.lead:
        deck.text(piece.lead, 15, INK, most=3)
    for caveat in piece.caveats[:2]:
        deck.text(f"{caveat.mark}: {caveat.text} {caveat.advice}", 11, TONES[caveat.tone], most=2, gap=2)
    top, left, whole = deck.y, deck.left, deck.room
    if piece.drivers:
        deck.room = whole * 0.47
        deck.text(piece.drivers.title, 11, ACCENT, strong=True, gap=0, most=1)
        bars(deck, piece.drivers, whole=True)
        deck.left, deck.room = left + whole * 0.5, whole * 0.5
    deck.y = top
    _beside(deck, piece, report)
    deck.left, deck.room = left, whole
    deck.notes("\n".join([*_all(piece), piece.sources, report.words["note"]]))


def _beside(deck: Deck, piece: Profile, report: Report) -> None:
    """Say as much as fits: first a sentence of each part, then a quote."""
    quotes = [f"{quote.text} {quote.source}" for quote in piece.quotes]
    quotes = quotes or [f"{q.text} {q.source}" for points in piece.parts for _, q in points.points if q]
    parts = [(f"{p.title} ({p.note})" if p.note else p.title, p.points[0][0]) for p in piece.parts]
    if quotes:
        parts.insert(min(4, len(parts)), (report.words["quotes"], quotes[0]))
    for title, text in parts:
        if not deck.fits(title, 11, text, 11, most=2):
            break
        deck.text(title, 11, ACCENT, strong=True, gap=0, most=1)
        deck.text(text, 11, INK, most=2, gap=4)


def _all(piece: Profile) -> list[str]:
    lines = [piece.lead, *(f"{caveat.mark}: {caveat.text} {caveat.advice}" for caveat in piece.caveats)]
    for points in piece.parts:
        lines.append(points.title)
        for text, quote in points.points:
            lines += [f"- {text}", *([f"  {quote.text} {quote.source}"] if quote else [])]
    lines += [f"{quote.text} {quote.source}" for quote in piece.quotes]
    if piece.table:
        lines += [" | ".join(row) for row in (piece.table.head, *piece.table.rows)]
    return [line for line in lines if line]

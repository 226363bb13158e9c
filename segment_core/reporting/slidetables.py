"""Slide tables: tables of the presentation itself, split over as many slides as they need."""

from typing import Any

from segment_core.reporting.deck import FOOT, ROOMY, TOP, Deck, safe
from segment_core.reporting.fitting import shortened, wrapped
from segment_core.reporting.pieces import INK, QUIET, Table

SIZE, STEP, PAD, MOST_LINES = 10.0, 13.5, 5.0, 5


def table(deck: Deck, piece: Table) -> None:
    """Put a table on the slide, its head again on each further one; a cell holds at most five lines."""
    whole = sum(piece.widths)
    wide = [deck.room * part / whole for part in piece.widths]
    cells = [
        [shortened(cell, SIZE * ROOMY, room - 12, MOST_LINES) for cell, room in zip(row, wide, strict=True)]
        for row in (piece.head, *piece.rows)
    ]
    heights = [
        STEP * max(len(wrapped(cell, SIZE * ROOMY, room - 12)) for cell, room in zip(row, wide, strict=True)) + PAD
        for row in cells
    ]
    title = 26.0 if piece.title else 0.0
    start = 1
    while start < len(cells):
        if deck.y > TOP and deck.y + title + sum(heights[:1]) + 4 * heights[start] > FOOT:
            deck.ensure(FOOT)
        if piece.title:
            deck.text(piece.title, 14, INK, strong=True, gap=4)
        stop, used = start, deck.y + heights[0]
        while stop < len(cells) and (used + heights[stop] <= FOOT or stop == start):
            used += heights[stop]
            stop += 1
        _part(deck, piece, [cells[0], *cells[start:stop]], [heights[0], *heights[start:stop]], wide)
        deck.y = used + 10
        start = stop


def _part(deck: Deck, piece: Table, cells: list[Any], heights: list[float], wide: list[float]) -> None:
    from pptx.util import Pt

    box = (Pt(deck.left), Pt(deck.y), Pt(deck.room), Pt(sum(heights)))
    frame = deck.current.shapes.add_table(len(cells), len(wide), *box)
    frame.name = safe(piece.title)[:80] or "Table"
    made = frame.table
    _plain(frame)
    for place, room in enumerate(wide):
        made.columns[place].width = Pt(room)
    for number, (row, height) in enumerate(zip(cells, heights, strict=True)):
        made.rows[number].height = Pt(height)
        for place, text in enumerate(row):
            _cell(deck, made.cell(number, place), text, head=not number, right=place in piece.numeric)


def _cell(deck: Deck, cell: Any, text: str, *, head: bool, right: bool) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    cell.margin_top = cell.margin_bottom = Pt(PAD / 2)
    cell.margin_left = cell.margin_right = Pt(5)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = safe(text)
    deck.style(run, SIZE, QUIET if head else INK, strong=head)


def _plain(frame: Any) -> None:
    """Take a style with thin lines and no fill, which reads on any ground."""
    properties = frame._element.graphic.graphicData.tbl.tblPr
    style = properties.find("{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId")
    if style is not None:
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"

"""Sheet tables: a table over as many pages as it needs, its head again on each."""

from segment_core.reporting.pieces import INK, QUIET, RULE, Table
from segment_core.reporting.sheets import Sheets

SIZE, STEP, PAD = 8.5, 11.5, 3.0


def table(sheets: Sheets, piece: Table) -> None:
    """Draw a table; no row is torn over two pages."""
    if piece.title:
        sheets.heading(piece.title, 12, INK, keep=60)
    whole = sum(piece.widths)
    wide = [sheets.room * part / whole for part in piece.widths]
    _row(sheets, piece, piece.head, wide, head=True)
    for row in piece.rows:
        _row(sheets, piece, row, wide, head=False)
    sheets.gap(10)


def _row(sheets: Sheets, piece: Table, cells: tuple[str, ...], wide: list[float], *, head: bool) -> None:
    lines = [sheets.lines(cell, SIZE, room - 8) for cell, room in zip(cells, wide, strict=True)]
    height = STEP * max(map(len, lines)) + 2 * PAD
    before = sheets.y
    sheets.ensure(height)
    if sheets.y < before and not head:
        _row(sheets, piece, piece.head, wide, head=True)
    x = sheets.left
    for place, (found, room) in enumerate(zip(lines, wide, strict=True)):
        for number, line in enumerate(found):
            y, right = sheets.y + PAD + number * STEP, room - 8 if place in piece.numeric else 0.0
            sheets.put([line], x, y, SIZE, QUIET if head else INK, right=right, strong=head)
        x += room
    sheets.y += height
    sheets.line(sheets.left, sheets.y, sheets.left + sheets.room, sheets.y, RULE, thick=0.5)

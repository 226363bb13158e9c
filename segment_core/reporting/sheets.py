"""Sheets: pages of a PDF that are written from top to bottom, in points, with a new page where one is full."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from segment_core.reporting.fitting import MISSING, cut, drawable, font, wrapped
from segment_core.reporting.pieces import INK, QUIET, Report

WIDE, HIGH, MARGIN, FOOT = 595.28, 841.89, 52.0, 58.0
SHEET = "Noto"
NARROW = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "·": "|", "…": "...", "—": "–"})
"""What the font draws as wide as a Chinese letter, as it is set among Latin ones."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Sheets:
    """Write from top to bottom; `y` is where the next thing goes, `left` and `room` are where it may stand."""

    def __init__(self, report: Report) -> None:
        from fpdf import FPDF

        self._report = report
        self.tick: Callable[[], None] = lambda: None
        self.boxed = False
        self._pdf: Any = FPDF(unit="pt", format="A4")
        self._pdf.set_auto_page_break(False)
        self._pdf.add_font(SHEET, fname=font())
        self._pdf.set_title(drawable(report.title))
        self._pdf.set_lang("zh-CN" if report.language == "zh" else report.language)
        self._pdf.set_producer("Strata")
        self._pdf.set_creation_date(LONG_AGO)  # the same study gives the same bytes
        self.left, self.room, self.y = MARGIN, WIDE - 2 * MARGIN, MARGIN
        self.page()

    def page(self) -> None:
        """Go on at the top of a new page."""
        self.tick()
        self._pdf.add_page()
        self.y = MARGIN
        number = f"{self._report.words.get('page', '')} {self._pdf.page_no()}"
        title = cut(self._report.title, 8, self.room - 80, 1)[0]
        self.put([title], self.left, HIGH - 38, 8, QUIET)
        self.put([number], self.left, HIGH - 38, 8, QUIET, right=self.room)

    def ensure(self, height: float) -> None:
        """Go to a new page if so much does not fit on this one."""
        if self.y + height > HIGH - FOOT and self.y > MARGIN:
            self.page()

    def section_break(self, *, fresh: bool) -> None:
        """Leave room before a section, or start a page."""
        if fresh:
            self.page()
        else:
            self.gap(18)

    def gap(self, height: float) -> None:
        """Leave some room, but none at the top of a page."""
        if self.y > MARGIN:
            self.y += height

    def bookmark(self, title: str, level: int) -> None:
        """Enter this place into the document's bookmarks."""
        self._pdf.set_y(self.y)
        self._pdf.start_section(drawable(title) or "–", level)

    def lines(self, text: str, size: float, room: float | None = None) -> list[str]:
        """Break a text into lines that fit."""
        return wrapped(self._set(text), size, self.room if room is None else room)

    @property
    def whole(self) -> float:
        """Return how much fits on a page."""
        return HIGH - FOOT - MARGIN

    @property
    def rest(self) -> float:
        """Return how much still fits on this page."""
        return HIGH - FOOT - self.y

    def _set(self, text: str) -> str:
        return text if self._report.language == "zh" else text.translate(NARROW)

    def heading(self, text: str, size: float, ink: str, *, keep: float) -> None:
        """Write a heading, on the page of what follows: so much of that must fit below it."""
        lines = self.lines(text, size * 1.02)
        self.ensure(len(lines) * size * 1.3 + keep)
        self.gap(size * 0.35)
        self.put(lines, self.left, self.y, size, ink, step=size * 1.3, strong=True)
        self.y += len(lines) * size * 1.3 + size * 0.3

    def paragraph(self, text: str, size: float, ink: str = INK) -> None:
        """Write a paragraph, which may go on on the next page."""
        step = size * 1.42
        for line in self.lines(text, size):
            self.ensure(step)
            self.put([line], self.left, self.y, size, ink)
            self.y += step
        self.y += size * 0.5

    def put(
        self,
        lines: Sequence[str],
        x: float,
        y: float,
        size: float,
        ink: str,
        *,
        step: float = 0.0,
        strong: bool = False,
        right: float = 0.0,
    ) -> None:
        """Write lines at a place: to the left, or with `right` up to that far from it."""
        pdf = self._pdf
        pdf.set_font(SHEET, size=size)
        pdf.set_text_color(*rgb(ink))
        if strong:  # the font has one weight: a thin outline makes it heavier
            pdf.set_draw_color(*rgb(ink))
        outline = size * (0.012 if self._report.language == "zh" else 0.025) if strong else 0.0
        for number, line in enumerate(lines):
            shown = drawable(self._set(line))
            self.boxed = self.boxed or shown.count(MISSING) > line.count(MISSING)
            start = x + right - pdf.get_string_width(shown) if right else x
            with pdf.local_context(text_mode="FILL_STROKE" if strong else "FILL", line_width=outline):
                pdf.text(start, y + number * step + size, shown)

    def box(self, x: float, y: float, wide: float, high: float, fill: str) -> None:
        """Fill a box."""
        self._pdf.set_fill_color(*rgb(fill))
        self._pdf.rect(x, y, wide, high, style="F")

    def rule(self, ink: str, thick: float) -> None:
        """Draw a rule over the whole width."""
        self.box(self.left, self.y, self.room, thick, ink)
        self.y += thick + 6

    def line(self, x1: float, y1: float, x2: float, y2: float, ink: str, *, thick: float = 0.7) -> None:
        """Draw a line."""
        self._pdf.set_draw_color(*rgb(ink))
        self._pdf.set_line_width(thick)
        self._pdf.line(x1, y1, x2, y2)

    def mark(self, x: float, y: float, kind: str, r: float, fill: str) -> None:
        """Draw a mark of the map."""
        self._pdf.set_fill_color(*rgb(fill))
        if kind == "circle":
            self._pdf.ellipse(x - r, y - r, 2 * r, 2 * r, style="F")
        elif kind == "square":
            self._pdf.rect(x - r, y - r, 2 * r, 2 * r, style="F")
        else:
            corners = [(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
            if kind == "triangle":
                corners = [(x, y - r), (x + r, y + r), (x - r, y + r)]
            self._pdf.polygon(corners, style="F")

    def bytes(self) -> bytes:
        """Return the document."""
        return bytes(self._pdf.output())

    def close(self) -> None:
        """Close the font's file; nothing can be written after that."""
        for own in self._pdf.fonts.values():
            own.close()


@cache
def rgb(colour: str) -> tuple[int, int, int]:
    """Return a colour's parts."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

"""Deck: wide slides that are filled from top to bottom, in points, with another slide where one is full."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

from segment_core.reporting.fitting import cut, parted, shortened, wrapped
from segment_core.reporting.pieces import ACCENT, INK, QUIET, Report

WIDE, HIGH, MARGIN, TOP, FOOT = 960.0, 540.0, 42.0, 92.0, 500.0
LATIN, ASIAN = "Calibri", "Microsoft YaHei"
LONG_AGO = datetime(2000, 1, 1)
ROOMY = 1.06
"""Other fonts than ours may be there when the slides are opened, somewhat wider ones among them."""


class Deck:
    """Fill slides from top to bottom; `y` is where the next thing goes, `left` and `room` where it may stand."""

    def __init__(self, report: Report) -> None:
        from pptx import Presentation
        from pptx.util import Pt

        self._report, self._title = report, ""
        self._stripe = ACCENT
        self._show: Any = Presentation()
        self._show.slide_width, self._show.slide_height = Pt(WIDE), Pt(HIGH)
        told = self._show.core_properties
        told.title, told.author, told.language = report.title[:250], "Strata", self.spoken
        told.last_modified_by, told.created, told.modified, told.revision = "Strata", LONG_AGO, LONG_AGO, 1
        self.left, self.room, self.y = MARGIN, WIDE - 2 * MARGIN, TOP
        self.current: Any = None
        self.tick: Callable[[], None] = lambda: None

    @property
    def spoken(self) -> str:
        """Return the language as the format writes it."""
        return "zh-CN" if self._report.language == "zh" else "en-GB"

    def title(self) -> None:
        """Make the first slide."""
        self._new(0)
        self.current.shapes.title.text_frame.clear()
        self._place(self.current.shapes.title, MARGIN, 170, WIDE - 2 * MARGIN, 130)
        said = shortened(self._report.title, 36 * ROOMY, WIDE - 2 * MARGIN - 20, 3)
        self._fill(self.current.shapes.title, said, 36, INK, strong=True)
        under = self.current.placeholders[1]
        self._place(under, MARGIN, 310, WIDE - 2 * MARGIN, 60)
        self._fill(under, self._report.subtitle, 20, QUIET)
        self._bar(ACCENT, 160)
        self.notes(self._report.words["note"])

    def slide(self, title: str, stripe: str = ACCENT) -> None:
        """Go on on a new slide with this title."""
        self._title, self._stripe = title, stripe
        self._new(5)
        self._bar(stripe, 22)
        holder = self.current.shapes.title
        self._place(holder, MARGIN, 28, WIDE - 2 * MARGIN, 54)
        size = 26.0 if len(wrapped(title, 26 * ROOMY, WIDE - 2 * MARGIN - 8)) == 1 else 19.0
        self._fill(holder, shortened(title, size * ROOMY, WIDE - 2 * MARGIN - 8, 2), size, INK, strong=True)
        self._number()
        self.y = TOP

    def ensure(self, height: float) -> None:
        """Go to another slide if so much does not fit on this one."""
        if self.y + height > FOOT and self.y > TOP:
            title = self._title
            more = f" ({self._report.words['more']})"
            self.slide(title if title.endswith(more) else title + more, self._stripe)

    def fits(self, title: str, size: float, text: str, other: float, *, most: int) -> bool:
        """Tell whether a heading and so many lines of a text still fit on this slide."""
        lines = len(cut(text, other * ROOMY, self.room - 4, most))
        return self.y + size * 1.35 + lines * other * 1.35 + 4 <= FOOT

    def text(
        self, text: str, size: float, ink: str, *, strong: bool = False, gap: float = 8.0, most: int | None = None
    ) -> None:
        """Write a paragraph in a box as high as it needs, at most so many lines."""
        lines = wrapped(text, size * ROOMY, self.room - 4)
        if most is not None and len(lines) > most:
            text = shortened(text, size * ROOMY, self.room - 4, most)
            lines = wrapped(text, size * ROOMY, self.room - 4)
        room = max(1, int((FOOT - TOP) / (size * 1.35)))
        if len(lines) > room:  # more than a slide holds: on as many as it takes
            for part in parted(text, size * ROOMY, self.room - 4, room):
                self.text(part, size, ink, strong=strong, gap=gap)
            return
        height = len(lines) * size * 1.35
        self.ensure(height)
        box = self.current.shapes.add_textbox(0, 0, 0, 0)
        self._place(box, self.left, self.y, self.room, height)
        self._fill(box, text, size, ink, strong=strong)
        self.y += height + gap

    def put(self, text: str, x: float, room: float, size: float, most: int) -> None:
        """Write so many lines at a place of this height."""
        box = self.current.shapes.add_textbox(0, 0, 0, 0)
        self._place(box, x, self.y, room, most * size * 1.35)
        self._fill(box, text, size, INK)

    def mark(self, kind: str, x: float, y: float, size: float, ink: str) -> None:
        """Draw a mark of the map."""
        from pptx.dml.color import RGBColor
        from pptx.enum.shapes import MSO_SHAPE

        kinds = {
            "circle": MSO_SHAPE.OVAL,
            "diamond": MSO_SHAPE.DIAMOND,
            "square": MSO_SHAPE.RECTANGLE,
            "triangle": MSO_SHAPE.ISOSCELES_TRIANGLE,
        }
        shape = self.current.shapes.add_shape(kinds[kind], 0, 0, 0, 0)
        self._place(shape, x, y, size, size)
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(ink[1:].upper())
        shape.line.fill.background()
        shape.shadow.inherit = False

    def notes(self, text: str) -> None:
        """Put a text into the speaker's notes of this slide."""
        self.current.notes_slide.notes_text_frame.text = safe(text)

    def style(self, run: Any, size: float, ink: str, *, strong: bool = False) -> None:
        """Set a run's font, for Latin and for Chinese letters, and the language it is checked in."""
        from pptx.dml.color import RGBColor
        from pptx.util import Pt

        run.font.size, run.font.bold, run.font.name = Pt(size), strong, LATIN
        run.font.color.rgb = RGBColor.from_string(ink[1:].upper())
        asian(run.font._element)
        run.font._element.set("lang", self.spoken)

    def bytes(self) -> bytes:
        """Return the presentation, the same for the same report."""
        made = io.BytesIO()
        self._show.save(made)
        return steady(made.getvalue())

    def _new(self, layout: int) -> None:
        self.tick()
        self.current = self._show.slides.add_slide(self._show.slide_layouts[layout])

    def _number(self) -> None:
        box = self.current.shapes.add_textbox(0, 0, 0, 0)
        self._place(box, WIDE - MARGIN - 60, HIGH - 30, 60, 18)
        self._fill(box, f"{len(self._show.slides)}", 10, QUIET)

    def _bar(self, ink: str, y: float) -> None:
        from pptx.dml.color import RGBColor
        from pptx.enum.shapes import MSO_SHAPE

        shape = self.current.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, 0, 0)
        shape.shadow.inherit = False
        self._place(shape, MARGIN, y, 72, 5)
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(ink[1:].upper())
        shape.line.fill.background()

    def _place(self, shape: Any, x: float, y: float, wide: float, high: float) -> None:
        from pptx.util import Pt

        shape.left, shape.top, shape.width, shape.height = Pt(x), Pt(y), Pt(wide), Pt(high)

    def _fill(self, shape: Any, text: str, size: float, ink: str, *, strong: bool = False) -> None:
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = safe(text)
        self.style(run, size, ink, strong=strong)


def asian(properties: Any) -> None:
    """Name the font of Chinese letters beside that of Latin ones."""
    from pptx.oxml.ns import qn

    for old in properties.findall(qn("a:ea")):
        properties.remove(old)
    found = properties.makeelement(qn("a:ea"), {"typeface": ASIAN})
    latin = properties.find(qn("a:latin"))
    latin.addnext(found) if latin is not None else properties.append(found)


def safe(text: str) -> str:
    """Return a text without what no XML may hold."""
    return re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def steady(data: bytes) -> bytes:
    """Return an Office file, and the workbooks in it, without the time they were written at."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".xlsx"):
                content = steady(content)
            if name == "docProps/core.xml":
                content = re.sub(rb"(W3CDTF\">)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            new.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()

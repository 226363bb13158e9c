"""Pieces: what a report is made of, whatever it is written as: typed, in plain text, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["good", "warning", "bad", "info"]
PALETTE = (
    "#0E78FE",
    "#EC9C0A",
    "#AF016E",
    "#34C3AA",
    "#5F4D12",
    "#B89FFB",
    "#F14160",
    "#428414",
    "#5132C6",
    "#986EAA",
)
"""The colours that segments have everywhere, in their order."""
GREY = "#8a8f98"
INK, QUIET, RULE, ACCENT = "#1d2429", "#5f6770", "#d9d5cb", "#0b6e7f"
TONES: dict[Tone, str] = {"good": "#2e7d4f", "warning": "#b5651d", "bad": "#b3362b", "info": "#1f6fb2"}
SHAPES = ("circle", "diamond", "square", "triangle")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a lead says what matters most, a quiet one what is good to know."""

    text: str
    style: Literal["lead", "plain", "quiet"] = "plain"


@dataclass(frozen=True, slots=True)
class Quote:
    """A customer's words, and where they stand; "" where that is not said."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list under a small heading; a point may have a quote beneath it."""

    title: str
    points: tuple[tuple[str, Quote | None], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Caveat:
    """A finding that a reader must not miss, and what to do about it. `mark` names the tone in a word."""

    text: str
    advice: str
    tone: Tone
    mark: str


@dataclass(frozen=True, slots=True)
class Stats:
    """A few numbers to take in at a glance: what each is, and the number."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `numeric` are the columns set to the right, `widths` their parts of the width."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numeric: frozenset[int] = frozenset()
    searched: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it is, its length, its value in words and in short, its colour, and the ends of its interval."""

    label: str
    value: float
    said: str
    colour: str
    short: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars; `signed` ones go both ways from the middle. `twin` says the same as a table."""

    title: str
    bars: tuple[Bar, ...]
    twin: Table
    signed: bool = False
    note: str = ""

    @property
    def reach(self) -> float:
        """Return how far the longest bar or interval goes."""
        ends = (abs(end) for bar in self.bars for end in (bar.value, bar.low or 0.0, bar.high or 0.0))
        return max(ends, default=0.0) or 1.0


@dataclass(frozen=True, slots=True)
class Map:
    """The map: each segment's id and name, what is shown beside it, and its points in [0, 1], first drawn first.

    `places` are those of the segments in the palette.
    """

    title: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    sizes: tuple[str, ...]
    points: tuple[tuple[tuple[float, float], ...], ...]
    alt: str
    note: str
    places: tuple[int, ...]

    @property
    def legend(self) -> tuple[str, ...]:
        """Return what each colour and shape stands for."""
        return tuple(f"{own}: {name}, {size}" for own, name, size in zip(self.ids, self.names, self.sizes, strict=True))

    @property
    def middles(self) -> tuple[int | None, ...]:
        """Return which point of each segment is nearest to its middle, where its id is written."""
        return tuple(middle(points) for points in self.points)


def middle(points: Sequence[tuple[float, float]]) -> int | None:
    """Return which point is nearest to the middle of all, or None where there is none."""
    if not points:
        return None
    x, y = (sorted(point[axis] for point in points)[len(points) // 2] for axis in (0, 1))
    return min(range(len(points)), key=lambda n: (points[n][0] - x) ** 2 + (points[n][1] - y) ** 2)


@dataclass(frozen=True, slots=True)
class Profile:
    """A segment, as one page or one slide: who it is, what sets it apart, and what is said of it.

    `number` is its place in the palette.
    """

    id: str
    name: str
    number: int
    stats: Stats
    lead: str
    drivers: Bars | None
    table: Table | None
    parts: tuple[Points, ...]
    quotes: tuple[Quote, ...]
    caveats: tuple[Caveat, ...]
    sources: str


Piece = Paragraph | Points | Caveat | Stats | Table | Bars | Map | Quote | Profile


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under its heading; `key` is its anchor."""

    key: str
    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one language: its title, what stands below it, and its sections; `words` are the frame's own."""

    title: str
    subtitle: str
    language: str
    sections: tuple[Section, ...]
    words: dict[str, str] = field(default_factory=dict)

    @property
    def profiles(self) -> Sequence[Profile]:
        """Return the segments, in their order."""
        return [piece for section in self.sections for piece in section.pieces if isinstance(piece, Profile)]


def colour(number: int) -> str:
    """Return the colour of a place in the palette; they start again from the eleventh on, and shapes tell apart."""
    return PALETTE[number % len(PALETTE)]


def shape(number: int) -> str:
    """Return the shape that a place in the palette has on the map."""
    return SHAPES[number // len(PALETTE) % len(SHAPES)]

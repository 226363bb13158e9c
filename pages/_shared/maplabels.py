"""Map labels: names of segments on the map, none over another and none over customers that are lit."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pages._shared.charts import Look, shown
from pages._shared.scatter import Extent

WIDE, HIGH = 640, 400
"""The map's usual size on a screen of 1280 × 720, in pixels: where labels are placed as if it were this large."""
LONGEST = 26
LINE = 25
LETTER, WIDE_LETTER, FRAME = 7.0, 13.0, 10.0
NEAR = 34
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A segment's name and what to write where that is too long, for a place on the map."""

    text: str
    short: str
    x: float
    y: float
    colour: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A label as it is written: `right` and `down` of its place, in pixels, inside `box` (left, top, right, bottom)."""

    label: Label
    text: str
    right: float
    down: float
    box: Box


def place(labels: Sequence[Label], extent: Extent, lit: NDArray[np.floating] | None = None) -> list[Placed]:
    """Place labels, the first one first; one that finds no room is shortened, and then left out.

    `extent` is the map's left, right, bottom and top; `lit` (m, 2) are points that no label may hide.
    """
    taken: list[Box] = []
    found: list[Placed] = []
    hidden = _sums(lit, extent) if lit is not None else None
    for label in labels:
        at = _pixels(np.array([[label.x, label.y]]), extent)[0]
        for text in dict.fromkeys((cut(label.text), cut(label.short))):
            offset = _room(at, width(text), taken, hidden)
            if offset is not None:
                box = _box(at[0] + offset[0], at[1] + offset[1], width(text))
                taken.append(box)
                found.append(Placed(label, text, *offset, box))
                break
    return found


def annotation(placed: Placed, look: Look) -> dict[str, Any]:
    """Return a placed label for Plotly, with a line to its place where it had to move away."""
    far = abs(placed.right) > NEAR or abs(placed.down) > NEAR
    moved: dict[str, Any] = {"showarrow": False, "xshift": placed.right, "yshift": -placed.down}
    if far:
        moved = {"showarrow": True, "ax": placed.right, "ay": placed.down, "arrowhead": 0, "arrowwidth": 1}
        moved |= {"arrowcolor": placed.label.colour}
    return {
        "x": placed.label.x,
        "y": placed.label.y,
        "xanchor": "center",
        "yanchor": "middle",
        "text": shown(placed.text, LONGEST),
        "font": {"color": look.ink, "size": 12},
        "bgcolor": look.ground,
        "bordercolor": placed.label.colour,
        "borderpad": 3,
        "opacity": 0.9,
        **moved,
    }


def width(text: str) -> float:
    """Return about how many pixels a label takes; Chinese letters are twice as wide."""
    return FRAME + sum(WIDE_LETTER if unicodedata.east_asian_width(letter) in "WF" else LETTER for letter in text)


def cut(text: str) -> str:
    """Shorten a label to the room of `LONGEST` Latin letters."""
    line = " ".join(text.split())
    if width(line) <= FRAME + LONGEST * LETTER:
        return line
    while line and width(line + "…") > FRAME + LONGEST * LETTER:
        line = line[:-1]
    return line.rstrip() + "…"


def _pixels(points: NDArray[np.floating], extent: Extent) -> NDArray[np.float64]:
    left, right, bottom, top = extent
    across, down = (points[:, 0] - left) / (right - left), (top - points[:, 1]) / (top - bottom)
    return np.column_stack([across * WIDE, down * HIGH])


def _sums(points: NDArray[np.floating], extent: Extent) -> NDArray[np.int64]:
    """Count the points above and left of every pixel, so that those in a box are four look-ups."""
    across, down = np.clip(_pixels(points, extent), 0, [WIDE - 1, HIGH - 1]).astype(np.int64).T
    counts = np.bincount(down * WIDE + across, minlength=WIDE * HIGH).reshape(HIGH, WIDE)
    return np.pad(counts.cumsum(0).cumsum(1), ((1, 0), (1, 0)))


def _room(
    at: NDArray[np.float64], wide: float, taken: Sequence[Box], hidden: NDArray[np.int64] | None
) -> tuple[float, float] | None:
    for right, down in _OFFSETS:
        box = _box(at[0] + right, at[1] + down, wide)
        if box[0] < 0 or box[1] < 0 or box[2] > WIDE or box[3] > HIGH:
            continue
        if any(touch(box, other) for other in taken) or (hidden is not None and _count(hidden, box)):
            continue
        return right, down
    return None


def _box(x: float, y: float, wide: float) -> Box:
    return x - wide / 2, y - LINE / 2, x + wide / 2, y + LINE / 2


def touch(one: Box, other: Box) -> bool:
    """Tell whether two boxes overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _count(sums: NDArray[np.int64], box: Box) -> int:
    left, top, right, bottom = (int(value) for value in (box[0], box[1], np.ceil(box[2]), np.ceil(box[3])))
    return int(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])


_OFFSETS = (
    (0.0, -LINE / 2),
    (0.0, LINE / 2),
    *(
        (round(2.0 * radius * float(np.cos(angle)), 1), round(radius * float(np.sin(angle)), 1))
        for radius in range(20, 201, 12)
        for angle in np.linspace(0, 2 * np.pi, 16, endpoint=False) - np.pi / 2
    ),
)

"""Graph charts: a neighbourhood becomes a network drawing, purely; every text and colour is handed in."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from pages._shared.charts import GREY, Look, dress, shown

HEIGHT = 560
SYMBOLS = {"value": "circle", "product": "square", "aspect": "diamond", "customer": "triangle-up", "segment": "star"}
_PALETTE = {"value": 0, "product": 3, "aspect": 1}
_FAINT, _PLAIN, _TOLD = "rgba(128,128,128,0.28)", "rgba(128,128,128,0.5)", "rgba(128,128,128,0.9)"
_WIDTH = 700
"""About how many pixels the drawing is wide; labels are kept apart as if it were."""
_LETTER, _LINE, _MARK = 6.6, 17, 14
_LETTERS, _LETTERS_MANY, _MANY = 26, 20, 16
_BEFORE = 7
_ROUNDS = 400


@dataclass(frozen=True, slots=True)
class Dot:
    """A node: its id, kind, words beside it, what stands under the pointer, and its size from 0 to 1.

    `before` goes before the label, such as the column of a value, and is the first to be shortened.
    """

    id: int
    kind: str
    label: str
    hover: str
    size: float
    before: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An edge between two ids; `words` are said of it under the pointer, "" for an edge that speaks for itself."""

    source: int
    target: int
    weight: float
    words: str = ""


def network(
    dots: Sequence[Dot], lines: Sequence[Line], kinds: Mapping[str, str], look: Look, *, centre_colour: str = ""
) -> go.Figure:
    """Draw the first dot in the middle and the others around it, near where they hang together.

    Kinds differ by symbol, by colour and by name in the legend; `kinds` names them. Labels are pushed apart.
    """
    letters = _LETTERS if len(dots) <= _MANY else _LETTERS_MANY
    labels = [_named(dot, letters) for dot in dots]
    places = _layout(dots, lines, labels)
    at = {dot.id: places[number] for number, dot in enumerate(dots)}
    figure = go.Figure()
    for name, colour, width, some in _strokes(dots, lines):
        figure.add_trace(_stroke(some, at, colour, width, name))
    told = [line for line in lines if line.words]
    if told:
        middles = np.array([(at[line.source] + at[line.target]) / 2 for line in told])
        figure.add_trace(_spots(middles, [shown(line.words, 120) for line in told]))
    for kind, name in kinds.items():
        mine = [number for number, dot in enumerate(dots) if dot.kind == kind]
        if mine:
            figure.add_trace(_marks(dots, mine, places, look, name=name, centre_colour=centre_colour))
    dress(figure, HEIGHT)
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "itemclick": False}
        | {"itemdoubleclick": False, "font": {"color": look.ink}, "itemsizing": "constant"},
        margin={"l": 4, "r": 4, "t": 34, "b": 4},
        hoverlabel={"align": "left"},
        annotations=[
            _words(dot, label, place, look, centre=number == 0)
            for number, (dot, label, place) in enumerate(zip(dots, labels, places, strict=True))
        ],
    )
    figure.update_xaxes(visible=False, range=[0, _WIDTH], fixedrange=True)
    figure.update_yaxes(visible=False, range=[0, HEIGHT - 40], fixedrange=True)
    return figure


def _strokes(dots: Sequence[Dot], lines: Sequence[Line]) -> list[tuple[str, str, float, list[Line]]]:
    """Part edges by how they are drawn: faint to the centre, stronger between neighbours, dark where it was said."""
    centre = dots[0].id
    near = [line for line in lines if centre in (line.source, line.target) and not line.words]
    across = [line for line in lines if centre not in (line.source, line.target) and not line.words]
    told = [line for line in lines if line.words]
    middle = float(np.median([line.weight for line in across])) if across else 0.0
    strong = [line for line in across if line.weight > middle]
    weak = [line for line in across if line.weight <= middle]
    return [
        ("near", _FAINT, 1.0, near),
        ("weak", _PLAIN, 1.0, weak),
        ("strong", _PLAIN, 2.5, strong),
        ("told", _TOLD, 2.0, told),
    ]


def _stroke(
    lines: Sequence[Line], at: Mapping[int, NDArray[np.float64]], colour: str, width: float, name: str
) -> go.Scatter:
    ends = [(at[line.source], at[line.target]) for line in lines]
    x = [value for one, two in ends for value in (one[0], two[0], None)]
    y = [value for one, two in ends for value in (one[1], two[1], None)]
    style = {"color": colour, "width": width}
    return go.Scatter(x=x, y=y, mode="lines", line=style, hoverinfo="skip", showlegend=False, name=name)


def _spots(places: NDArray[np.float64], words: list[str]) -> go.Scatter:
    return go.Scatter(
        x=places[:, 0],
        y=places[:, 1],
        mode="markers",
        marker={"size": 7, "symbol": "x-thin", "color": GREY, "line": {"width": 1.5, "color": GREY}},
        hovertext=words,
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
        name="words",
    )


def _marks(
    dots: Sequence[Dot], mine: list[int], places: NDArray[np.float64], look: Look, *, name: str, centre_colour: str
) -> go.Scatter:
    kind = dots[mine[0]].kind
    own = look.palette[_PALETTE[kind]] if kind in _PALETTE else GREY
    colours = [centre_colour or look.ink if number == 0 else own for number in mine]
    # In the legend a kind keeps its own colour, although the first of its dots may be the centre.
    shown_first = sorted(mine, reverse=True)
    colours = [colours[mine.index(number)] for number in shown_first]
    return go.Scatter(
        x=places[shown_first, 0],
        y=places[shown_first, 1],
        mode="markers",
        name=shown(name, 30),
        marker={
            "symbol": SYMBOLS.get(kind, "circle"),
            "color": colours,
            "size": [22 if number == 0 else 9 + 8 * dots[number].size for number in shown_first],
            "line": {"color": look.ground, "width": 1},
            "opacity": 1,
        },
        hovertext=[dots[number].hover for number in shown_first],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _words(dot: Dot, label: str, place: NDArray[np.float64], look: Look, *, centre: bool) -> dict[str, object]:
    text = shown(label, 80)
    return {
        "x": float(place[0]),
        "y": float(place[1]),
        "text": f"<b>{text}</b>" if centre else text,
        "showarrow": False,
        "yanchor": "bottom",
        "yshift": 9 if centre else 6,
        "font": {"color": look.ink, "size": 14 if centre else 12},
        "bgcolor": look.ground if centre else "rgba(0,0,0,0)",
        "captureevents": False,
        "name": str(dot.id),
    }


def _layout(dots: Sequence[Dot], lines: Sequence[Line], labels: Sequence[str]) -> NDArray[np.float64]:
    """Return pixels (n, 2): forces between nodes first (Fruchterman & Reingold 1991), then labels pushed apart."""
    import networkx as nx

    width, height = float(_WIDTH), float(HEIGHT - 40)
    middle = np.array([width / 2, height / 2 - _LINE / 2])
    if len(dots) == 1:
        return middle[None, :]
    graph = nx.Graph()
    graph.add_nodes_from(dot.id for dot in dots)
    centre = dots[0].id
    for line in lines:
        hub = centre in (line.source, line.target)
        graph.add_edge(line.source, line.target, weight=0.4 if hub else 0.6 + min(line.weight, 2.0))
    found = nx.spring_layout(
        graph, seed=0, k=1.6 / np.sqrt(len(dots)), iterations=150, pos={centre: (0.0, 0.0)}, fixed=[centre]
    )
    raw = np.array([found[dot.id] for dot in dots]) - found[centre]
    # Ranks in each direction use the room evenly, which bare forces do not: a few far nodes would press all together.
    angle, reach = _evenly(np.arctan2(raw[:, 1], raw[:, 0])), np.hypot(raw[:, 0], raw[:, 1])
    order = np.argsort(np.argsort(reach[1:], kind="stable"), kind="stable")
    reach[1:] = 0.4 + 0.6 * (order + 1) / len(order)
    reach[0] = 0.0
    places = middle + np.column_stack(
        [np.cos(angle) * reach * (width / 2 - 50), np.sin(angle) * reach * (height / 2 - 30)]
    )
    wide = np.array([max(_LETTER * _broad(label), _MARK) + 8 for label in labels])
    return _apart(places, wide, width, height)


def _evenly(angles: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move angles most of the way to even steps in the order they have; the first, the centre's, means nothing."""
    order = np.argsort(angles[1:], kind="stable") + 1
    steps = 2 * np.pi * np.arange(len(order)) / len(order)
    even = np.zeros_like(angles)
    even[order] = steps + (angles[order] - steps).mean()
    return np.asarray(0.25 * angles + 0.75 * even)


def _apart(places: NDArray[np.float64], wide: NDArray[np.float64], width: float, height: float) -> NDArray[np.float64]:
    """Push boxes of label and marker apart along the shorter way, and keep them inside; the centre stays."""
    tall = float(_LINE + _MARK + 4)
    n = len(places)
    boxes = places + np.array([0.0, _LINE / 2])
    for _ in range(_ROUNDS):
        gap = boxes[:, None, :] - boxes[None, :, :]
        over_x = (wide[:, None] + wide[None, :]) / 2 - np.abs(gap[..., 0])
        over_y = tall - np.abs(gap[..., 1])
        touching = (over_x > 0) & (over_y > 0) & ~np.eye(n, dtype=bool)
        if not touching.any():
            break
        # Two in the very same place part by their order, so that the drawing is the same every time.
        sign = np.where(gap == 0, np.sign(np.arange(n)[:, None] - np.arange(n)[None, :])[..., None], np.sign(gap))
        flat = over_x < 0.6 * over_y
        push_x = np.where(touching & flat, sign[..., 0] * over_x, 0.0).sum(axis=1)
        push_y = np.where(touching & ~flat, sign[..., 1] * over_y, 0.0).sum(axis=1)
        boxes[1:] += 0.3 * np.column_stack([push_x, push_y])[1:]
        boxes[:, 0] = np.clip(boxes[:, 0], wide / 2, np.maximum(width - wide / 2, wide / 2))
        boxes[:, 1] = np.clip(boxes[:, 1], tall / 2, height - tall / 2)
    return np.asarray(boxes - np.array([0.0, _LINE / 2]))


def _broad(text: str) -> int:
    """Count letters, Chinese and other wide ones twice."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _named(dot: Dot, letters: int) -> str:
    if not dot.before:
        return _cut(dot.label, letters)
    label = _cut(dot.label, letters - _BEFORE)
    return f"{_cut(dot.before, max(_BEFORE, letters - _broad(label)))}: {label}"


def _cut(text: str, most: int) -> str:
    line = " ".join(text.split())
    if _broad(line) <= most:
        return line
    cut = ""
    for letter in line:
        if _broad(cut + letter) >= most:
            break
        cut += letter
    return cut.rstrip() + "…"

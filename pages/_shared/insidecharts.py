"""Inside charts: what algorithms show of themselves, as Plotly figures; every text and colour is handed in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from pages._shared.charts import GREY, Look, dress, faded, shown
from segment_core.artifacts import Tree

MOST_POINTS = 400
HEIGHT, LOW = 320, 200
_RULE = "rgba(128,128,128,0.25)"


@dataclass(frozen=True, slots=True)
class Box:
    """A group of the tree: the part of the width it takes (0 to 1), and the levels between which it is there."""

    node: int
    left: float
    right: float
    begins: float
    ends: float


def thinned(values: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Keep at most 400 of a sorted curve, evenly, the first and the last among them: places from 1 on, and values."""
    places = np.unique(np.linspace(0, len(values) - 1, min(len(values), MOST_POINTS)).round().astype(np.int64))
    return places + 1, values[places]


def distances(
    values: NDArray[np.float64], levels: Sequence[tuple[float, str]], titles: tuple[str, str], look: Look, height: int
) -> go.Figure:
    """Draw sorted distances, and levels across them with their words; `titles` are those of the axes."""
    places, kept = thinned(values)
    figure = go.Figure(
        go.Scatter(
            x=places,
            y=kept,
            mode="lines",
            line={"color": look.palette[0], "width": 2},
            hovertemplate="%{x:,}: %{y:.3g}<extra></extra>",
        )
    )
    for number, (level, words) in enumerate(levels):
        figure.add_hline(
            y=level,
            line={"color": look.ink if number else GREY, "width": 1.5, "dash": "solid" if number else "dash"},
            annotation={
                "text": shown(words, 40),
                "font": {"color": look.ink, "size": 12},
                "xanchor": "left",
                "yanchor": "bottom" if not number else "top",
                "x": 0.01,
            },
        )
    dress(figure, height)
    figure.update_xaxes(title=titles[0], showgrid=False, fixedrange=True, nticks=5)
    figure.update_yaxes(
        title=titles[1], gridcolor=_RULE, nticks=5, fixedrange=True, automargin=True, rangemode="tozero"
    )
    return figure


def boxes(tree: Tree) -> tuple[Box, ...]:
    """Lay groups out inside each other: as wide as they have customers, side by side within the group they come from.

    A group of very dense customers would press all else together, so no box ends later than twice the last beginning.
    """
    total = max(int(tree.sizes[0]), 1)
    lefts = np.zeros(len(tree.sizes))
    for node in range(len(tree.sizes)):
        children = np.flatnonzero(tree.parents == node)
        children = children[np.argsort(-tree.sizes[children], kind="stable")]
        # What fades away on the way is left out on both sides alike.
        place = lefts[node] + (tree.sizes[node] - tree.sizes[children].sum()) / total / 2
        for child in children:
            lefts[child] = place
            place += tree.sizes[child] / total
    last = 2 * float(tree.begins.max()) or float(tree.ends.max())
    return tuple(
        Box(
            node,
            float(lefts[node]),
            float(lefts[node] + tree.sizes[node] / total),
            float(tree.begins[node]),
            min(float(tree.ends[node]), last),
        )
        for node in range(len(tree.sizes))
    )


def owners(tree: Tree) -> list[int]:
    """Return for each group the segment that it is or lies in, -1 where it lies in none."""
    found: list[int] = []
    for parent, segment in zip(tree.parents.tolist(), tree.segments.tolist(), strict=True):
        found.append(segment if segment >= 0 or parent < 0 else found[parent])
    return found


def icicle(tree: Tree, words: Sequence[str], title: str, look: Look) -> go.Figure:
    """Draw groups as boxes that hang from everybody, denser below; segments in their colour, parts of them fainter.

    `words` say each group; `title` is that of the axis of density.
    """
    figure = go.Figure()
    laid, inside = boxes(tree), owners(tree)
    solid = [look.colour(owner) if owner >= 0 else GREY for owner in inside]
    fading = [
        1.0 if segment >= 0 else 0.45 if owner >= 0 else 0.3
        for segment, owner in zip(tree.segments, inside, strict=True)
    ]
    colours = [faded(colour, strength) for colour, strength in zip(solid, fading, strict=True)]
    figure.add_trace(
        go.Bar(
            x=[(box.left + box.right) / 2 for box in laid],
            width=[max(box.right - box.left, 1e-4) for box in laid],
            base=[box.begins for box in laid],
            y=[max(box.ends - box.begins, 0.0) for box in laid],
            marker={"color": colours, "line": {"color": look.ground, "width": 1}},
            hovertext=[shown(word, 120) for word in words],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    dress(figure, HEIGHT)
    figure.update_layout(bargap=0)
    figure.update_xaxes(visible=False, range=[0, 1], fixedrange=True)
    figure.update_yaxes(title=title, autorange="reversed", gridcolor=_RULE, nticks=5, fixedrange=True, automargin=True)
    return figure

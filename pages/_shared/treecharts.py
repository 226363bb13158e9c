"""Tree charts: a ladder as a Sankey over its levels, and the top of a tree as a dendrogram, as Plotly figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go

from pages._shared.charts import GREY, Look, dress, faded, shown
from segment_core.artifacts import Tree
from segment_core.clustering import cutting
from segment_core.clustering.cutting import Cut

SANKEY, HEAD, FOOT, SIDE = 460, 46, 8, 26
BAR = 16
DENDROGRAM = 420
OTHERS = 0.55
"""How strongly branches that are not in the cut are coloured."""
LOWEST = 9
"""Pixels that a branch must be tall to be named, if it is not in the cut."""
_RULE = "rgba(128,128,128,0.25)"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is written at the nodes of a tree: a short name, words for when it is pointed at, and a colour."""

    names: Sequence[str]
    hovers: Sequence[str]
    colours: Sequence[str]
    strengths: Sequence[float]


def ladder(tree: Tree, levels: Sequence[str], drawn: Drawn, cut: Cut, look: Look) -> go.Figure:
    """Draw each level as a column of branches as tall as they have customers; those of the cut are outlined.

    `levels` are the words above the columns, for 1, 2, 3, … segments. A branch is the stronger coloured the more it
    lasts (`strengths`), and is named where it first stands, with a tick if it is in the cut.
    """
    order = {node: place for place, node in enumerate(_walk(tree))}  # Plotly lets links cross where nodes are mixed
    columns = [tuple(sorted(cutting.into(tree, k), key=order.__getitem__)) for k in range(1, len(levels) + 1)]
    centres, parts = _centres(tree, columns[-1]), cutting.parts_of(tree)
    room = (SANKEY - HEAD - FOOT) / max(int(tree.sizes[0]), 1)
    named = [
        node in cut or (node and node != parts[int(tree.parents[node])][0] and room * int(tree.sizes[node]) >= LOWEST)
        for node in range(len(parts))
    ]
    places: dict[tuple[int, int], int] = {}
    for level, column in enumerate(columns):
        for node in column:
            places[level, node] = len(places)
    links = _links(tree, columns, places)
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "x": [_across(level, len(columns)) for level, _ in places],
                "y": [centres[node] for _, node in places],
                "label": [
                    _label(drawn.names[node], node in cut)
                    if named[node] and node not in columns[max(0, level - 1)]
                    else ""
                    for level, node in places
                ],
                "color": [faded(drawn.colours[node], 1.0 if node in cut else OTHERS) for _, node in places],
                "customdata": [shown(drawn.hovers[node], 200) for _, node in places],
                "hovertemplate": "%{customdata}<extra></extra>",
                "line": {"color": look.ground, "width": 0},
                "thickness": BAR,
                "pad": 4,
            },
            link={
                "source": [one for one, _, _ in links],
                "target": [other for _, other, _ in links],
                "value": [int(tree.sizes[node]) for _, _, node in links],
                "color": [faded(drawn.colours[node], drawn.strengths[node]) for _, _, node in links],
                "customdata": [shown(drawn.hovers[node], 200) for _, _, node in links],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            textfont={"color": look.ink, "size": 12, "shadow": "none"},
        )
    )
    dress(figure, SANKEY)
    figure.update_layout(
        margin={"l": SIDE, "r": SIDE + 14, "t": HEAD, "b": FOOT},
        annotations=[
            {
                "text": words,
                "x": _across(level, len(columns)),
                "y": 1.0,
                "yshift": 8,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "center",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"color": look.ink, "size": 12},
            }
            for level, words in enumerate(levels)
        ],
    )
    return figure


def dendrogram(tree: Tree, drawn: Drawn, cut: Cut, look: Look, *, height: float | None, axis: str) -> go.Figure:
    """Draw the tree from the root down, what lies below the cut in its part's colour, with a dot at each split.

    `height` draws a line across where the cut is straight.
    """
    across = _spread(tree)
    members, parts = cutting.members(tree, cut), cutting.parts_of(tree)
    lines: dict[int, tuple[list[float | None], list[float | None]]] = {}
    for node, inside in enumerate(parts):
        xs, ys = lines.setdefault(int(members[node]), ([], []))
        low = float(tree.ends[node])
        if node:
            xs += [across[node], across[node], None]
            ys += [float(tree.begins[node]), low, None]
        if inside:
            xs += [across[inside[0]], across[inside[-1]], None]
            ys += [low, low, None]
    figure = go.Figure()
    for part, (xs, ys) in sorted(lines.items()):
        colour = drawn.colours[cut[part]] if part >= 0 else GREY
        figure.add_trace(
            go.Scatter(
                x=xs, y=ys, mode="lines", line={"color": colour, "width": 2.5 if part >= 0 else 1.5}, hoverinfo="skip"
            )
        )
    figure.add_trace(_dots(tree, drawn, cut, across, look))
    dress(figure, DENDROGRAM)
    top = float(tree.ends[0]) or 1.0
    if height is not None:
        figure.add_hline(y=height, line={"color": look.ink, "width": 2, "dash": "dash"})
    figure.update_layout(
        margin={"l": 8, "r": 8, "t": 8, "b": 44},
        dragmode="select",
        selectionrevision=f"{cut} {height}",
        selectdirection="v",
        annotations=[
            {
                "text": shown(drawn.names[node], 14),
                "x": across[node],
                "y": 0,
                "yref": "paper",
                "yshift": -6 - 16 * (number % 2),
                "yanchor": "top",
                "showarrow": False,
                "font": {"color": look.ink, "size": 12},
            }
            for number, node in enumerate(sorted(cut, key=lambda node: across[node]))
        ],
    )
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(
        title={"text": axis}, range=[-0.02 * top, 1.05 * top], gridcolor=_RULE, zeroline=False, fixedrange=True
    )
    return figure


def _dots(tree: Tree, drawn: Drawn, cut: Cut, across: Mapping[int, float], look: Look) -> go.Scatter:
    members = cutting.members(tree, cut)
    nodes = [node for node, inside in enumerate(cutting.parts_of(tree)) if inside or node in cut]
    colours = [drawn.colours[cut[members[node]]] if members[node] >= 0 else GREY for node in nodes]
    return go.Scatter(
        x=[across[node] for node in nodes],
        y=[float(tree.ends[node]) for node in nodes],
        mode="markers",
        marker={
            "color": [colour if node in cut else look.ground for node, colour in zip(nodes, colours, strict=True)],
            "size": [13 if node in cut else 8 for node in nodes],
            "line": {"color": colours, "width": 2},
            "opacity": 1,
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        hovertext=[shown(drawn.hovers[node], 200) for node in nodes],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _label(name: str, kept: bool) -> str:
    return shown(f"✓ {name}" if kept else name, 14)


def _links(tree: Tree, columns: Sequence[Cut], places: Mapping[tuple[int, int], int]) -> list[tuple[int, int, int]]:
    """Return links as their ends and the branch they lead to."""
    found = []
    for level, (left, right) in enumerate(pairwise(columns)):
        for node in right:
            source = node if node in left else int(tree.parents[node])
            found.append((places[level, source], places[level + 1, node], node))
    return found


def _across(level: int, n: int) -> float:
    return 0.001 + 0.998 * level / max(n - 1, 1)


def _centres(tree: Tree, last: Cut) -> dict[int, float]:
    """Place the branches of the last level below one another with gaps, and the others in the middle of theirs."""
    order = [node for node in _walk(tree) if node in last]
    gap = 0.018
    scale = (1 - gap * (len(order) - 1)) / max(int(tree.sizes[0]), 1)
    spans: dict[int, tuple[float, float]] = {}
    top = 0.0
    for node in order:
        spans[node] = (top, top + scale * int(tree.sizes[node]))
        top = spans[node][1] + gap
    above = sorted({int(tree.parents[node]) for node in spans} - {-1})
    parts = cutting.parts_of(tree)
    for node in reversed(range(max([*above, 0]) + 1)):
        inside = [spans[part] for part in parts[node] if part in spans]
        if node not in spans and inside:
            spans[node] = (inside[0][0], inside[-1][1])
    return {node: (low + high) / 2 for node, (low, high) in spans.items()}


def _spread(tree: Tree) -> dict[int, float]:
    """Place leaves side by side and every other node in the middle of its parts."""
    parts = cutting.parts_of(tree)
    found: dict[int, float] = {}
    for node in _walk(tree):
        if not parts[node]:
            found[node] = float(len(found))
    for node in reversed(range(len(parts))):
        if parts[node]:
            found[node] = float(np.mean([found[part] for part in parts[node]]))
    return found


def _walk(tree: Tree) -> list[int]:
    parts, found, waiting = cutting.parts_of(tree), [], [0]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += reversed(parts[node])
    return found

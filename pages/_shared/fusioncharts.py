"""Fusion charts: who decides, and segments inside segments, as Plotly figures; every text and colour is handed in."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages._shared.charts import LONGEST, ROW, Look, dress, shown

LEAST_LABELLED = 0.08
"""Share from which a part of a bar is wide enough for its figure."""
LEGEND_LINE, ON_A_LINE = 26, 6
LOWEST = 24
"""Pixels of height that a line of words needs."""
PATTERNS = ("", "/", ".", "x")
_FAINT = "rgba(128,128,128,0.18)"


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the tree: its id and that of the box around it ("" for none), words, customers, colour ("" for grey)."""

    id: str
    parent: str
    label: str
    hover: str
    n: int
    colour: str


def stacked(
    words: Sequence[str],
    marks: Sequence[tuple[str, str]],
    parts: Sequence[Sequence[float]],
    names: Sequence[str],
    look: Look,
    *,
    legend: bool = True,
) -> go.Figure:
    """Draw a bar a row, cut into parts that are named in the legend; a row of zeros stays an empty line.

    `words` stand above the bars, each after its mark: a sign and its colour ("" for none). `parts` hold a row's shares
    in the order of `names`.
    """
    figure = go.Figure()
    places = list(range(len(words)))
    for number, name in enumerate(names):
        values = [row[number] for row in parts]
        colour, pattern = block_colour(number, len(names), look)
        figure.add_trace(
            go.Bar(
                x=values,
                y=places,
                name=shown(name, 30),
                orientation="h",
                width=0.42,
                marker={
                    "color": colour,
                    "pattern": {"shape": pattern, "fgcolor": look.ground, "size": 6},
                    "line": {"color": look.ground, "width": 1.5},
                },
                text=[f"{value:.0%}" if value >= LEAST_LABELLED else "" for value in values],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                insidetextfont={"size": 12},
                hovertext=[
                    f"{shown(word, 60)}<br>{shown(name, 40)}: {value:.0%}"
                    for word, value in zip(words, values, strict=True)
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    top = LEGEND_LINE * -(-len(names) // ON_A_LINE) if legend else 0
    dress(figure, ROW * len(words) + 16 + top)
    figure.update_layout(
        barmode="stack",
        showlegend=legend,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal", "itemclick": False}
        | {"itemdoubleclick": False, "font": {"color": look.ink}},
        margin={"l": 8, "r": 8, "t": 8 + top, "b": 8},
        annotations=[
            {
                "text": _marked(word, mark),
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": place - 0.21,
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"color": look.ink, "size": 13},
            }
            for place, (word, mark) in enumerate(zip(words, marks, strict=True))
        ],
    )
    figure.update_xaxes(visible=False, range=[0, 1.0001], fixedrange=True)
    figure.update_yaxes(visible=False, range=[len(words) - 0.7, -0.75], fixedrange=True)
    return figure


def block_colour(number: int, n: int, look: Look) -> tuple[str, str]:
    """Return a block's colour on the theme's ramp, which no segment wears, and a pattern where colours start again."""
    last = len(look.ramp) - 1
    if n > len(look.ramp):
        return look.ramp[number % len(look.ramp)], PATTERNS[number // len(look.ramp) % len(PATTERNS)]
    return look.ramp[last - round(number * last / max(n - 1, 1))], ""


def tree(nodes: Sequence[Node], look: Look, height: int) -> go.Figure:
    """Draw boxes inside boxes from left to right, each as tall as it has customers; the lowest have no words."""
    total = max((node.n for node in nodes), default=1)
    figure = go.Figure(
        go.Icicle(
            ids=[node.id for node in nodes],
            parents=[node.parent for node in nodes],
            labels=[shown(node.label, LONGEST) if node.n / total * height >= LOWEST else "" for node in nodes],
            values=[node.n for node in nodes],
            branchvalues="total",
            sort=False,
            tiling={"orientation": "h", "pad": 2},
            marker={"colors": [node.colour or _FAINT for node in nodes], "line": {"color": look.ground, "width": 1}},
            leaf={"opacity": 1},
            pathbar={"visible": False},
            hovertext=[shown(node.hover, 160) for node in nodes],
            hovertemplate="%{hovertext}<extra></extra>",
            textposition="middle left",
            textfont={"size": 13, "color": [_legible(node.colour) if node.colour else look.ink for node in nodes]},
        )
    )
    dress(figure, height)
    return figure


def _legible(colour: str) -> str:
    """Return black or white, whichever stands out from a colour written as #rrggbb (WCAG relative luminance)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    light = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    return "#000000" if light > 0.18 else "#ffffff"


def _marked(word: str, mark: tuple[str, str]) -> str:
    sign, colour = mark
    return (
        f'<span style="color:{colour};font-size:15px">{sign}</span> {shown(word, LONGEST)}'
        if sign
        else shown(word, LONGEST)
    )

"""Run charts: customers flowing from one run's segments into another's, and scores over the settings of a sweep."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages._shared.charts import GREY, Look, dress, faded, shown

NODE, LEAST = 40, 300
_RULE = "rgba(128,128,128,0.25)"


def flows(
    counts: np.ndarray,
    first: Sequence[str],
    second: Sequence[str],
    *,
    places: tuple[Sequence[int], Sequence[int]],
    hovers: Sequence[Sequence[str]],
    look: Look,
) -> go.Figure:
    """Draw how many customers go from each segment on the left (k1) to each on the right (k2), as a Sankey.

    `places` are those of the left and of the right segments in the palette; -1 is grey.
    """
    k1, k2 = counts.shape
    left, right = np.nonzero(counts)
    inks, heads = ([look.palette[n % len(look.palette)] if n >= 0 else GREY for n in side] for side in places)
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            node={
                "label": [shown(name, 40) for name in (*first, *second)],
                "color": [*inks, *heads],
                "pad": 14,
                "thickness": 14,
                "line": {"width": 0},
                "hovertemplate": "%{label}: %{value:,.0f}<extra></extra>",
            },
            link={
                "source": left.tolist(),
                "target": (right + k1).tolist(),
                "value": counts[left, right].tolist(),
                "color": [faded(inks[number], 0.35) for number in left],
                "customdata": [hovers[one][two] for one, two in zip(left, right, strict=True)],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            textfont={"color": look.ink, "size": 13, "shadow": "none"},
        )
    )
    dress(figure, max(LEAST, NODE * max(k1, k2)))
    return figure


def over_one(values: Sequence[str], scores: Sequence[float | None], look: Look) -> go.Figure:
    """Draw a score over the values of one option, in the order they were given."""
    colour = look.palette[0]
    figure = go.Figure(
        go.Scatter(
            x=list(range(len(values))),
            y=list(scores),
            mode="lines+markers",
            line={"color": colour, "width": 2},
            marker={"size": 8},
            cliponaxis=False,
            text=[shown(value, 40) for value in values],
            hovertemplate="%{text}: %{y:.3g}<extra></extra>",
        )
    )
    dress(figure, 220)
    places, names = list(range(len(values))), [shown(value, 12) for value in values]
    figure.update_xaxes(tickvals=places, ticktext=names, showgrid=False, fixedrange=True)
    figure.update_yaxes(gridcolor=_RULE, nticks=4, fixedrange=True, automargin=True)
    return figure


def over_two(
    rows: Sequence[str], columns: Sequence[str], scores: Sequence[Sequence[float | None]], look: Look
) -> go.Figure:
    """Draw a score over the values of two options, as a grid; darker is higher, and every cell says its value."""
    ramp = [[place / (len(look.ramp) - 1), colour] for place, colour in enumerate(look.ramp)]
    said = [["" if value is None else f"{value:.2f}" for value in row] for row in scores]
    figure = go.Figure(
        go.Heatmap(
            z=[list(row) for row in scores],
            x=[shown(value, 12) for value in columns],
            y=[shown(value, 12) for value in rows],
            colorscale=ramp,
            showscale=False,
            text=said,
            texttemplate="%{text}",
            hovertemplate="%{y} × %{x}: %{z:.3g}<extra></extra>",
            xgap=2,
            ygap=2,
        )
    )
    dress(figure, max(220, 34 * len(rows) + 60))
    figure.update_xaxes(type="category", fixedrange=True, side="bottom")
    figure.update_yaxes(type="category", fixedrange=True, automargin=True, autorange="reversed")
    return figure

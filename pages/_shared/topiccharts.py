"""Topic charts: topics by segment and over time become Plotly figures, purely; texts and colours are handed in."""

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from pages._shared.charts import GREY, Look, dress, faded, shown

ROW, HEAD = 26, 28
MOST_WRITTEN = 10
LONGEST_TOPIC, LONGEST_SEGMENT = 40, 24
DOUBLINGS = 2.0
_RULE = "rgba(128,128,128,0.25)"


def by_segment(
    topics: Sequence[str],
    segments: Sequence[str],
    lifts: Sequence[Sequence[float]],
    cells: Sequence[Sequence[str]],
    hovers: Sequence[Sequence[str]],
    *,
    look: Look,
) -> go.Figure:
    """Draw a row a topic and a column a segment: stronger where a segment writes more (blue) or less (orange) of it.

    `cells` stand in the fields where there is room for them, `hovers` say each in words.
    """
    more, less = look.palette[0], look.palette[1]
    figure = go.Figure(
        go.Heatmap(
            x=list(range(len(segments))),
            y=list(range(len(topics))),
            z=[[_doublings(lift) for lift in row] for row in lifts],
            text=[list(row) for row in cells],
            texttemplate="%{text}" if len(segments) <= MOST_WRITTEN else None,
            hovertext=[[shown(text, 200) for text in row] for row in hovers],
            hovertemplate="%{hovertext}<extra></extra>",
            hoverongaps=False,
            # Never more than half strong, so that the page's own ink stays legible on every cell, light and dark.
            colorscale=[[0, faded(less, 0.38)], [0.5, faded(more, 0.02)], [1, faded(more, 0.55)]],
            zmin=-DOUBLINGS,
            zmax=DOUBLINGS,
            textfont={"color": look.ink},
            showscale=False,
            xgap=1,
            ygap=1,
        )
    )
    slanted = len(segments) > 3
    longest = max((min(len(name), LONGEST_SEGMENT) for name in segments), default=0)
    head = HEAD + (round(5 * longest) if slanted else 0)
    dress(figure, ROW * len(topics) + head + 8)
    figure.update_layout(margin={"t": head})
    figure.update_xaxes(
        side="top",
        tickvals=list(range(len(segments))),
        ticktext=[shown(name, LONGEST_SEGMENT) for name in segments],
        tickangle=45 if slanted else 0,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        autorange="reversed",
        tickvals=list(range(len(topics))),
        ticktext=[shown(name, LONGEST_TOPIC) for name in topics],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )
    return figure


def over_time(
    periods: Sequence[str],
    chosen: Sequence[float],
    few: Sequence[bool],
    others: Sequence[Sequence[float]],
    hovers: Sequence[str],
    *,
    look: Look,
) -> go.Figure:
    """Draw one topic's share by period among the others' (grey); a hollow mark says that few texts stand behind it."""
    colour = look.palette[0]
    places = list(range(len(periods)))
    figure = go.Figure()
    for other in others:
        figure.add_trace(
            go.Scatter(
                x=places, y=list(other), mode="lines", line={"color": GREY, "width": 1}, opacity=0.35, hoverinfo="skip"
            )
        )
    figure.add_trace(
        go.Scatter(
            x=places,
            y=list(chosen),
            mode="lines+markers",
            line={"color": colour, "width": 2},
            marker={
                "color": [look.ground if is_few else colour for is_few in few],
                "size": 8,
                "line": {"color": colour, "width": 2},
            },
            hovertext=[shown(text, 160) for text in hovers],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    dress(figure, 280)
    step = max(1, math.ceil(len(periods) / 12))
    figure.update_xaxes(
        tickvals=places[::step],
        ticktext=[shown(period, 12) for period in periods[::step]],
        range=[-0.5, max(len(periods) - 0.5, 0.5)],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        tickformat=".0%", rangemode="tozero", gridcolor=_RULE, nticks=5, fixedrange=True, automargin=True
    )
    return figure


def _doublings(lift: float) -> float | None:
    """Return how often a share doubles the base's, within what the colours show; None where nobody wrote."""
    if math.isnan(lift):
        return None
    return max(-DOUBLINGS, min(DOUBLINGS, math.log2(lift))) if lift > 0 else -DOUBLINGS

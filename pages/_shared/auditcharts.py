"""Audit charts: how far segments follow each sensitive column, with intervals, purely."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages._shared import charts
from pages._shared.charts import GREY, Look

ROW = 44
_RULE = "rgba(128,128,128,0.25)"


def associations(
    figures: Sequence[str],
    values: Sequence[tuple[float, float, float]],
    flagged: Sequence[bool],
    look: Look,
) -> go.Figure:
    """Draw a bar a column from 0 to 1 with its interval, flagged ones in colour and the others in grey.

    `values` are what was found and the ends of its interval. `figures` say each in words, and stand above its bar.
    """
    places = list(range(len(values)))
    figure = go.Figure(
        go.Bar(
            x=[value for value, _, _ in values],
            y=places,
            orientation="h",
            width=0.3,
            marker={"color": [look.palette[0] if flag else GREY for flag in flagged], "cornerradius": 3},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [high - value for value, _, high in values],
                "arrayminus": [value - low for value, low, _ in values],
                "color": look.ink,
                "thickness": 1.5,
                "width": 5,
            },
            hovertext=[charts.shown(text, 120) for text in figures],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    charts.dress(figure, ROW * max(len(values), 1) + 44)
    figure.update_layout(
        margin={"b": 28},
        annotations=[
            {
                "text": charts.shown(text, charts.LONGEST),
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": place - 0.15,
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"color": look.ink, "size": 13},
            }
            for place, text in zip(places, figures, strict=True)
        ],
    )
    figure.update_xaxes(range=[0, 1], fixedrange=True, gridcolor=_RULE, tickvals=[0, 0.1, 0.3, 0.5, 1])
    figure.update_yaxes(visible=False, range=[len(values) - 0.65, -0.75], fixedrange=True)
    return figure

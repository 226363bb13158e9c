"""Alike charts: what is to be had by taking more and more look-alikes, purely."""

import plotly.graph_objects as go

from pages._shared import charts
from pages._shared.charts import GREY, Look
from segment_core.profiles import Curve

HEIGHT = 300
_RULE = "rgba(128,128,128,0.25)"


def curve(found: Curve, n: int, right: str, reached: str, look: Look) -> go.Figure:
    """Draw the share that can be right and the share of seeds that are as alike, over the number taken; `n` is marked.

    `right` and `reached` name the two lines, at their ends.
    """
    figure = go.Figure()
    lines = ((right, found.right, look.palette[0], "solid"), (reached, found.found, GREY, "dash"))
    for name, values, colour, dash in lines:
        figure.add_trace(
            go.Scatter(
                x=found.taken,
                y=values,
                name=charts.shown(name, charts.LONGEST),
                mode="lines",
                line={"color": colour, "width": 2.5, "dash": dash},
                hovertemplate="%{x:,}: %{y:.0%}<extra>" + charts.shown(name, charts.LONGEST) + "</extra>",
            )
        )
    figure.add_vline(x=n, line={"color": look.ink, "width": 1.5, "dash": "dot"})
    charts.dress(figure, HEIGHT)
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"color": look.ink}},
        margin={"t": 36},
    )
    figure.update_xaxes(fixedrange=True, showgrid=False, rangemode="tozero")
    figure.update_yaxes(range=[0, 1.03], tickformat=".0%", gridcolor=_RULE, fixedrange=True, automargin=True)
    return figure

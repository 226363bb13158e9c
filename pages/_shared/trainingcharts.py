"""Training charts: how a network fared becomes Plotly figures, purely; every text and colour is handed in."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages._shared.charts import Look, dress

HEIGHT, MOST_MARKED = 220, 60
_RULE = "rgba(128,128,128,0.25)"


def curve(
    values: Sequence[float], hovers: Sequence[str], look: Look, *, colour: int = 0, percent: bool = False
) -> go.Figure:
    """Draw a curve from its first point, number 1, on; from zero up, because what matters is how far it falls."""
    figure = go.Figure(
        go.Scatter(
            x=list(range(1, len(values) + 1)),
            y=list(values),
            mode="lines+markers" if len(values) <= MOST_MARKED else "lines",
            line={"color": look.colour(colour), "width": 2},
            marker={"color": look.colour(colour), "size": 6},
            cliponaxis=False,
            hovertext=list(hovers),
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    dress(figure, HEIGHT)
    figure.update_xaxes(
        range=[0.6, len(values) + 0.4], showgrid=False, fixedrange=True, tickformat="d", nticks=min(8, len(values) + 1)
    )
    figure.update_yaxes(
        gridcolor=_RULE,
        nticks=4,
        fixedrange=True,
        automargin=True,
        rangemode="tozero",
        tickformat=".1%" if percent else None,
    )
    return figure

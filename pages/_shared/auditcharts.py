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
    found = [value for value, _, _ in values]
    figure = charts.bars(found, figures, [look.palette[0] if flag else GREY for flag in flagged], look)
    figure.update_traces(
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [high - value for value, _, high in values],
            "arrayminus": [value - low for value, low, _ in values],
            "color": look.ink,
            "thickness": 1.5,
            "width": 5,
        }
    )
    figure.update_layout(height=figure.layout.height + 28, margin={"b": 28})
    ticks = [0, 0.1, 0.3, 0.5, 1]
    figure.update_xaxes(visible=True, range=[0, 1], gridcolor=_RULE, tickvals=ticks)
    return figure

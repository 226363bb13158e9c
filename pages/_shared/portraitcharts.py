"""Portrait charts: the strongest facts of a segment as bars from the average, purely."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages._shared import charts
from pages._shared.charts import Look

PALE = 0.22


def portrait(
    effects: Sequence[float], figures: Sequence[str], colour: str, look: Look, *, reach: float, rows: int = 0
) -> go.Figure:
    """Draw what a segment has more of to the right in full, and what it has less of to the left in outline.

    The line in the middle is the average customer. `figures` say each fact in words and stand above its bar; `reach`
    is the longest bar of all segments, so that two portraits can be compared; `rows` keeps the height.
    """
    fills = [colour if effect >= 0 else charts.faded(colour, PALE) for effect in effects]
    figure = charts.bars(effects, figures, fills, look, rows=rows)
    figure.update_traces(marker={"line": {"color": colour, "width": 1.5}})
    for annotation in figure.layout.annotations:
        annotation.font.size = 12.5
    end = 1.04 * (reach or 1.0)
    figure.update_xaxes(range=[-end, end])
    for place in range(len(effects)):  # the average, as a short line a bar: one long line would cross the words
        figure.add_shape(
            type="line", x0=0, x1=0, y0=place - 0.2, y1=place + 0.2, line={"color": look.ink, "width": 1.5}
        )
    figure.update_layout(margin={"t": 2, "b": 2})
    return figure

"""Why charts: what pulls a customer to a segment and what pulls away, as a Plotly figure; all texts are handed in."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages._shared.charts import Look, bars

_RULE = "rgba(128,128,128,0.25)"


def pulls(
    values: Sequence[float], words: Sequence[str], colours: Sequence[str], look: Look, rows: int = 0
) -> go.Figure:
    """Draw how strongly each fact pulls, to the right for the own segment and to the left for the other one.

    `words` stand above the bars; `rows` keeps the height, so that going from customer to customer moves nothing.
    """
    figure = bars(values, words, colours, look, rows=rows)
    reach = max((abs(value) for value in values), default=0.0) or 1.0
    low = -1.05 * reach if min(values, default=0.0) < 0 else 0.0
    figure.update_xaxes(range=[low, 1.05 * reach])
    if low:
        figure.add_vline(x=0, line={"color": _RULE, "width": 1})
    return figure

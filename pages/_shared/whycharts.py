"""Why charts: what pulls a customer to a segment and what pulls away, as a Plotly figure; all texts are handed in."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages._shared.charts import LONGEST, ROW, Look, dress, shown

_RULE = "rgba(128,128,128,0.25)"


def pulls(
    values: Sequence[float], words: Sequence[str], colours: Sequence[str], look: Look, rows: int = 0
) -> go.Figure:
    """Draw how strongly each fact pulls, to the right for the own segment and to the left for the other one.

    `words` stand above the bars; `rows` keeps the height, so that going from customer to customer moves nothing.
    """
    rows = max(rows, len(values), 1)
    reach = max((abs(value) for value in values), default=0.0) or 1.0
    figure = go.Figure(
        go.Bar(
            x=list(values),
            y=list(range(len(values))),
            orientation="h",
            width=0.3,
            marker={"color": list(colours), "cornerradius": 3},
            hovertext=[shown(text, 120) for text in words],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    dress(figure, ROW * rows + 16)
    figure.update_layout(
        annotations=[
            {
                "text": shown(text, LONGEST),
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": place - 0.15,
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"color": look.ink, "size": 13},
            }
            for place, text in enumerate(words)
        ]
    )
    low = -1.05 * reach if min(values, default=0.0) < 0 else 0.0
    figure.update_xaxes(visible=False, range=[low, 1.05 * reach], fixedrange=True)
    figure.update_yaxes(visible=False, range=[rows - 0.65, -0.75], fixedrange=True)
    if low:
        figure.add_vline(x=0, line={"color": _RULE, "width": 1})
    return figure

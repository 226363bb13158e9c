"""Search charts: how similarity to a question falls from one customer to the next."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from pages._shared.charts import GREY, Look

MOST_POINTS = 400
HEIGHT = 200


def curve(
    ranked: Sequence[float], n_taken: int, look: Look, *, rank: str, similarity: str
) -> tuple[list[Mapping[str, Any]], go.Figure]:
    """Draw similarities, the largest first: those taken in the first colour, the others in grey, and where it stops.

    Returns the drawn numbers as rows, and the figure. Of many ranks only some are drawn, the first ones all.
    """
    at = np.unique(np.append(np.geomspace(1, len(ranked), MOST_POINTS).round().astype(int), [n_taken, n_taken + 1]))
    at = at[(at >= 1) & (at <= len(ranked))]
    values = np.asarray(ranked, dtype=np.float64)[at - 1]
    figure = go.Figure()
    for inside, colour, dash in ((True, look.palette[0], "solid"), (False, GREY, "dot")):
        here = at <= n_taken if inside else at >= n_taken
        figure.add_scatter(
            x=at[here],
            y=values[here],
            mode="lines",
            line={"color": colour, "width": 3 if inside else 2, "dash": dash},
            hovertemplate="%{x:,}: %{y:.2f}<extra></extra>",
        )
    figure.add_vline(x=n_taken, line={"color": GREY, "width": 1})
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        xaxis={"title": {"text": rank}, "zeroline": False},
        yaxis={"title": {"text": similarity}, "zeroline": False},
    )
    rows = [{rank: int(place), similarity: round(float(value), 4)} for place, value in zip(at, values, strict=True)]
    return rows, figure

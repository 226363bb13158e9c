"""Trait charts: attitudes by segment become a Plotly figure, purely; every text and colour is handed in."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages._shared.charts import Look, dress, faded, shown

LINE, HEAD = 30, 64
SHORTEST_NAME, LETTERS = 12, 110
"""Letters of a segment's name that are always shown, and those of all names that fit side by side."""
MOST_COLUMNS = 14


def attitudes(
    traits: Sequence[str],
    segments: Sequence[str],
    shades: Sequence[Sequence[float | None]],
    figures: Sequence[Sequence[str]],
    hovers: Sequence[Sequence[str]],
    *,
    look: Look,
) -> go.Figure:
    """Draw a row a trait and a column a segment: `shades` from 0 to 1 (None is blank), and each figure in its cell."""
    columns, rows = list(range(len(segments))), list(range(len(traits)))
    longest = max(SHORTEST_NAME, LETTERS // max(1, len(segments)))
    figure = go.Figure(
        go.Heatmap(
            x=columns,
            y=rows,
            z=[list(row) for row in shades],
            text=[list(row) for row in figures],
            texttemplate="%{text}" if len(segments) <= MOST_COLUMNS else None,
            hovertext=[[shown(text, 200) for text in row] for row in hovers],
            hovertemplate="%{hovertext}<extra></extra>",
            hoverongaps=False,
            # Faint to half strong, so that the page's own ink stays legible on every cell, light and dark.
            colorscale=[[0, faded(look.palette[0], 0.05)], [1, faded(look.palette[0], 0.6)]],
            textfont={"color": look.ink},
            showscale=False,
            zmin=0,
            zmax=1,
            xgap=2,
            ygap=2,
        )
    )
    dress(figure, LINE * len(traits) + HEAD)
    figure.update_xaxes(
        side="top",
        tickvals=columns,
        ticktext=[shown(name, longest) for name in segments],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )
    figure.update_yaxes(
        autorange="reversed",
        tickvals=rows,
        ticktext=[shown(name, 40) for name in traits],
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )
    return figure

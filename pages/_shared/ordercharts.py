"""Order charts: what customers did becomes Plotly figures, purely; every text and colour is handed in."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages._shared.charts import GREY, LONGEST, Look, dress, faded, shown

CELL, LINE = 54, 26
MOST_COLUMNS = 15
TALLEST = 640


def cells(customers: Sequence[float], money: Sequence[float] | None, figures: Sequence[str], look: Look) -> go.Figure:
    """Draw each cell's share of the customers (grey) above its share of the money (in colour), its words over both."""
    places = list(range(len(customers)))
    figure = go.Figure()
    for shift, values, colour in ((0.1, customers, GREY), (0.34, money, look.palette[0])):
        if values is not None:
            figure.add_trace(
                go.Bar(
                    x=[max(0.0, value) for value in values],
                    y=[place + shift for place in places],
                    orientation="h",
                    width=0.2,
                    marker={"color": colour, "cornerradius": 3},
                    hovertext=[shown(text, 160) for text in figures],
                    hovertemplate="%{hovertext}<extra></extra>",
                )
            )
    dress(figure, CELL * len(customers) + 16)
    figure.update_layout(
        barmode="overlay",
        annotations=[
            {
                "text": shown(text, LONGEST + 20),
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": place - 0.02,
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"color": look.ink, "size": 13},
            }
            for place, text in enumerate(figures)
        ],
    )
    figure.update_xaxes(visible=False, range=[0, max([*customers, *(money or ())], default=0) or 1], fixedrange=True)
    figure.update_yaxes(visible=False, range=[len(customers) - 0.5, -0.55], fixedrange=True)
    return figure


def retention(
    cohorts: Sequence[str],
    shares: Sequence[Sequence[float | None]],
    complete: Sequence[Sequence[bool]],
    hovers: Sequence[Sequence[str]],
    look: Look,
) -> go.Figure:
    """Draw a row a cohort and a column a month later (from 1); a star marks months that are not over."""
    n_months = max((len(row) for row in shares), default=0)

    def filled(rows: Sequence[Sequence[object]], nothing: object) -> list[list[object]]:
        return [[*row, *[nothing] * (n_months - len(row))] for row in rows]

    words = [
        [f"{share:.0%}{'' if over else '*'}" for share, over in zip(row, ended, strict=True)]
        for row, ended in zip(shares, complete, strict=True)
    ]
    figure = go.Figure(
        go.Heatmap(
            x=list(range(1, n_months + 1)),
            y=list(range(len(cohorts))),
            z=filled(shares, None),
            text=filled(words, ""),
            texttemplate="%{text}" if n_months <= MOST_COLUMNS else None,
            hovertext=filled([[shown(text, 160) for text in row] for row in hovers], ""),
            hovertemplate="%{hovertext}<extra></extra>",
            hoverongaps=False,
            # Faint to half strong, so that the page's own ink stays legible on every cell, light and dark.
            colorscale=[[0, faded(look.palette[0], 0.06)], [1, faded(look.palette[0], 0.55)]],
            textfont={"color": look.ink},
            showscale=False,
            zmin=0,
            xgap=1,
            ygap=1,
        )
    )
    dress(figure, min(TALLEST, LINE * len(cohorts) + 48))
    figure.update_xaxes(side="top", showgrid=False, zeroline=False, fixedrange=True, dtick=1 if n_months <= 24 else 6)
    figure.update_yaxes(
        autorange="reversed",
        tickvals=list(range(len(cohorts))) if LINE * len(cohorts) + 48 <= TALLEST else None,
        ticktext=list(cohorts) if LINE * len(cohorts) + 48 <= TALLEST else None,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )
    return figure

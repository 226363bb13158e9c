"""Heat charts: segments by features as one field of colours, purely; texts and colours are handed in."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages._shared.charts import Look, dress, fit, shown

ROW, HEAD, SLANT = 34, 30, 6.2
LONGEST_FACT, LONGEST_SEGMENT = 28, 34
STRONG = 0.55
"""Strength from which a cell is so deep in colour that words on it need the ground's."""


def heat(
    segments: Sequence[str],
    facts: Sequence[str],
    strengths: Sequence[Sequence[float | None]],
    cells: Sequence[Sequence[str]],
    hovers: Sequence[Sequence[str]],
    *,
    everyone: tuple[str, Sequence[str]],
    look: Look,
) -> go.Figure:
    """Draw a row a segment and a column a fact, from less (first colours) to more (last) than everyone, -1 to 1.

    `cells` are what stands in each, `hovers` say it in words; None for a strength leaves the cell blank. `everyone` is
    the name of the last row, without colours, and its cells. Each cell is a point that can be clicked, whose custom
    data are the numbers of its segment and fact.
    """
    places = [(row, column) for row in range(len(segments)) for column in range(len(facts))]
    scale = [[at / (len(look.diverging) - 1), colour] for at, colour in enumerate(look.diverging)]
    figure = go.Figure(
        go.Heatmap(
            x=list(range(len(facts))),
            y=list(range(len(segments))),
            z=[list(row) for row in strengths],
            colorscale=scale,
            zmin=-1,
            zmax=1,
            hoverinfo="skip",
            hoverongaps=False,
            xgap=2,
            ygap=2,
            colorbar={
                "thickness": 10,
                "len": 1,
                "tickvals": [-1, 0, 1],
                "ticktext": ["−", "0", "+"],
                "outlinewidth": 0,
                "x": 1.01,
            },
        )
    )
    known = [(row, column) for row, column in places if strengths[row][column] is not None]
    figure.add_scatter(
        x=[column for _, column in known],
        y=[row for row, _ in known],
        mode="markers+text",
        # A point that covers its cell, seen by nobody: fields of colour cannot be clicked, points can.
        marker={"symbol": "square", "size": ROW - 6, "opacity": 0, "color": look.ink},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}, "textfont": {"color": None}},
        text=[shown(cells[row][column], 10) for row, column in known],
        textfont={
            "size": 12,
            "color": [look.ground if abs(strengths[row][column] or 0) > STRONG else look.ink for row, column in known],
        },
        customdata=[[row, column] for row, column in known],
        hovertext=[shown(hovers[row][column], 240) for row, column in known],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.add_scatter(
        x=list(range(len(facts))),
        y=[len(segments)] * len(facts),
        mode="text",
        text=[shown(cell, 10) for cell in everyone[1]],
        textfont={"size": 12, "color": look.ink},
        hoverinfo="skip",
    )
    longest = max((min(len(name), LONGEST_FACT) for name in facts), default=0)
    head = HEAD + round(SLANT * longest * 0.72)
    dress(figure, ROW * (len(segments) + 1) + head + 12)
    figure.update_layout(margin={"t": head}, clickmode="event+select")
    figure.update_xaxes(
        side="top",
        ticks="",
        range=[-0.5, len(facts) - 0.5],
        tickvals=list(range(len(facts))),
        ticktext=[fit(name, LONGEST_FACT) for name in facts],
        tickangle=-35,
        tickfont={"color": look.ink, "size": 12},
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        ticks="",
        range=[len(segments) + 0.5, -0.5],
        tickvals=list(range(len(segments) + 1)),
        ticktext=[fit(name, LONGEST_SEGMENT) for name in (*segments, everyone[0])],
        tickfont={"color": look.ink, "size": 12},
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )
    return figure

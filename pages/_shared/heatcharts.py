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
    for colour, deep in ((look.ink, False), (look.ground, True)):
        at = [(row, column) for row, column in known if (abs(strengths[row][column] or 0) > STRONG) is deep]
        _words(figure, [(row, column, cells[row][column]) for row, column in at], colour)
    _words(figure, [(len(segments), column, cell) for column, cell in enumerate(everyone[1])], look.ink)
    figure.add_scatter(
        x=[column for _, column in known],
        y=[row for row, _ in known],
        mode="markers",
        # A point that covers its cell, seen by nobody: fields of colour cannot be clicked, points can.
        marker={"symbol": "square", "size": ROW - 6, "opacity": 0, "color": look.ink},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        customdata=[[row, column] for row, column in known],
        hovertext=[shown(hovers[row][column], 240) for row, column in known],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    _frame(figure, segments, facts, everyone[0], look)
    return figure


def _frame(figure: go.Figure, segments: Sequence[str], facts: Sequence[str], everyone: str, look: Look) -> None:
    """Name the rows and the columns, and make room for the names."""
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
        ticktext=[fit(name, LONGEST_SEGMENT) for name in (*segments, everyone)],
        tickfont={"color": look.ink, "size": 12},
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )


def _words(figure: go.Figure, cells: Sequence[tuple[int, int, str]], colour: str) -> None:
    """Write into cells (row, column, words) in one colour, which stays when a cell is clicked."""
    figure.add_scatter(
        x=[column for _, column, _ in cells],
        y=[row for row, _, _ in cells],
        mode="text",
        text=[shown(words, 10) for _, _, words in cells],
        textfont={"size": 12, "color": colour},
        selected={"textfont": {"color": colour}},
        unselected={"textfont": {"color": colour}},
        hoverinfo="skip",
    )

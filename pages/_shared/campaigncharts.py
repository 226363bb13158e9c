"""Campaign charts: what a hold-out can show, and what a campaign brought; all is handed in."""

from collections.abc import Sequence
from math import isfinite

import plotly.graph_objects as go

from pages._shared.charts import GREY, LONGEST, ROW, Look, dress, shown
from segment_core.artifacts import Uplift

_RULE = "rgba(128,128,128,0.25)"


def power(
    shares: Sequence[float],
    rises: Sequence[float],
    now: tuple[float, float] | None,
    titles: tuple[str, str],
    look: Look,
) -> go.Figure:
    """Draw the smallest rise that shows over the share held out, with the share that is chosen now marked."""
    colour = look.palette[0]
    figure = go.Figure(
        go.Scatter(
            x=list(shares),
            y=list(rises),
            mode="lines+markers",
            line={"color": colour, "width": 2},
            marker={"color": colour, "size": 6},
            cliponaxis=False,
            hovertemplate="%{x:.0%}: %{y:.3~g}<extra></extra>",
        )
    )
    if now is not None:
        figure.add_scatter(
            x=[now[0]],
            y=[now[1]],
            mode="markers",
            marker={"color": look.ground, "size": 13, "line": {"color": colour, "width": 2}},
            cliponaxis=False,
            hovertemplate="%{x:.0%}: %{y:.3~g}<extra></extra>",
        )
    dress(figure, 220)
    figure.update_xaxes(
        title=titles[0], tickformat=".0%", range=[0, 0.52], showgrid=False, fixedrange=True, automargin=True
    )
    figure.update_yaxes(
        title=titles[1], gridcolor=_RULE, rangemode="tozero", nticks=4, fixedrange=True, automargin=True
    )
    return figure


def uplifts(
    found: Sequence[Uplift], figures: Sequence[str], colours: Sequence[str], look: Look, *, percent: bool
) -> go.Figure:
    """Draw each segment's uplift with its interval; hollow where the test cannot tell it from nothing."""
    places = list(range(len(found)))
    known = [place for place in places if isfinite(found[place].low + found[place].high)]
    figure = go.Figure(
        go.Scatter(
            x=[found[place].difference for place in known],
            y=known,
            mode="markers",
            marker={
                "color": [colours[place] if found[place].tells else look.ground for place in known],
                "size": 11,
                "line": {"color": [colours[place] for place in known], "width": 2},
            },
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [found[place].high - found[place].difference for place in known],
                "arrayminus": [found[place].difference - found[place].low for place in known],
                "color": GREY,
                "thickness": 1.5,
                "width": 4,
            },
            hovertext=[shown(figures[place], 120) for place in known],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    dress(figure, ROW * max(1, len(found)) + 64)
    figure.update_layout(
        annotations=[
            {
                "text": shown(text, LONGEST + 30),
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": place - 0.22,
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"color": look.ink, "size": 13},
            }
            for place, text in enumerate(figures)
        ]
    )
    figure.add_vline(x=0, line={"color": GREY, "width": 1})
    figure.update_xaxes(
        gridcolor=_RULE, fixedrange=True, nticks=6, automargin=True, tickformat="+.0%" if percent else "+,~g"
    )
    figure.update_yaxes(visible=False, range=[len(found) - 0.6, -0.8], fixedrange=True)
    return figure

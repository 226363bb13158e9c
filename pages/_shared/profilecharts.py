"""Profile charts: how values are spread, where groups stand, and two groups side by side, as Plotly figures, purely."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages._shared.charts import GREY, Look, dress, faded, fit, shown
from segment_core.profiles.spread import Distribution

HEIGHT, BAR, LINE = 320, 42, 46
LONGEST_LEVEL, LONGEST_AXIS, LONGEST_GROUP = 30, 18, 40
DASHES = ("solid", "dash", "dot")
_RULE = "rgba(128,128,128,0.25)"


@dataclass(frozen=True, slots=True)
class Group:
    """Some customers in a chart: their name, and their colour."""

    name: str
    colour: str


def histogram(found: Distribution, groups: Sequence[Group], hovers: Sequence[Sequence[str]], look: Look) -> go.Figure:
    """Draw the first of two groups as bars and the second as an outline over them, in bins of one width.

    `hovers` say each bin of each group in words.
    """
    edges = _days(found.edges) if found.kind == "date" else list(found.edges)
    middles = [(one + two) / 2 for one, two in zip(found.edges[:-1], found.edges[1:], strict=True)]
    places = _days(middles) if found.kind == "date" else middles
    figure = go.Figure()
    for number, group in enumerate(groups):
        shares = found.shares[number].tolist()
        if number == 0:
            width = float(found.edges[1] - found.edges[0]) * (86_400_000 if found.kind == "date" else 1)
            figure.add_bar(
                x=places,
                y=shares,
                width=width,
                name=fit(group.name, LONGEST_GROUP),
                marker={"color": faded(group.colour, 0.75), "line": {"width": 0}},
                hovertext=[shown(text, 200) for text in hovers[number]],
                hovertemplate="%{hovertext}<extra></extra>",
            )
            continue
        figure.add_scatter(
            x=[edge for edge in edges for _ in range(2)],
            y=[0.0, *(share for share in shares for _ in range(2)), 0.0],
            mode="lines",
            name=fit(group.name, LONGEST_GROUP),
            line={"color": group.colour, "width": 2},
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=places,
            y=shares,
            mode="markers",
            marker={"size": 18, "opacity": 0},
            showlegend=False,
            hovertext=[shown(text, 200) for text in hovers[number]],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    _frame(figure, HEIGHT)
    figure.update_layout(barmode="overlay", bargap=0)
    return figure


def columns(
    found: Distribution, labels: Sequence[str], groups: Sequence[Group], hovers: Sequence[Sequence[str]], look: Look
) -> go.Figure:
    """Draw two groups' shares of a few values side by side, upright, in the order of the values."""
    figure = go.Figure()
    for number, group in enumerate(groups):
        figure.add_bar(
            x=list(range(len(labels))),
            y=found.shares[number].tolist(),
            name=fit(group.name, LONGEST_GROUP),
            marker={"color": group.colour, "cornerradius": 3},
            hovertext=[shown(text, 200) for text in hovers[number]],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    _frame(figure, HEIGHT)
    figure.update_layout(bargap=0.25)
    figure.update_xaxes(
        tickvals=list(range(len(labels))), ticktext=[fit(label, 12) for label in labels], showgrid=False
    )
    return figure


def bars(
    labels: Sequence[str],
    shares: Sequence[Sequence[float]],
    groups: Sequence[Group],
    hovers: Sequence[Sequence[str]],
    look: Look,
) -> go.Figure:
    """Draw two groups' shares of each label as a pair of lying bars, the first group above."""
    figure = go.Figure()
    for number, group in enumerate(groups):
        figure.add_bar(
            x=list(shares[number]),
            y=list(range(len(labels))),
            orientation="h",
            name=fit(group.name, LONGEST_GROUP),
            marker={"color": group.colour, "cornerradius": 3},
            text=[f"{share:.0%}" for share in shares[number]],
            textposition="outside",
            constraintext="none",
            textfont={"color": look.ink, "size": 11},
            cliponaxis=False,
            hovertext=[shown(text, 200) for text in hovers[number]],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    _frame(figure, BAR * len(labels) + 70)
    figure.update_layout(barmode="group", bargap=0.3)
    top = max((share for row in shares for share in row), default=0.0) or 1.0
    figure.update_xaxes(visible=False, range=[0, 1.12 * top])
    figure.update_yaxes(
        autorange="reversed",
        tickvals=list(range(len(labels))),
        ticktext=[fit(label, LONGEST_LEVEL) for label in labels],
        tickformat=None,
        tickfont={"color": look.ink, "size": 12},
        showgrid=False,
        automargin=True,
    )
    return figure


def radar(
    labels: Sequence[str],
    standings: Sequence[Sequence[float]],
    groups: Sequence[Group],
    hovers: Sequence[Sequence[str]],
    *,
    everyone: str,
    look: Look,
) -> go.Figure:
    """Draw where groups stand among everyone, in percentiles, with everyone as the ring at 50."""
    around = [fit(label, LONGEST_AXIS) for label in labels]
    # Two labels may be cut to the same words; a space without width keeps their places apart.
    around = [label + "\u200b" * place for place, label in enumerate(around)]
    figure = go.Figure()
    figure.add_scatterpolar(
        r=[50.0] * (len(around) + 1),
        theta=[*around, around[0]],
        mode="lines",
        name=fit(everyone, LONGEST_GROUP),
        line={"color": GREY, "width": 2, "dash": "dot"},
        hoverinfo="skip",
    )
    for number, group in enumerate(groups):
        figure.add_scatterpolar(
            r=[*standings[number], standings[number][0]],
            theta=[*around, around[0]],
            mode="lines+markers",
            name=fit(group.name, LONGEST_GROUP),
            line={"color": group.colour, "width": 2.5, "dash": DASHES[number % len(DASHES)]},
            marker={"size": 6, "color": group.colour},
            fill="toself",
            fillcolor=faded(group.colour, 0.16 if len(groups) == 1 else 0.08),
            hovertext=[shown(text, 200) for text in (*hovers[number], hovers[number][0])],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    _frame(figure, 380 + 22 * (len(groups) + 1))
    figure.update_layout(
        margin={"l": 104, "r": 104, "t": 34, "b": 34 + 22 * (len(groups) + 1)},
        legend={"orientation": "v", "y": -0.14, "yanchor": "top", "x": 0.5, "xanchor": "center"},
        polar={
            "bgcolor": "rgba(0,0,0,0)",
            "radialaxis": {
                "range": [0, 100],
                "tickvals": [25, 50, 75],
                "gridcolor": _RULE,
                "showline": False,
                "tickfont": {"size": 10},
                "angle": 90,
                "tickangle": 90,
            },
            "angularaxis": {
                "gridcolor": _RULE,
                "linecolor": _RULE,
                "direction": "clockwise",
                "rotation": 90,
                "tickfont": {"color": look.ink, "size": 12},
            },
        },
    )
    return figure


def mirrored(
    labels: Sequence[str],
    lengths: Sequence[Sequence[float]],
    figures: Sequence[Sequence[str]],
    groups: Sequence[Group],
    hovers: Sequence[str],
    *,
    look: Look,
) -> go.Figure:
    """Draw two groups back to back, the first to the left: `lengths` are percent, `figures` stand at the bars' ends."""
    figure = go.Figure()
    for number, (group, sign) in enumerate(zip(groups, (-1, 1), strict=True)):
        figure.add_bar(
            x=[sign * length for length in lengths[number]],
            y=list(range(len(labels))),
            orientation="h",
            width=0.36,
            name=fit(group.name, LONGEST_GROUP),
            marker={"color": group.colour, "cornerradius": 3},
            text=[shown(text, 16) for text in figures[number]],
            textposition="outside",
            constraintext="none",
            textfont={"color": look.ink, "size": 12},
            cliponaxis=False,
            hovertext=[shown(text, 240) for text in hovers],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    _frame(figure, LINE * max(1, len(labels)) + 56)
    figure.update_layout(
        barmode="overlay",
        annotations=[
            {
                "text": fit(label, 60),
                "x": 0,
                "y": place - 0.2,
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"color": look.ink, "size": 12},
            }
            for place, label in enumerate(labels)
        ],
    )
    figure.update_xaxes(visible=False, range=[-125, 125])
    figure.update_yaxes(visible=False, range=[len(labels) - 0.6, -0.8])
    figure.add_vline(x=0, line={"color": _RULE, "width": 1})
    return figure


def _frame(figure: go.Figure, height: int) -> None:
    dress(figure, height)
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "title": {"text": ""}},
        margin={"t": 34},
    )
    figure.update_xaxes(fixedrange=True, zeroline=False, showgrid=False)
    figure.update_yaxes(
        fixedrange=True,
        zeroline=False,
        gridcolor=_RULE,
        tickformat=".0%",
        nticks=5,
        rangemode="tozero",
        automargin=True,
    )


def _days(values: Sequence[float]) -> list[str]:
    import pandas as pd

    return [str(pd.Timestamp(0) + pd.Timedelta(days=float(value)))[:19] for value in values]

"""Charts: artifacts become Plotly figures, purely; every text and colour is handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

import plotly.graph_objects as go

from segment_core.artifacts import EvidenceItem, Trial

GREY = "#8a8f98"
SYMBOLS = ("circle", "diamond", "square", "triangle-up")
ROW = 44
LONGEST = 62
_CLEAR = "rgba(0,0,0,0)"
_RULE = "rgba(128,128,128,0.25)"


@dataclass(frozen=True, slots=True)
class Look:
    """Ten colours for segments, a ramp for numbers, the page's own ground and ink, and a scale from less to more.

    `places` are those of the open study's segments in the palette, where they are not their order.
    """

    palette: tuple[str, ...]
    ramp: tuple[str, ...]
    ground: str
    ink: str
    diverging: tuple[str, ...] = ("#a5671f", "#f2e2cb", "#d6e9ea", "#28808c")
    places: tuple[int, ...] = ()

    def colour(self, segment: int) -> str:
        """Return a segment's colour; the first and the eleventh share one, so a symbol tells them apart."""
        return self.palette[self.place(segment) % len(self.palette)]

    def symbol(self, segment: int) -> str:
        """Return a segment's marker: it changes each time the colours start again."""
        return SYMBOLS[self.place(segment) // len(self.palette) % len(SYMBOLS)]

    def place(self, segment: int) -> int:
        """Return a segment's place in the palette."""
        return self.places[segment] if segment < len(self.places) else segment


def drivers(items: Sequence[EvidenceItem], figures: Sequence[str], colour: str, look: Look, rows: int = 0) -> go.Figure:
    """Draw what a segment has more of (right, in its colour) and less of (left, in grey), with the effects' intervals.

    `figures` say each item in words, and stand above its bar; `rows` keeps the height of the
    longest list, so that going from segment to segment does not move the page.
    """
    effects = [item.effect for item in items]
    figure = bars(effects, figures, [colour if effect >= 0 else GREY for effect in effects], look, rows=rows)
    lows = [item.effect if item.effect_low is None else item.effect_low for item in items]
    highs = [item.effect if item.effect_high is None else item.effect_high for item in items]
    figure.update_traces(
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [high - effect for high, effect in zip(highs, effects, strict=True)],
            "arrayminus": [effect - low for low, effect in zip(lows, effects, strict=True)],
            "color": look.ink,
            "thickness": 1.2,
            "width": 3,
        }
    )
    reach = max((abs(end) for end in (*effects, *lows, *highs)), default=0.0) or 1.0
    figure.update_xaxes(range=[-1.05 * reach, 1.05 * reach])
    figure.add_vline(x=0, line={"color": _RULE, "width": 1})
    return figure


def sizes(counts: Sequence[int], figures: Sequence[str], look: Look) -> go.Figure:
    """Draw the segments' sizes, in the order and the colours they have everywhere."""
    return bars(counts, figures, [look.colour(number) for number in range(len(counts))], look)


def looked(shares: Sequence[float], figures: Sequence[str], colour: str, look: Look, rows: int = 0) -> go.Figure:
    """Draw the words that a model looked at in a segment, in the segment's colour; `rows` keeps the height."""
    return bars(shares, figures, [colour] * len(shares), look, rows=rows)


def seconds(times: Sequence[float], figures: Sequence[str], look: Look) -> go.Figure:
    """Draw the time of each stage, in the order they ran."""
    return bars(times, figures, [look.palette[0]] * len(times), look)


def trials(tried: Sequence[Trial], score: str, look: Look) -> go.Figure:
    """Draw one score over the numbers of segments tried, with the chosen one marked."""
    found = sorted((trial for trial in tried if score in trial.scores), key=lambda trial: trial.n_segments)
    counts = [trial.n_segments for trial in found]
    colour = look.palette[0]
    figure = go.Figure(
        go.Scatter(
            x=counts,
            y=[trial.scores[score] for trial in found],
            mode="lines+markers",
            line={"color": colour, "width": 2},
            marker={
                "color": [colour if trial.chosen else look.ground for trial in found],
                "size": [13 if trial.chosen else 7 for trial in found],
                "line": {"color": colour, "width": 2},
            },
            cliponaxis=False,
            hovertemplate="%{x}: %{y:.3g}<extra></extra>",
        )
    )
    for trial in found:
        if trial.chosen:
            figure.add_vline(x=trial.n_segments, line={"color": colour, "width": 1, "dash": "dot"})
    dress(figure, 200)
    figure.update_xaxes(tickvals=counts, showgrid=False, fixedrange=True)
    figure.update_yaxes(gridcolor=_RULE, nticks=4, fixedrange=True, automargin=True)
    return figure


def dress(figure: go.Figure, height: int) -> None:
    """Give a figure its fixed height and the page's own ground."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        paper_bgcolor=_CLEAR,
        plot_bgcolor=_CLEAR,
        showlegend=False,
        dragmode=False,
        bargap=0.35,
    )


def faded(colour: str, strength: float) -> str:
    """Return a colour such as "#1f77b4" that lets the ground through: 1 is all its own, 0 is not there."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"


def shown(text: str, length: int) -> str:
    """Shorten text for a figure and make it literal: Plotly reads some tags, and `%{…}`, in what it prints.

    Examples
    --------
    >>> shown("<b>Rome</b>", 20)
    '&lt;b&gt;Rome&lt;/b&gt;'
    """
    short = " ".join(text.split())
    short = short if len(short) <= length else short[: length - 1].rstrip() + "…"
    return short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("%{", "% {")


def fit(text: str, width: int) -> str:
    """Shorten text for a figure as `shown` does, by the room it takes: a Chinese sign is two letters wide.

    Examples
    --------
    >>> fit("客户年龄", 6)
    '客户…'
    """
    line = " ".join(text.split())
    room, kept = width, 0
    for kept, sign in enumerate(line):
        room -= 2 if east_asian_width(sign) in "FW" else 1
        if room < 0:
            return shown(line[: max(1, kept - 1)].rstrip() + "…", len(line))
    return shown(line, width)


def bars(
    values: Sequence[float], figures: Sequence[str], colours: Sequence[str], look: Look, *, rows: int = 0
) -> go.Figure:
    """Draw a bar a value; `figures` say each in words, and `rows` keeps the height of the longest list."""
    # Words stand above their bar and not beside it: names of columns and segments are long, and columns narrow.
    rows = max(rows, len(values), 1)
    figure = go.Figure(
        go.Bar(
            x=list(values),
            y=list(range(len(values))),
            orientation="h",
            width=0.3,
            marker={"color": list(colours), "cornerradius": 3},
            hovertext=[shown(text, 120) for text in figures],
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
            for place, text in enumerate(figures)
        ]
    )
    figure.update_xaxes(visible=False, range=[0, max(values, default=0) or 1], fixedrange=True)
    figure.update_yaxes(visible=False, range=[rows - 0.65, -0.75], fixedrange=True)
    return figure

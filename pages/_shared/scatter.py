"""Scatter: customers become a WebGL map, and an outline drawn on it becomes customers again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from pages._shared.charts import GREY, Look, dress, shown

HEIGHT = 480
MOST_POINTS = 150_000
MOST_GROUPS = 9
MOST_HOVERS = 60_000
LONGEST_LABEL = 26
Outline = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Points that are drawn alike: `rows` says which, `colour` is one colour or a number a point."""

    name: str
    rows: NDArray[np.int64]
    colour: str | NDArray[np.float32]
    symbol: str = "circle"
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place on the map, framed in its segment's colour."""

    text: str
    x: float
    y: float
    colour: str


def by_segment(labels: NDArray[np.int64], bands: NDArray[np.str_], names: Sequence[str], look: Look) -> list[Layer]:
    """Make one layer a segment, and a faint grey one of outliers beneath them."""
    outliers = bands == "outlier"
    layers = [Layer("", np.flatnonzero(outliers), GREY, "x-thin", faint=True)] if outliers.any() else []
    for number, name in enumerate(names):
        rows = np.flatnonzero((labels == number) & ~outliers)
        layers.append(Layer(name, rows, look.colour(number), look.symbol(number)))
    return layers


def by_category(values: pd.Series, look: Look, *, other: str, none: str) -> list[Layer]:
    """Make one layer a category: the most frequent nine, the others together, and those without one in faint grey."""
    texts = values.astype("string")
    frequent = list(texts.value_counts().index[:MOST_GROUPS])
    layers = [Layer(none, np.flatnonzero(texts.isna()), GREY, faint=True)] if texts.isna().any() else []
    rest = np.flatnonzero(texts.notna() & ~texts.isin(frequent))
    if len(rest):
        layers.append(Layer(other, rest, GREY, "x-thin"))
    for number, name in enumerate(frequent):
        rows = np.flatnonzero((texts == name).fillna(False))
        layers.append(Layer(str(name), rows, look.colour(number), look.symbol(number)))
    return layers


def by_number(values: pd.Series, *, name: str, none: str) -> list[Layer]:
    """Make one layer coloured by a number (dates count in days), and a faint grey one of those without it."""
    numbers = _numbers(values)
    missing = ~np.isfinite(numbers)
    layers = [Layer(none, np.flatnonzero(missing), GREY, faint=True)] if missing.any() else []
    rows = np.flatnonzero(~missing)
    return [*layers, Layer(name, rows, numbers[rows])]


def robust_range(values: NDArray[np.floating]) -> tuple[float, float]:
    """Return where a colour scale should start and stop, so that a few huge values do not flatten the rest."""
    if not len(values):
        return 0.0, 1.0
    low, high = (float(value) for value in np.percentile(values, [2, 98]))
    if low == high:
        low, high = float(np.min(values)), float(np.max(values))
    return (low, high) if low < high else (low, low + 1.0)


def sampled(n: int, seed: int = 0) -> NDArray[np.int64] | None:
    """Choose which points to draw where there are more than a browser paints; None is all of them."""
    if n <= MOST_POINTS:
        return None
    return np.sort(np.random.default_rng(seed).choice(n, MOST_POINTS, replace=False))


def figure(
    points: NDArray[np.float32],
    layers: Sequence[Layer],
    hovers: NDArray[np.object_],
    look: Look,
    *,
    labels: Sequence[Label] = (),
    outlines: Sequence[Outline] = (),
    selected: NDArray[np.bool_] | None = None,
    legend: bool = False,
    dates: bool = False,
) -> go.Figure:
    """Draw the map: `hovers` is one text a point, `labels` are texts at a place, `selected` points stand out."""
    chart = go.Figure()
    draw = sampled(len(points))
    size = 7 if len(points) < 3_000 else 5 if len(points) < 20_000 else 3
    for layer in layers:
        rows = layer.rows if draw is None else np.intersect1d(layer.rows, draw, assume_unique=True)
        marker: dict[str, Any] = {"size": size, "symbol": layer.symbol, "opacity": 0.35 if layer.faint else 0.8}
        if isinstance(layer.colour, str):
            marker |= {"color": layer.colour, "line": {"color": layer.colour, "width": 1 if layer.faint else 0}}
        else:
            colours = layer.colour[np.searchsorted(layer.rows, rows)]
            marker |= _scale(colours, look, dates=dates)
        chart.add_trace(
            go.Scattergl(
                x=points[rows, 0],
                y=points[rows, 1],
                mode="markers",
                name=shown(layer.name, 40),
                marker=marker,
                text=hovers[rows],
                hovertemplate="%{text}<extra></extra>",
                selectedpoints=None if selected is None else np.flatnonzero(selected[rows]),
                unselected={"marker": {"opacity": 0.06}},
            )
        )
    dress(chart, HEIGHT)
    chart.update_layout(
        dragmode="lasso",
        uirevision="map",
        showlegend=legend,
        legend={"orientation": "h", "y": 0, "yanchor": "top", "itemsizing": "constant"},
        modebar={"orientation": "v", "bgcolor": "rgba(0,0,0,0)", "color": GREY, "activecolor": look.ink},
        hoverlabel={"align": "left"},
        shapes=[_shape(outline, look) for outline in outlines],
        annotations=[_annotation(label, look) for label in labels],
    )
    chart.update_xaxes(visible=False)
    chart.update_yaxes(visible=False)
    return chart


def apart(labels: Sequence[Label], points: NDArray[np.floating]) -> list[Label]:
    """Lift labels that would cover another, measured on the map's usual width of 640 pixels."""
    across, high = (float(span) * share for span, share in zip(np.ptp(points, axis=0), (0.01, 0.06), strict=True))
    placed: list[Label] = []
    for label in sorted(labels, key=lambda label: label.y):
        lifted = label
        while covered := [other.y for other in placed if _touch(other, lifted, across, high)]:
            lifted = replace(lifted, y=max(covered) + high)
        placed.append(lifted)
    return placed


def under_pointer(
    ids: Sequence[str], segments: Sequence[str], columns: Mapping[str, Sequence[str]]
) -> NDArray[np.object_]:
    """Write what is shown under the pointer (n,): the customer, the segment, then the chosen columns.

    Above `MOST_HOVERS` customers the columns are left out, because the browser would have to load them all.
    """
    titles = {name: shown(name, 60) for name in set(segments)}
    lines = [f"<b>{shown(id_, 40)}</b><br>{titles[name]}" for id_, name in zip(ids, segments, strict=True)]
    for name, texts in columns.items() if len(lines) <= MOST_HOVERS else ():
        title = shown(name, 40)
        lines = [f"{line}<br>{title}: {shown(text, 60)}" for line, text in zip(lines, texts, strict=True)]
    return np.array(lines, dtype=object)


def drawn_on(selection: Mapping[str, Any]) -> tuple[Outline, ...]:
    """Return the outlines of the lassos and boxes that a chart's selection holds."""
    found: list[Outline] = []
    for lasso in selection.get("lasso") or ():
        if len(lasso["x"]) >= 3:
            found.append(tuple(zip(map(float, lasso["x"]), map(float, lasso["y"]), strict=True)))
    for box in selection.get("box") or ():
        (left, right), (bottom, top) = box["x"], box["y"]
        found.append(
            tuple((float(x), float(y)) for x, y in ((left, bottom), (right, bottom), (right, top), (left, top)))
        )
    return tuple(found)


def within(points: NDArray[np.floating], outline: Outline) -> NDArray[np.bool_]:
    """Tell which points (n, 2) lie inside an outline, by counting the edges each has to its right.

    Where an outline crosses itself, what it goes round twice is outside, as in the browser's own lasso.
    """
    corners = np.asarray(outline, dtype=np.float64)
    low, high = corners.min(axis=0), corners.max(axis=0)
    near = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    x, y = points[near, 0].astype(np.float64), points[near, 1].astype(np.float64)
    inside = np.zeros(len(near), dtype=bool)
    for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y1 != y2:
            crosses = (y1 > y) != (y2 > y)
            inside ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    found = np.zeros(len(points), dtype=bool)
    found[near] = inside
    return found


def _numbers(values: pd.Series) -> NDArray[np.float32]:
    if pd.api.types.is_datetime64_any_dtype(values):
        days = (values - pd.Timestamp(0)) / pd.Timedelta(days=1)
        return days.to_numpy(dtype=np.float32)
    return pd.to_numeric(values, errors="coerce").to_numpy(dtype=np.float32)


def _scale(values: NDArray[np.float32], look: Look, *, dates: bool) -> dict[str, Any]:
    low, high = robust_range(values)
    bar: dict[str, Any] = {"orientation": "h", "thickness": 8, "outlinewidth": 0, "len": 0.4, "nticks": 4}
    bar |= {"x": 0, "xanchor": "left", "y": 0, "yanchor": "top"}
    if dates:
        ticks = np.linspace(low, high, 4)
        texts = [str(pd.Timestamp(0) + pd.Timedelta(days=float(tick)))[:10] for tick in ticks]
        bar |= {"tickvals": list(ticks), "ticktext": texts}
    return {
        "color": values,
        "colorscale": list(look.ramp),
        "cmin": low,
        "cmax": high,
        "showscale": True,
        "colorbar": bar,
    }


def _touch(one: Label, other: Label, across: float, high: float) -> bool:
    letters = (min(len(one.text), LONGEST_LABEL) + min(len(other.text), LONGEST_LABEL)) / 2
    # A label lifted by exactly one height must count as clear of the one below it.
    return abs(one.x - other.x) < across * (letters + 2) and abs(one.y - other.y) < 0.99 * high


def _shape(outline: Outline, look: Look) -> dict[str, Any]:
    path = "M" + "L".join(f"{x:.6g},{y:.6g}" for x, y in outline) + "Z"
    return {"type": "path", "path": path, "line": {"color": look.ink, "width": 1.5, "dash": "dot"}}


def _annotation(label: Label, look: Look) -> dict[str, Any]:
    return {
        "x": label.x,
        "y": label.y,
        "yanchor": "bottom",
        "text": shown(label.text, LONGEST_LABEL),
        "showarrow": False,
        "font": {"color": look.ink, "size": 12},
        "bgcolor": look.ground,
        "bordercolor": label.colour,
        "borderpad": 3,
        "opacity": 0.85,
    }

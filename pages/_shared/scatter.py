"""Scatter: customers become a WebGL map, and an outline drawn on it becomes customers again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from pages._shared.charts import GREY, Look, dress, shown

HEIGHT = 480
MOST_POINTS = 150_000
"""More than a browser paints as points: above, the map is a picture."""
MOST_DRAWN = 5_000
"""More than a browser paints as shapes, which it does where there is no WebGL."""
MOST_GROUPS = 9
MOST_HOVERS = 60_000
Outline = tuple[tuple[float, float], ...]
Extent = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Points that are drawn alike: `rows` says which, `colour` is one colour or a number a point."""

    name: str
    rows: NDArray[np.int64]
    colour: str | NDArray[np.float32]
    symbol: str = "circle"
    faint: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Hovers:
    """Texts shown under the pointer at places (p, 2) of a picture."""

    points: NDArray[np.float32]
    texts: Sequence[str]


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


def extent(points: NDArray[np.floating]) -> Extent:
    """Return what the map spans: left, right, bottom and top, with a margin round all points."""
    (left, bottom), (right, top) = points.min(axis=0).astype(float), points.max(axis=0).astype(float)
    across, high = 0.03 * (right - left) or 1.0, 0.03 * (top - bottom) or 1.0
    return left - across, right + across, bottom - high, top + high


def figure(
    points: NDArray[np.float32],
    layers: Sequence[Layer],
    hovers: NDArray[np.object_],
    look: Look,
    *,
    lit: NDArray[np.bool_] | None = None,
    dates: bool = False,
    shapes: bool = False,
) -> go.Figure:
    """Draw the customers as points: `hovers` is one text a point, `lit` points stand out.

    `shapes` draws without WebGL, which is slow above `MOST_DRAWN` points.
    """
    chart = go.Figure()
    kind: Any = go.Scatter if shapes else go.Scattergl
    size = 7 if len(points) < 3_000 else 5 if len(points) < 20_000 else 3
    for layer in layers:
        rows = layer.rows
        marker: dict[str, Any] = {"size": size, "symbol": layer.symbol, "opacity": 0.35 if layer.faint else 0.8}
        if isinstance(layer.colour, str):
            marker |= {"color": layer.colour, "line": {"color": layer.colour, "width": 1 if layer.faint else 0}}
        else:
            marker |= {"color": layer.colour, **_scale(layer.colour, look, dates=dates)}
        chart.add_trace(
            kind(
                x=points[rows, 0],
                y=points[rows, 1],
                mode="markers",
                name=shown(layer.name, 40),
                marker=marker,
                text=hovers[rows],
                hovertemplate="%{text}<extra></extra>",
                selectedpoints=None if lit is None else np.flatnonzero(lit[rows]),
                unselected={"marker": {"opacity": 0.08}},
            )
        )
    return chart


def picture(
    span: Extent,
    address: str,
    layers: Sequence[Layer],
    hovers: Hovers,
    look: Look,
    *,
    dates: bool = False,
) -> go.Figure:
    """Draw the customers as a picture, which `address` holds, under points that nobody sees.

    They are at the places of `hovers`; without them the browser would offer no lasso.
    """
    chart = go.Figure()
    unseen = {"size": 12, "opacity": 0, "color": GREY}
    chart.add_trace(
        go.Scatter(
            x=hovers.points[:, 0],
            y=hovers.points[:, 1],
            mode="markers",
            marker=unseen,
            text=list(hovers.texts),
            hovertemplate="%{text}<extra></extra>",
            selected={"marker": {"opacity": 0}},
            unselected={"marker": {"opacity": 0}},
            showlegend=False,
        )
    )
    for layer in layers:
        marker: dict[str, Any] = {"size": 9, "symbol": "square", "color": layer.colour}
        if not isinstance(layer.colour, str):
            marker |= {"color": [0.0], **_scale(layer.colour, look, dates=dates)}
        chart.add_trace(go.Scatter(x=[None], y=[None], mode="markers", name=shown(layer.name, 40), marker=marker))
    left, right, bottom, top = span
    image = {"source": address, "xref": "x", "yref": "y", "x": left, "y": top, "sizex": right - left}
    chart.add_layout_image(image | {"sizey": top - bottom, "sizing": "stretch", "layer": "below"})
    return chart


def finish(
    chart: go.Figure,
    span: Extent,
    look: Look,
    *,
    annotations: Sequence[dict[str, Any]] = (),
    outlines: Sequence[Outline] = (),
    ring: tuple[float, float] | None = None,
    legend: bool = False,
) -> go.Figure:
    """Give a map its frame: labels, what was drawn on it, a ring round the customer looked at, and a legend."""
    if ring is not None:
        marker = {"size": 18, "symbol": "circle-open", "color": look.ink, "line": {"width": 2.5}}
        chart.add_trace(
            go.Scatter(x=[ring[0]], y=[ring[1]], mode="markers", marker=marker, hoverinfo="skip", showlegend=False)
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
        annotations=list(annotations),
    )
    left, right, bottom, top = span
    chart.update_xaxes(visible=False, range=[left, right])
    chart.update_yaxes(visible=False, range=[bottom, top])
    return chart


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


def nearest(points: NDArray[np.floating], place: tuple[float, float]) -> int:
    """Return which point (n, 2) lies at a place, or nearest to it."""
    return int(((points - np.asarray(place)) ** 2).sum(axis=1).argmin())


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
        "colorscale": list(look.ramp),
        "cmin": low,
        "cmax": high,
        "showscale": True,
        "colorbar": bar,
    }


def _shape(outline: Outline, look: Look) -> dict[str, Any]:
    path = "M" + "L".join(f"{x:.6g},{y:.6g}" for x, y in outline) + "Z"
    return {"type": "path", "path": path, "line": {"color": look.ink, "width": 1.5, "dash": "dot"}}

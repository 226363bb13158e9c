"""Page charts: bars with intervals and the map as SVG, which prints sharp and needs no script to be seen."""

from html import escape

from segment_core.reporting.pieces import Bars, Map, colour, shape


def bars(chart: Bars) -> str:
    """Draw a row a bar: what it is, its value, and the bar; its twin says the same to who cannot see it."""
    rows = []
    for bar in chart.bars:
        title = f"{bar.label}: {bar.said}"
        rows.append(
            f'<div class="bar" data-tip="{escape(title)}"><span class="label">{escape(bar.label)}'
            f"<small>{escape(bar.said)}</small></span>{_bar(bar.value, bar.low, bar.high, bar.colour, chart)}</div>"
        )
    return f'<div class="bars" role="img" aria-label="{escape(chart.title)}">{"".join(rows)}</div>'


def _bar(value: float, low: float | None, high: float | None, tint: str, chart: Bars) -> str:
    zero, scale = (150.0, 146 / chart.reach) if chart.signed else (0.0, 296 / chart.reach)
    start, width = min(zero, zero + value * scale), abs(value) * scale
    whisker = ""
    if low is not None and high is not None:
        left, right = zero + low * scale, zero + high * scale
        whisker = (
            f'<path d="M{left:.1f} 10H{right:.1f}M{left:.1f} 6V14M{right:.1f} 6V14" class="whisker" '
            'vector-effect="non-scaling-stroke"/>'
        )
    axis = f'<path d="M{zero:.0f} 0V20" class="axis" vector-effect="non-scaling-stroke"/>'
    return (
        '<svg viewBox="0 0 300 20" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect x="{start:.1f}" y="3" width="{max(width, 0.5):.1f}" height="14" fill="{tint}"/>{axis}{whisker}</svg>'
    )


def scatter(chart: Map, everybody: str) -> str:
    """Draw the map, with a button a segment that lets the others fade, and a hover that names it."""
    groups = []
    for number, points in enumerate(chart.points):
        # One path a segment: thousands of elements would be slow to draw, and heavy in a mail.
        place = chart.places[number]
        path = "".join(_mark(560 * x + 180, 560 * y + 10, shape(place)) for x, y in points)
        tip = escape(f"{chart.names[number]}: {chart.sizes[number]}")
        groups.append(
            f'<path class="cloud" data-segment="{number}" data-tip="{tip}" fill="{colour(place)}" d="{path}"/>'
        )
    # In grey and to who cannot tell the colours apart, the ids say which is which.
    for points, middle, own in zip(chart.points, chart.middles, chart.ids, strict=True):
        if middle is not None:
            x, y = points[middle]
            groups.append(f'<text class="own" x="{560 * x + 180:.0f}" y="{560 * y + 16:.0f}">{escape(own)}</text>')
    buttons = "".join(
        f'<button type="button" data-segment="{number}" aria-pressed="false">{key(place)}{escape(chart.ids[number])}: '
        f"{escape(name)} <small>{escape(chart.sizes[number])}</small></button>"
        for number, (place, name) in enumerate(zip(chart.places, chart.names, strict=True))
    )
    return (
        f'<svg id="cloud" viewBox="0 0 920 580" role="img" aria-label="{escape(chart.alt)}">{"".join(groups)}</svg>'
        f'<div class="legend"><button type="button" data-segment="all" aria-pressed="true" hidden>'
        f"{escape(everybody)}</button>"
        f"{buttons}</div>"
    )


def key(number: int) -> str:
    """Draw the mark of a segment, as it is on the map."""
    return (
        f'<svg class="key" viewBox="0 0 12 12" aria-hidden="true"><path fill="{colour(number)}" '
        f'd="{_mark(6, 6, shape(number), 4.5)}"/></svg>'
    )


def _mark(x: float, y: float, kind: str, r: float = 3.2) -> str:
    """Draw a mark as a piece of a path."""
    if kind == "circle":
        return f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r:.1f} 0a{r} {r} 0 1 0-{2 * r:.1f} 0"
    if kind == "diamond":
        return f"M{x:.1f} {y - r:.1f}l{r} {r}-{r} {r}-{r}-{r}z"
    if kind == "square":
        return f"M{x - r:.1f} {y - r:.1f}h{2 * r:.1f}v{2 * r:.1f}h-{2 * r:.1f}z"
    return f"M{x:.1f} {y - r:.1f}l{r} {2 * r:.1f}h-{2 * r:.1f}z"

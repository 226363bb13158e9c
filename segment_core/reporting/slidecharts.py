"""Slide charts: bars and the map as charts of the presentation itself, whose numbers can be opened and changed."""

from typing import Any

from segment_core.reporting.deck import FOOT, TOP, Deck, asian, safe
from segment_core.reporting.fitting import cut
from segment_core.reporting.pieces import INK, QUIET, Bars, Map, colour, shape

MOST_BARS, MOST_SERIES_POINTS = 14, 900


def bars(deck: Deck, chart: Bars, *, whole: bool = False) -> None:
    """Put bars on the slide, the first on top; more than fit go on on the next, `whole` ones stay on this."""
    found = chart.bars
    for start in range(0, len(found), MOST_BARS):
        part = found[start : start + MOST_BARS]
        height = FOOT - deck.y if whole else min(FOOT - TOP - 24, 40 + 26.0 * len(part))
        if not whole:
            deck.ensure(height + 24)
            deck.text(chart.title, 14, INK, strong=True, gap=2)
        _bars(deck, chart, part, height)
        deck.y += height + 6


def _bars(deck: Deck, chart: Bars, part: Any, height: float) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    data = CategoryChartData()
    room = deck.room * 0.42
    data.categories = [safe(cut(f"{bar.label}: {bar.said.split('(')[0].strip()}", 9, room, 2)[0]) for bar in part]
    data.add_series(safe(chart.title) or "–", [float(bar.value) for bar in part])
    box = (Pt(deck.left), Pt(deck.y), Pt(deck.room), Pt(height))
    frame = deck.current.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, data)
    frame.name = safe(chart.title)[:80]
    drawn = frame.chart
    drawn.has_legend, drawn.has_title = False, False
    _letters(drawn, 10)
    drawn.value_axis.has_major_gridlines, drawn.value_axis.visible = False, False
    drawn.category_axis.reverse_order = True
    drawn.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if chart.signed:
        drawn.value_axis.minimum_scale, drawn.value_axis.maximum_scale = -1.05 * chart.reach, 1.05 * chart.reach
    plot = drawn.plots[0]
    plot.gap_width = 45
    for place, bar in enumerate(part):
        point = plot.series[0].points[place]
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = RGBColor.from_string(bar.colour[1:].upper())


def scatter(deck: Deck, chart: Map) -> None:
    """Put the map on the slide as an XY chart, a series a segment, on at most so many points in all."""
    from pptx.chart.data import XyChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
    from pptx.util import Pt

    styles = {
        "circle": XL_MARKER_STYLE.CIRCLE,
        "diamond": XL_MARKER_STYLE.DIAMOND,
        "square": XL_MARKER_STYLE.SQUARE,
        "triangle": XL_MARKER_STYLE.TRIANGLE,
    }
    total = sum(map(len, chart.points))
    step = max(1, -(-total // MOST_SERIES_POINTS))
    data = XyChartData()
    for name, size, points in zip(chart.names, chart.sizes, chart.points, strict=True):
        series = data.add_series(safe(cut(f"{name} · {size}", 10, 250, 1)[0]))
        for x, y in points[::step]:
            series.add_data_point(x, round(1 - y, 3))
    deck.text(chart.note, 11, QUIET, gap=2)
    height = FOOT - deck.y
    box = (Pt(deck.left), Pt(deck.y), Pt(deck.room), Pt(height))
    frame = deck.current.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *box, data)
    frame.name = safe(chart.alt)[:80]
    drawn = frame.chart
    drawn.has_title, drawn.has_legend = False, True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.RIGHT, False
    _letters(drawn, 10 if len(chart.names) <= 12 else 7)
    for axis in (drawn.value_axis, drawn.category_axis):
        axis.visible, axis.has_major_gridlines = False, False
        axis.minimum_scale, axis.maximum_scale = -0.02, 1.02
    for number, series in zip(chart.places, drawn.plots[0].series, strict=True):
        series.format.line.fill.background()
        series.marker.style, series.marker.size = styles[shape(number)], 5
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = RGBColor.from_string(colour(number)[1:].upper())
        series.marker.format.line.fill.background()
    deck.y = FOOT


def _letters(drawn: Any, size: float) -> None:
    from pptx.util import Pt

    from segment_core.reporting.deck import LATIN

    drawn.font.size, drawn.font.name = Pt(size), LATIN
    asian(drawn.font._element)

"""Slide charts: bars and the map as charts of the presentation itself, whose numbers can be opened and changed."""

from typing import Any

from segment_core.reporting.deck import FOOT, TOP, Deck, asian, safe
from segment_core.reporting.fitting import shortened
from segment_core.reporting.pieces import INK, QUIET, Bars, Map, colour, middle, shape

MOST_BARS, MOST_SERIES_POINTS = 14, 900
MAP = 0.55


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
    # A long name loses its end, never the number behind it.
    data.categories = [safe(f"{shortened(bar.label, 9.5, room * 0.95)}: {bar.short}") for bar in part]
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
    from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
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
    for name, points in zip(chart.legend, chart.points, strict=True):
        series = data.add_series(safe(name)[:200])
        for x, y in points[::step]:
            series.add_data_point(x, round(1 - y, 3))
    deck.text(chart.note, 11, QUIET, gap=2)
    height = FOOT - deck.y
    _legend(deck, chart, height)
    box = (Pt(deck.left), Pt(deck.y), Pt(deck.room * MAP), Pt(height))
    frame = deck.current.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *box, data)
    frame.name = safe(chart.alt)[:80]
    drawn = frame.chart
    drawn.has_title, drawn.has_legend = False, False
    _letters(drawn, 10)
    for axis in (drawn.value_axis, drawn.category_axis):
        axis.visible, axis.has_major_gridlines = False, False
        axis.minimum_scale, axis.maximum_scale = -0.02, 1.02
    for number, series in zip(chart.places, drawn.plots[0].series, strict=True):
        series.format.line.fill.background()
        series.marker.style, series.marker.size = styles[shape(number)], 5
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = RGBColor.from_string(colour(number)[1:].upper())
        series.marker.format.line.fill.background()
        _called(series, chart.ids[number], chart.points[number][::step])
    deck.y = FOOT


def _called(series: Any, own: str, points: Any) -> None:
    """Write a segment's id at its middle, for a print in grey and for who cannot tell the colours apart."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    place = middle(points)
    if place is None:
        return
    label = series.points[place].data_label
    label.position = XL_LABEL_POSITION.CENTER
    _ground(label)
    run = label.text_frame.paragraphs[0].add_run()
    run.text = safe(own)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(11), True, RGBColor.from_string(INK[1:].upper())


def _ground(label: Any) -> None:
    """Put a white ground below a label, so that it reads on every colour."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    fill = "<a:solidFill><a:srgbClr val='FFFFFF'/></a:solidFill><a:ln><a:noFill/></a:ln>"
    words = label.text_frame._txBody.getparent()  # c:tx, which the shape's properties follow
    words.addnext(parse_xml(f"<c:spPr {nsdecls('c', 'a')}>{fill}</c:spPr>"))


def _legend(deck: Deck, chart: Map, height: float) -> None:
    """Say beside the map what each mark stands for: the chart's own legend has no room for long names."""
    step = min(30.0, height / max(1, len(chart.names)))
    size = min(10.0, step / 1.45)
    most = int(step / (size * 1.35))
    x, room = deck.left + deck.room * MAP + 10, deck.room * (1 - MAP) - 10
    top = deck.y
    for number, (place, text) in enumerate(zip(chart.places, chart.legend, strict=True)):
        deck.y = top + number * step
        deck.mark(shape(place), x, deck.y + size * 0.35, size * 0.7, colour(place))
        deck.put(shortened(text, size, room - 20, most), x + 16, room - 16, size, most)
    deck.y = top


def _letters(drawn: Any, size: float) -> None:
    from pptx.util import Pt

    from segment_core.reporting.deck import LATIN

    drawn.font.size, drawn.font.name = Pt(size), LATIN
    asian(drawn.font._element)

"""Document charts: bars with intervals, and the map, as lines and shapes that print sharp at any size."""

from segment_core.reporting.fitting import width
from segment_core.reporting.pieces import INK, QUIET, RULE, Bars, Map, colour, shape
from segment_core.reporting.sheets import FOOT, HIGH, Sheets


def bars(sheets: Sheets, chart: Bars) -> None:
    """Draw a row a bar: what it is and its value to the left, the bar with its interval to the right."""
    sheets.heading(chart.title, 12, INK, keep=60)
    left = sheets.room * 0.45
    start, wide = sheets.left + left + 10, sheets.room - left - 14
    zero, scale = (start + wide / 2, wide / 2 / chart.reach) if chart.signed else (start, wide / chart.reach)
    for bar in chart.bars:
        label, said = sheets.lines(bar.label, 9.5, left), sheets.lines(bar.said, 8.5, left)
        height = 13 * len(label) + 12 * len(said) + 4
        sheets.ensure(height)
        sheets.put(label, sheets.left, sheets.y, 9.5, INK, step=13)
        sheets.put(said, sheets.left, sheets.y + 13 * len(label), 8.5, QUIET, step=12)
        middle, end = sheets.y + height / 2, zero + bar.value * scale
        sheets.box(min(zero, end), middle - 6, max(abs(end - zero), 0.5), 12, bar.colour)
        sheets.line(zero, sheets.y, zero, sheets.y + height, RULE)
        if bar.low is not None and bar.high is not None:
            low, high = zero + bar.low * scale, zero + bar.high * scale
            sheets.line(low, middle, high, middle, INK)
            for place in (low, high):
                sheets.line(place, middle - 3, place, middle + 3, INK)
        sheets.y += height
    sheets.gap(4)
    if chart.note:
        sheets.paragraph(chart.note, 8.5, QUIET)


def scatter(sheets: Sheets, chart: Map) -> None:
    """Draw the map as large as the page leaves room for, and what each colour and shape stands for."""
    room = sheets.room / 2
    told = [sheets.lines(text, 9, room - 22) for text in chart.legend]
    rows = [range(place, min(place + 2, len(told))) for place in range(0, len(told), 2)]
    heights = [13.0 * max(len(told[n]) for n in row) + 2 for row in rows]
    below = sum(heights) + 12 * len(sheets.lines(chart.note, 9)) + 30
    side = min(sheets.room, max(260.0, HIGH - FOOT - sheets.y - below))
    sheets.ensure(side)
    left, top = sheets.left + (sheets.room - side) / 2, sheets.y
    sheets.box(sheets.left, top, sheets.room, side, "#f4f2ec")
    for number, points in zip(chart.places, chart.points, strict=True):
        for x, y in points:
            sheets.mark(left + 8 + x * (side - 16), top + 8 + y * (side - 16), shape(number), 1.7, colour(number))
    # In grey and to who cannot tell the colours apart, the ids say which is which.
    for points, middle, own in zip(chart.points, chart.middles, chart.ids, strict=True):
        if middle is not None:
            x, y = (8 + part * (side - 16) for part in points[middle])
            wide = width(own, 8.5) + 4
            sheets.box(left + x - wide / 2, top + y - 5.5, wide, 11, "#f4f2ec")
            sheets.put([own], left + x - wide / 2 + 2, top + y - 5, 8.5, INK, strong=True)
    sheets.y = top + side + 8
    for row, height in zip(rows, heights, strict=True):
        sheets.ensure(height)
        for side_, n in enumerate(row):
            number = chart.places[n]
            x = sheets.left + side_ * room
            sheets.mark(x + 5, sheets.y + 6, shape(number), 4, colour(number))
            sheets.put(told[n], x + 14, sheets.y, 9, INK, step=13)
        sheets.y += height
    sheets.gap(4)
    sheets.paragraph(chart.note, 9, QUIET)

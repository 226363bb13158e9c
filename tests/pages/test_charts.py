"""Charts and the map's geometry, purely: colours, lengths, and which customers an outline holds."""

import math

import numpy as np
import pandas as pd
import pytest

from pages._shared import charts, scatter
from segment_core.artifacts import EvidenceItem, Trial

LOOK = charts.Look(tuple(f"#0000{number:02d}" for number in range(10)), ("#ffffff", "#000000"), "#fefefe", "#010101")


def fact(effect: float, label: str = "Income") -> EvidenceItem:
    direction = "over" if effect > 0 else "under"
    return EvidenceItem("S1.f1", "S1", "median", label, direction, 10, "Income", 2.0, 1.0, effect=effect)


def drawn_inside(point: tuple[float, float], outline: scatter.Outline) -> bool:
    """Walk from the point to the right and count the edges crossed, one at a time in plain floats."""
    x, y = point
    crossed = 0
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y1 > y) != (y2 > y):
            crossed += x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    return crossed % 2 == 1


@pytest.mark.parametrize("seed", range(6))
def test_an_outline_holds_exactly_the_points_inside_it(seed: int) -> None:
    random = np.random.default_rng(seed)
    points = random.normal(size=(400, 2)).astype(np.float32)
    angles = np.sort(random.uniform(0, 2 * math.pi, 30)) if seed % 2 else random.uniform(0, 2 * math.pi, 30)
    reach = random.uniform(0.3, 2.0, 30)  # unsorted angles make an outline that crosses itself many times
    outline = tuple((float(r * math.cos(a)), float(r * math.sin(a))) for r, a in zip(reach, angles, strict=True))
    found = scatter.within(points, outline)
    assert found.tolist() == [drawn_inside((float(x), float(y)), outline) for x, y in points]
    assert 0 < found.sum() < 400


def test_a_square_holds_its_inside_and_nothing_else() -> None:
    points = np.array([[0.5, 0.5], [1.5, 0.5], [-0.1, 0.5], [0.99, 0.01]], dtype=np.float32)
    assert scatter.within(points, ((0, 0), (1, 0), (1, 1), (0, 1))).tolist() == [True, False, False, True]


def test_lassos_and_boxes_become_outlines() -> None:
    selection = {
        "lasso": [{"x": [0, 1, 1], "y": [0, 0, 1]}, {"x": [0, 1], "y": [0, 1]}],
        "box": [{"x": [0.0, 2.0], "y": [3.0, 1.0]}],
    }
    lasso, box = scatter.drawn_on(selection)
    assert lasso == ((0, 0), (1, 0), (1, 1))
    assert scatter.within(np.array([[1.0, 2.0], [1.0, 3.5]]), box).tolist() == [True, False]
    assert scatter.drawn_on({}) == ()


def test_a_segment_keeps_its_colour_and_repeats_get_another_symbol() -> None:
    labels = np.repeat(np.arange(12), 3)
    layers = scatter.by_segment(labels, np.full(36, "core"), [f"n{n}" for n in range(12)], LOOK)
    assert [layer.colour for layer in layers] == [*LOOK.palette, *LOOK.palette[:2]]
    assert layers[0].symbol != layers[10].symbol
    assert sum(len(layer.rows) for layer in layers) == 36


def test_outliers_are_grey_and_drawn_once() -> None:
    bands = np.array(["core", "outlier", "fringe", "outlier"])
    grey, first, second = scatter.by_segment(np.array([0, 0, 1, 1]), bands, ["a", "b"], LOOK)
    assert grey.colour == charts.GREY and grey.rows.tolist() == [1, 3]
    assert first.rows.tolist() == [0] and second.rows.tolist() == [2]


def test_categories_are_the_nine_most_frequent_the_rest_and_none() -> None:
    values = pd.Series([letter for n, letter in enumerate("ABCDEFGHIJKL") for _ in range(20 - n)] + [None] * 5)
    layers = scatter.by_category(values, LOOK, other="Other", none="No value")
    assert [layer.name for layer in layers] == ["No value", "Other", *"ABCDEFGHI"]
    assert sorted(np.concatenate([layer.rows for layer in layers])) == list(range(len(values)))


def test_a_few_huge_values_do_not_flatten_the_colours() -> None:
    values = np.append(np.linspace(0, 100, 1000), [1e9, 1e12])
    low, high = scatter.robust_range(values)
    assert 0 <= low < 5 and 95 < high < 105
    assert scatter.robust_range(np.zeros(0)) == (0.0, 1.0)
    assert scatter.robust_range(np.full(5, 3.0)) == (3.0, 4.0)


def test_numbers_and_dates_colour_by_value_and_the_missing_are_apart() -> None:
    missing, told = scatter.by_number(pd.Series([1.0, np.nan, 3.0]), name="Income", none="No value")
    assert missing.rows.tolist() == [1]
    assert told.colour.tolist() == [1.0, 3.0]
    (dates,) = scatter.by_number(pd.Series(pd.to_datetime(["1970-01-02", "1970-02-01"])), name="Joined", none="-")
    assert dates.colour.tolist() == [1.0, 31.0]


def test_the_map_shows_every_point_once_and_marks_the_selected() -> None:
    points = np.arange(12, dtype=np.float32).reshape(6, 2)
    layers = scatter.by_segment(np.array([0, 1, 0, 1, 0, 1]), np.full(6, "core"), ["a", "b"], LOOK)
    hovers = scatter.under_pointer([f"C{n}" for n in range(6)], ["a", "b"] * 3, {"Spend": list("123456")})
    selected = np.array([True, False, False, True, False, False])
    outline = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
    figure = scatter.figure(points, layers, hovers, LOOK, lit=selected)
    scatter.finish(figure, scatter.extent(points), LOOK, outlines=[outline])
    assert [len(trace.x) for trace in figure.data] == [3, 3]
    assert all(trace.x.dtype == np.float32 for trace in figure.data)
    assert [list(trace.selectedpoints) for trace in figure.data] == [[0], [1]]
    assert figure.data[1].text[1] == "<b>C3</b><br>b<br>Spend: 4"
    assert figure.layout.shapes[0].path == "M0,0L1,0L1,1Z"


def test_what_a_file_says_stays_text_in_a_figure() -> None:
    (hover,) = scatter.under_pointer(["<a href='x'>1</a>"], ["%{x}"], {"<i>": ["a\nb"]})
    assert hover == "<b>&lt;a href='x'&gt;1&lt;/a&gt;</b><br>% {x}<br>&lt;i&gt;: a b"
    assert charts.shown("x" * 50, 10) == "x" * 9 + "…"


def test_drivers_point_right_in_colour_and_left_in_grey() -> None:
    figure = charts.drivers([fact(0.5), fact(-0.25)], ["more", "less <b>"], "#123456", LOOK, rows=5)
    bar = figure.data[0]
    assert list(bar.x) == [0.5, -0.25]
    assert list(bar.marker.color) == ["#123456", charts.GREY]
    assert [note.text for note in figure.layout.annotations] == ["more", "less &lt;b&gt;"]
    assert figure.layout.height == charts.drivers([fact(0.5)] * 5, ["x"] * 5, "#123456", LOOK).layout.height
    assert charts.drivers([], [], "#123456", LOOK).layout.height > 0


def test_sizes_have_the_segments_colours() -> None:
    figure = charts.sizes([30, 20, 10], ["a: 30", "b: 20", "c: 10"], LOOK)
    assert list(figure.data[0].x) == [30, 20, 10]
    assert list(figure.data[0].marker.color) == list(LOOK.palette[:3])


def test_trials_are_in_order_and_the_chosen_one_is_filled() -> None:
    tried = [Trial(4, {"silhouette": 0.2}), Trial(3, {"silhouette": 0.4}, chosen=True), Trial(5, {})]
    figure = charts.trials(tried, "silhouette", LOOK)
    assert list(figure.data[0].x) == [3, 4]
    assert list(figure.data[0].marker.color) == [LOOK.palette[0], LOOK.ground]

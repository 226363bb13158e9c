"""Map labels: no two over each other, none over customers that are lit, in any number, length and script."""

from itertools import combinations

import numpy as np
import pytest

from pages._shared import maplabels
from pages._shared.charts import Look
from pages._shared.maplabels import Label

LOOK = Look(("#0E78FE",), ("#000013",), "#000038", "#000037")
SPAN = (0.0, 10.0, 0.0, 10.0)
NAMES = {
    "ids": "S{n}",
    "long": "The {n} customers who come back in winter",
    "chinese": "第{n}类常常在冬天回来购买礼物的忠实老顾客群体",
}


def labels(kind: str, n: int, seed: int) -> list[Label]:
    random = np.random.default_rng(seed)
    places = random.normal(5, 0.3 if seed == 0 else 2, (n, 2)).clip(0, 10)  # the first heap lies all in one place
    return [Label(NAMES[kind].format(n=k), f"S{k}", float(x), float(y), "#0E78FE") for k, (x, y) in enumerate(places)]


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("n", [2, 6, 40])
@pytest.mark.parametrize("seed", range(3))
def test_no_two_labels_touch(kind: str, n: int, seed: int) -> None:
    found = maplabels.place(labels(kind, n, seed), SPAN)
    boxes = [placed.box for placed in found]
    assert not any(maplabels.touch(one, other) for one, other in combinations(boxes, 2))
    assert all(
        0 <= left < right <= maplabels.WIDE and 0 <= top < low <= maplabels.HIGH for left, top, right, low in boxes
    )
    for placed in found:
        assert placed.box[2] - placed.box[0] == pytest.approx(maplabels.width(placed.text))
    if n <= 6 or kind == "ids":
        assert len(found) == n


@pytest.mark.parametrize("seed", range(3))
def test_no_label_hides_who_is_lit(seed: int) -> None:
    random = np.random.default_rng(seed)
    lit = random.normal(5, 1.0, (4_000, 2)).clip(0, 10)
    found = maplabels.place(labels("ids", 10, seed), SPAN, lit)
    assert found
    across, down = lit[:, 0] / 10 * maplabels.WIDE, (10 - lit[:, 1]) / 10 * maplabels.HIGH
    for left, top, right, low in (placed.box for placed in found):
        assert not ((across > left) & (across < right) & (down > top) & (down < low)).any()


def test_a_label_without_room_is_shortened_and_then_left_out() -> None:
    everywhere = np.stack(np.meshgrid(np.linspace(0, 10, 300), np.linspace(0, 10, 300)), axis=-1).reshape(-1, 2)
    assert maplabels.place(labels("ids", 2, 1), SPAN, everywhere) == []
    found = maplabels.place(labels("long", 40, 0), SPAN)
    assert {placed.text for placed in found} & {f"S{n}" for n in range(40)}


def test_a_label_that_had_to_move_has_a_line_to_its_place_and_is_never_read_as_tags() -> None:
    near, far = (
        maplabels.Placed(Label("<b>x", "S1", 1, 2, "#0E78FE"), "<b>x", right, -12.0, (0, 0, 1, 1))
        for right in (0.0, 90.0)
    )
    found = maplabels.annotation(near, LOOK)
    assert not found["showarrow"] and found["yshift"] == 12.0 and found["text"] == "&lt;b&gt;x"
    moved = maplabels.annotation(far, LOOK)
    assert moved["showarrow"] and (moved["ax"], moved["arrowcolor"]) == (90.0, "#0E78FE")


def test_a_cut_name_fits_in_every_script() -> None:
    for name in NAMES.values():
        short = maplabels.cut(name)
        assert short.endswith("…") or short == name
        assert maplabels.width(short) <= maplabels.FRAME + maplabels.LONGEST * maplabels.LETTER

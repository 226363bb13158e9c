"""Density: a picture of very many customers has the colours of those who are there, and counts every one."""

import base64
import io

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from pages._shared import density, scatter
from pages._shared.charts import GREY, Look

LOOK = Look(("#0E78FE", "#EC9C0A", "#AF016E"), ("#000013", "#000020"), "#000038", "#000037")
RAMP = ("#000000", "#ffffff")


@pytest.fixture
def corners() -> np.ndarray:
    """Return 40 customers in the lower left and 10 in the upper right; one of the latter lies on its own."""
    low, high = np.tile([0.0, 0.0], (40, 1)), np.tile([10.0, 10.0], (9, 1))
    return np.vstack([low, high, [[10.0, 0.0]]]).astype(np.float32)


def seen(picture: np.ndarray, where: np.ndarray, row: int) -> tuple[int, ...]:
    return tuple(picture.reshape(-1, 4)[where[row]].tolist())


def test_every_customer_is_in_the_cell_where_they_lie(corners: np.ndarray) -> None:
    where = density.cells(corners)
    assert len(set(where[:40])) == 1
    across, down = where % density.WIDE, where // density.WIDE
    assert across[0] < 30 and down[0] > density.HIGH - 30
    assert across[45] > density.WIDE - 30 and down[45] < 30
    counts = density.tones(where, [scatter.Layer("all", np.arange(50), "#0E78FE")], RAMP).counts
    assert counts.sum() == 50 and counts[where[0]] == 40


def test_a_cell_has_the_colour_of_most_who_are_there(corners: np.ndarray) -> None:
    labels = np.array([0] * 25 + [1] * 15 + [2] * 10)
    where = density.cells(corners)
    layers = scatter.by_segment(labels, np.full(50, "core"), ["a", "b", "c"], LOOK)
    picture = density.pixels(density.tones(where, layers, RAMP))
    assert seen(picture, where, 0)[:3] == (0x0E, 0x78, 0xFE)
    assert seen(picture, where, 45)[:3] == (0xAF, 0x01, 0x6E)
    assert seen(picture, where, 0)[3] > seen(picture, where, 49)[3] > 0.3 * 255  # denser, but one alone is seen too
    assert (picture[..., 3] > 0).sum() == 3


def test_whoever_is_faint_colours_only_where_nobody_else_is(corners: np.ndarray) -> None:
    bands = np.array(["outlier"] * 30 + ["core"] * 19 + ["outlier"])
    where = density.cells(corners)
    layers = scatter.by_segment(np.array([0] * 40 + [1] * 5 + [2] * 5), bands, ["a", "b", "c"], LOOK)
    picture = density.pixels(density.tones(where, layers, RAMP))
    assert seen(picture, where, 0)[:3] == (0x0E, 0x78, 0xFE)
    assert seen(picture, where, 49)[:3] == tuple(density.rgb(GREY).astype(int))


def test_of_two_categories_a_cell_shows_the_share(corners: np.ndarray) -> None:
    values = pd.Series(["yes"] * 10 + ["no"] * 40)
    where = density.cells(corners)
    layers = scatter.by_category(values, LOOK, other="Other", none="None")
    mixed = np.array(seen(density.pixels(density.tones(where, layers, RAMP)), where, 0)[:3])
    expected = 0.25 * density.rgb(LOOK.palette[1]) + 0.75 * density.rgb(LOOK.palette[0])
    assert np.abs(mixed - expected).max() <= 1


def test_a_number_shows_its_mean(corners: np.ndarray) -> None:
    values = pd.Series([0.0, 100.0] * 20 + [100.0] * 10)
    where = density.cells(corners)
    tones = density.tones(where, scatter.by_number(values, name="n", none="-"), RAMP)
    assert tones.colours[where[0]].tolist() == pytest.approx([127.5] * 3)
    assert tones.colours[where[45]].tolist() == pytest.approx([255.0] * 3)


def test_where_some_are_lit_the_others_are_dim(corners: np.ndarray) -> None:
    where = density.cells(corners)
    layers = [scatter.Layer("all", np.arange(50), "#0E78FE")]
    lit = np.arange(50) >= 40
    everybody = density.tones(where, layers, RAMP)
    picture = density.pixels(everybody, density.tones(where, layers, RAMP, lit))
    assert seen(picture, where, 45)[3] > 0.5 * 255
    assert 0 < seen(picture, where, 0)[3] < 0.2 * 255
    assert density.pixels(everybody).reshape(-1, 4)[where[0], 3] > 0.9 * 255


def test_the_picture_is_a_png_with_see_through_ground(corners: np.ndarray) -> None:
    tones = density.tones(density.cells(corners), [scatter.Layer("all", np.arange(50), "#0E78FE")], RAMP)
    kind, _, data = density.address(density.pixels(tones)).partition(",")
    image = Image.open(io.BytesIO(base64.b64decode(data)))
    assert (kind, image.size, image.mode) == ("data:image/png;base64", (density.WIDE, density.HIGH), "RGBA")
    assert image.getpixel((density.WIDE // 2, density.HIGH // 2))[3] == 0


def test_the_pointer_is_told_who_is_at_a_place(corners: np.ndarray) -> None:
    labels = np.array([0] * 25 + [1] * 15 + [2] * 10)
    found = density.places(corners, density.cells(corners), labels, 3)
    assert found.counts.sum() == 50
    low = int(found.counts.argmax())
    assert (found.counts[low], found.leading[low], found.shares[low]) == (40, 0, 25 / 40)
    assert np.abs(found.points[low] - corners[0]).max() < 0.6


def test_a_picture_is_drawn_under_points_that_nobody_sees(corners: np.ndarray) -> None:
    layers = scatter.by_segment(np.zeros(50, int), np.full(50, "core"), ["<b>a"], LOOK)
    span = scatter.extent(corners)
    chart = scatter.picture(span, "data:image/png;base64,", layers, scatter.Hovers(corners, ["x"] * 50), LOOK)
    unseen, named = chart.data
    assert unseen.marker.opacity == 0 and len(unseen.x) == 50 and unseen.type == "scatter"
    assert named.name == "&lt;b&gt;a" and list(named.x) == [None]
    (image,) = chart.layout.images
    assert (image.x, image.y, image.x + image.sizex, image.y - image.sizey) == pytest.approx(
        (span[0], span[3], span[1], span[2])
    )

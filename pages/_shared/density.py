"""Density: very many customers become one picture, coloured by whoever is most at each place."""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pages._shared.scatter import Layer, extent, robust_range

WIDE, HIGH = 480, 320
COARSE = 12
"""Cells to a side of what the pointer speaks of: a place is 12 by 12 cells of the picture."""
LEAST, DIM, FAINT = 0.35, 0.12, 0.45


@dataclass(frozen=True, slots=True, eq=False)
class Tones:
    """What is seen in each cell: colours (cells, 3) in [0, 255], weights (cells,) in [0, 1], counts (cells,)."""

    colours: NDArray[np.float32]
    weights: NDArray[np.float32]
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Coarse places with customers: their middles (p, 2), how many are there, which label leads, and its share."""

    points: NDArray[np.float32]
    counts: NDArray[np.int64]
    leading: NDArray[np.int64]
    shares: NDArray[np.float64]


def cells(points: NDArray[np.floating]) -> NDArray[np.int32]:
    """Return the picture's cell (n,) in which each point lies, row by row from the top left."""
    left, right, bottom, top = extent(points)
    across = (points[:, 0] - np.float32(left)) * np.float32(WIDE / (right - left))
    down = (np.float32(top) - points[:, 1]) * np.float32(HIGH / (top - bottom))
    columns = np.clip(across.astype(np.int32), 0, WIDE - 1)
    return np.clip(down.astype(np.int32), 0, HIGH - 1) * WIDE + columns


def tones(
    where: NDArray[np.int32], layers: Sequence[Layer], ramp: Sequence[str], only: NDArray[np.bool_] | None = None
) -> Tones:
    """Colour every cell: by its most frequent layer, by the share of one layer of two, or by the mean of a number.

    `where` (n,) are the cells of all customers; with `only` (n,) the others do not count. Faint layers colour a
    cell in which there is nobody else.
    """
    size = WIDE * HIGH
    counts, most = np.zeros(size, np.int64), np.zeros(size, np.int64)
    weights, colours = np.zeros(size, np.float32), np.zeros((size, 3), np.float32)
    solid = [layer for layer in layers if not layer.faint]
    mixed, n_mixed = len(solid) == 2, np.zeros(size, np.int64)
    for layer in sorted(layers, key=lambda layer: layer.faint):
        chosen = slice(None) if only is None else only[layer.rows]
        places = where[layer.rows[chosen]]
        here = np.bincount(places, minlength=size)
        counts += here
        weights += here * np.float32(FAINT if layer.faint else 1.0)
        values = None if isinstance(layer.colour, str) else layer.colour[chosen]
        shade = _shades(layer, values, places, here, ramp)
        if mixed and not layer.faint:
            colours += shade * here[:, None]
            n_mixed += here
            continue
        leads = (here > 0) & (n_mixed + most == 0) if layer.faint else here > most
        colours[leads] = shade[leads] if len(shade) == size else shade
        most[leads] = here[leads]
    if mixed:
        colours /= np.maximum(n_mixed, 1)[:, None]
    return Tones(colours, weights / np.maximum(counts, 1), counts)


def pixels(everybody: Tones, lit: Tones | None = None) -> NDArray[np.uint8]:
    """Return the picture (HIGH, WIDE, 4): the more customers the denser; where some are lit, all others are dim."""
    seen = np.zeros((WIDE * HIGH, 4), np.float32)
    seen[:, :3] = everybody.colours
    seen[:, 3] = _density(everybody) * (1.0 if lit is None else DIM)
    if lit is not None:
        bright = lit.counts > 0
        seen[bright, :3] = lit.colours[bright]
        seen[bright, 3] = _density(lit)[bright]
    seen[:, 3] *= 255
    return np.round(seen).astype(np.uint8).reshape(HIGH, WIDE, 4)


def address(picture: NDArray[np.uint8]) -> str:
    """Return a picture as PNG in a data address, which stays inside the page."""
    from PIL import Image

    written = io.BytesIO()
    Image.fromarray(picture, "RGBA").save(written, "PNG", compress_level=4)
    return "data:image/png;base64," + base64.b64encode(written.getvalue()).decode("ascii")


def places(points: NDArray[np.floating], where: NDArray[np.int32], labels: NDArray[np.int64], n_labels: int) -> Places:
    """Count the customers of coarse places, so that the pointer can say who is there."""
    across = WIDE // COARSE
    coarse = where // WIDE // COARSE * across + where % WIDE // COARSE
    size = across * -(-HIGH // COARSE)
    table = np.bincount(coarse * n_labels + labels, minlength=size * n_labels).reshape(size, n_labels)
    counts = table.sum(1)
    kept = np.flatnonzero(counts)
    leading = table[kept].argmax(1)
    left, right, bottom, top = extent(points)
    x = left + (kept % across + 0.5) * COARSE / WIDE * (right - left)
    y = top - (kept // across + 0.5) * COARSE / HIGH * (top - bottom)
    middles = np.column_stack([x, y]).astype(np.float32)
    return Places(middles, counts[kept], leading, table[kept, leading] / counts[kept])


def rgb(colour: str) -> NDArray[np.float32]:
    """Return the red, green and blue (3,) of a colour such as "#0E78FE"."""
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], np.float32)


def _shades(
    layer: Layer,
    values: NDArray[np.float32] | None,
    where: NDArray[np.int32],
    here: NDArray[np.int64],
    ramp: Sequence[str],
) -> NDArray[np.float32]:
    """Return a layer's one colour (1, 3), or that of the mean number in each cell (cells, 3)."""
    if isinstance(layer.colour, str) or values is None:
        return rgb(str(layer.colour))[None, :]
    low, high = robust_range(layer.colour)
    clipped = np.clip(values, low, high)
    means = np.bincount(where, weights=clipped, minlength=len(here)) / np.maximum(here, 1)
    steps, place = np.array([rgb(colour) for colour in ramp]), (means - low) / (high - low) * (len(ramp) - 1)
    channels = [np.interp(place, np.arange(len(ramp)), steps[:, channel]) for channel in range(3)]
    return np.column_stack(channels).astype(np.float32)


def _density(found: Tones) -> NDArray[np.float32]:
    some = found.counts[found.counts > 0]
    full = float(np.log1p(np.percentile(some, 99))) if len(some) else 1.0
    dense = np.minimum(np.log1p(found.counts) / max(full, 0.7), 1.0)
    return np.where(found.counts > 0, (LEAST + (1 - LEAST) * dense) * found.weights, 0.0).astype(np.float32)

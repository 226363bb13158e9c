"""Blending: blocks side by side, each with exactly the weight it is given."""

from collections.abc import Mapping, Sequence
from math import isclose

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import TEXT_BLOCKS, Block, Features, Floats, Share
from segment_core.errors import DataError, OptionError

TEXT_PART = 0.5
"""By default what was made of texts counts half as much as all structured columns together, so a third of the whole.

Blocks of one and the same text (its vectors, topics, traits) share this part: reading it three ways is no more news.
"""

GRAPH_PART = 0.25
"""A graph says again what columns and texts say, along longer ways; by default it counts half of what texts do."""

VECTORS_PART = 0.5
"""Vectors that were brought along say what no column says, so they count as texts do, and beside them."""

DIGITS = 6
"""Decimals to which weights are kept, so that a plan that was written down gives the same segments again."""


OFF_CENTRE = 1e-5
"""Part of its spread by which a block's mean may be off without being moved."""

ROUNDING = 2e-7
"""Part of the largest value below which differences are rounding of 32-bit numbers."""


def default_weights(blocks: Sequence[Block]) -> dict[str, float]:
    """Weigh structured blocks by their number of columns, and learned ones by fixed parts of that; the sum is 1.

    Structured columns count alike, whichever block they are in. Against all of them together texts
    count a half, shared among the blocks made of them; vectors brought along a half; a graph a quarter.

    Examples
    --------
    >>> import numpy as np
    >>> two = Block("numbers", np.eye(2, dtype=np.float32), ("a", "b"), ("a", "b"), ("a", "b"))
    >>> default_weights([two])
    {'numbers': 1.0}
    """
    n_of_text = sum(block.name in TEXT_BLOCKS for block in blocks)
    parts = dict.fromkeys(TEXT_BLOCKS, TEXT_PART / max(n_of_text, 1)) | {"graph": GRAPH_PART, "vectors": VECTORS_PART}
    counted = {block.name: float(len(block.columns)) for block in blocks if block.name not in parts}
    whole = sum(counted.values()) or 1.0
    counted |= {block.name: parts[block.name] * whole for block in blocks if block.name in parts}
    total = sum(counted.values())
    return {name: weight / total for name, weight in counted.items()}


def blend(blocks: Sequence[Block], weights: Mapping[str, float] | None = None) -> Features:
    """Put blocks side by side so that each makes up its weight of the mean squared distance between customers.

    However wide a block is, its weight alone decides how much it counts. Weight 0 is exactly "without
    it", and so is a block in which all customers are alike; blocks that `weights` does not name keep
    their default. Only the ratios of weights matter. Every block stands with its mean at 0.

    Raises
    ------
    DataError
        If there is no block, or none in which customers differ.
    OptionError
        If every block has weight 0.
    """
    if not blocks:
        raise _nothing()
    chosen = weights or {}
    asked = [block for block in blocks if chosen.get(block.name, 1.0) > 0]
    if not asked:
        raise OptionError("Every block has weight 0; give at least one of {names} a weight.", names=_names(blocks))
    placed = {block.name: _at_length_one(block.matrix) for block in asked}
    kept = [block for block in asked if placed[block.name] is not None]
    if not kept:
        raise _nothing()
    # Defaults among the kept blocks only: a block of weight 0 must leave no trace, not even in rounding.
    defaults = default_weights(kept)
    raw = {block.name: chosen.get(block.name, defaults[block.name]) for block in kept}
    total = sum(raw.values())
    if isclose(
        total, 1.0, abs_tol=10.0 ** (1 - DIGITS)
    ):  # weights of an earlier run: dividing once more would change their last digits
        total = 1.0
    parts, shares, start = [], [], 0
    for block in kept:
        weight = round(raw[block.name] / total, DIGITS)
        parts.append(placed[block.name] * np.sqrt(weight))
        stop = start + block.matrix.shape[1]
        shares.append(Share(block.name, start, stop, weight, block.columns))
        start = stop
    return Features(
        np.hstack(parts).astype(np.float32),
        tuple(name for block in kept for name in block.names),
        tuple(source for block in kept for source in block.sources),
        tuple(shares),
        tuple(note for block in kept for note in block.notes),
    )


def _nothing() -> DataError:
    return DataError("No column tells customers apart. Give at least one column a role other than id or ignore.")


def placing(matrix: Floats) -> tuple[NDArray[np.float64], float] | None:
    """Return what to subtract from a block (width,) and what to divide it by; None if all customers are alike in it.

    Customers are then a length of 1 from its mean (root mean square).
    """
    values = matrix.astype(np.float64)
    middle = values.mean(axis=0)
    # The mean squared distance of two customers is twice this, but only when taken round the mean.
    spread = float(np.sqrt(np.mean(np.sum((values - middle) ** 2, axis=1))))
    if spread <= ROUNDING * max(1e-30, float(np.abs(values).max(initial=0.0))):
        return None
    # A block that is at its mean but for rounding stays where it is: a zero there stands for "says nothing".
    if float(np.sqrt(np.sum(middle**2))) <= OFF_CENTRE * spread:
        middle = np.zeros_like(middle)
    return middle, spread


def _at_length_one(matrix: Floats) -> NDArray[np.float64] | None:
    found = placing(matrix)
    return None if found is None else (matrix.astype(np.float64) - found[0]) / found[1]


def _names(blocks: Sequence[Block]) -> str:
    return ", ".join(block.name for block in blocks)

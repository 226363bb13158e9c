"""Blending: blocks side by side, each with exactly the weight it is given."""

from collections.abc import Mapping, Sequence
from math import isclose

import numpy as np

from segment_core.artifacts import Block, Features, Share
from segment_core.errors import DataError, OptionError

TEXT_PART = 0.5
"""By default text counts half as much as all structured columns together, so a third of the whole."""

DIGITS = 6
"""Decimals to which weights are kept, so that a plan that was written down gives the same segments again."""


def default_weights(blocks: Sequence[Block]) -> dict[str, float]:
    """Weigh structured blocks by their number of columns and text as a third of the whole; the sum is 1.

    Examples
    --------
    >>> import numpy as np
    >>> two = Block("numbers", np.eye(2, dtype=np.float32), ("a", "b"), ("a", "b"), ("a", "b"))
    >>> default_weights([two])
    {'numbers': 1.0}
    """
    counted = {block.name: float(len(block.columns)) for block in blocks if block.name != "text"}
    if any(block.name == "text" for block in blocks):
        counted["text"] = TEXT_PART * sum(counted.values()) or 1.0
    total = sum(counted.values())
    return {name: weight / total for name, weight in counted.items()}


def blend(blocks: Sequence[Block], weights: Mapping[str, float] | None = None) -> Features:
    """Put blocks side by side so that each makes up its weight of the mean squared distance between customers.

    However wide a block is, its weight alone decides how much it counts. Weight 0 is exactly "without
    it"; blocks that `weights` does not name keep their default. Only the ratios of weights matter.

    Raises
    ------
    DataError
        If there is no block at all.
    OptionError
        If every block has weight 0.
    """
    if not blocks:
        raise DataError("No column tells customers apart. Give at least one column a role other than id or ignore.")
    chosen = weights or {}
    kept = [block for block in blocks if chosen.get(block.name, 1.0) > 0]
    if not kept:
        raise OptionError("Every block has weight 0; give at least one of {names} a weight.", names=_names(blocks))
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
        spread = np.sqrt(np.mean(np.sum(block.matrix.astype(np.float64) ** 2, axis=1)))
        parts.append(block.matrix * (np.sqrt(weight) / max(float(spread), 1e-12)))
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


def _names(blocks: Sequence[Block]) -> str:
    return ", ".join(block.name for block in blocks)

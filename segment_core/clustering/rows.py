"""Rows: an order that customers give themselves, some of them drawn in it, and the main directions they differ in."""

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats
from segment_core.messages import Message, say


def in_order(matrix: Floats) -> NDArray[np.int64]:
    """Return an order of the rows (n,) that depends on what they hold and not on where they stand.

    Algorithms that draw customers, or add numbers up, go through them in this order; then shuffled rows give the
    same segments to the last digit. Rows are compared byte by byte, so that only equal ones tie; they
    stand together.
    """
    rows = np.ascontiguousarray(matrix) + matrix.dtype.type(0)  # minus nought is nought
    width = rows.shape[1] * rows.itemsize
    return np.argsort(rows.view(np.dtype((np.void, width))).reshape(-1), kind="stable").astype(np.int64)


def drawn(n: int, most: int, seed: int) -> NDArray[np.int64]:
    """Draw at most `most` of `n` rows, in their order; all of them where there are no more."""
    if n <= most:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, most, replace=False))


def narrowed(matrix: NDArray[np.float64], most: int) -> NDArray[np.float64]:
    """Return rows on their `most` main directions, the widest first; as they are where there are no more."""
    if matrix.shape[1] <= most:
        return matrix
    centred = matrix - matrix.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    return np.asarray(centred @ directions[:, ::-1][:, :most])


def on_directions(width: int, most: int) -> tuple[Message, ...]:
    """Say that features were narrowed, where they were."""
    if width <= most:
        return ()
    return (say("The cut was made on the {most} main directions of {width} features.", most=most, width=width),)


def on_some(n: int, some: int) -> tuple[Message, ...]:
    """Say that only some customers were cut and the others placed, where that is so."""
    if n <= some:
        return ()
    return (say("{some} customers were drawn and cut; the other {rest} joined them.", some=some, rest=n - some),)

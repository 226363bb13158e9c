"""Rounding: the roundest number past a border, and as little past it as may be."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

N_STEPS = 64
N_ROUNDS = 3
OVERSHOOT = 0.1
"""Part of a change by which it may be larger, so that its value is round."""

Moves = Callable[[NDArray[np.float64]], NDArray[np.bool_]]


def rounded(old: float, new: float, decimals: int, moves: Moves) -> float:
    """Return the value nearest to `old`, as far as `new` at most, that moves and has at most so many decimals.

    `moves` tells of values whether they do; `new` must. The value is rounded away from `old`, to as few digits as do
    not make the change a tenth larger.

    Examples
    --------
    >>> rounded(100.0, 400.0, 2, lambda values: values > 251.37)
    260.0
    """
    border = _border(old, new, moves)
    sign = 1.0 if new > old else -1.0
    power = int(np.floor(np.log10(abs(border - old)))) if border != old else -decimals
    found = new
    for digits in range(-power, decimals + 1):
        unit = 10.0**-digits
        value = float(np.round(sign * np.ceil(sign * border / unit - 1e-9) * unit, max(digits, 0)))
        if sign * value > sign * new or not moves(np.array([value]))[0] or value == old:
            continue
        if sign * value < sign * found:
            found = value
        if abs(value - old) <= (1 + OVERSHOOT) * abs(border - old):
            break
    return found


def _border(old: float, new: float, moves: Moves) -> float:
    """Return a value that moves, beside one nearer to `old` that does not."""
    low, high = old, new
    for _ in range(N_ROUNDS):
        values = np.linspace(low, high, N_STEPS + 1)[1:]
        place = int(moves(values).argmax())
        if not moves(values[[place]])[0]:
            return high
        low, high = (low if place == 0 else float(values[place - 1])), float(values[place])
    return high

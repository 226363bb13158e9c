"""Number lists: a vector in a cell, as text that keeps it exactly and takes less than half the room of its digits."""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

MARK = "f4:"
"""What a cell begins with that holds little-endian single-precision numbers in base 64."""
FEWEST, MOST = 2, 20_000
_LONGEST = 40 * MOST
_SPLIT = re.compile(r"[\s,;]+")
_BRACKETS = {"[": "]", "(": ")", "{": "}"}
_NUMERIC = frozenset("0123456789+-.,;eE \t\n\r")

Numbers = NDArray[np.float32]


def is_list(text: str) -> bool:
    """Tell by its look whether a cell holds a list of numbers, without reading them all.

    Examples
    --------
    >>> is_list("[0.1, 0.2, -3e-4]"), is_list("[EMAIL 1]"), is_list("1, 2")
    (True, False, False)
    """
    if text.startswith(MARK):
        return True
    bare = text.strip()
    if len(bare) < 2 or _BRACKETS.get(bare[0]) != bare[-1] or len(bare) > _LONGEST:
        return False
    return set(bare[1:-1][:200]) <= _NUMERIC and numbers_in(bare) is not None


def numbers_in(text: str) -> Numbers | None:
    """Read a cell: numbers in brackets, divided by commas, semicolons or blanks, or what `packed` made; else None.

    Where semicolons divide, a comma is a decimal sign.

    Examples
    --------
    >>> numbers_in("[1, 2.5]"), numbers_in("(1,5; 2)"), numbers_in("[1 nan]")
    (array([1. , 2.5], dtype=float32), array([1.5, 2. ], dtype=float32), None)
    """
    bare = text.strip()
    if bare.startswith(MARK):
        return _unpacked(bare)
    if len(bare) < 2 or _BRACKETS.get(bare[0]) != bare[-1] or len(bare) > _LONGEST:
        return None
    inner = bare[1:-1].strip()
    if ";" in inner:
        inner = inner.replace(",", ".")
    try:
        with np.errstate(over="ignore"):
            found = np.array([float(part) for part in _SPLIT.split(inner)], dtype=np.float32)
    except ValueError:
        return None
    return _fit(found)


def packed(numbers: NDArray[np.floating]) -> str:
    """Write numbers as the text of one cell, in single precision.

    Examples
    --------
    >>> packed(np.array([1.0, 2.5])), numbers_in(packed(np.array([1.0, 2.5])))
    ('f4:AACAPwAAIEA=', array([1. , 2.5], dtype=float32))
    """
    return MARK + base64.b64encode(np.asarray(numbers, dtype="<f4").tobytes()).decode("ascii")


def common_length(lists: Iterable[Sequence[float] | Numbers | None]) -> int:
    """Return the length that most lists have, the longer one of two equally frequent; 0 where there is none."""
    lengths = Counter(len(numbers) for numbers in lists if numbers is not None)
    return max(lengths, key=lambda length: (lengths[length], length)) if lengths else 0


def _unpacked(text: str) -> Numbers | None:
    try:
        data = base64.b64decode(text[len(MARK) :], validate=True)
    except (binascii.Error, ValueError):
        return None
    return _fit(np.frombuffer(data, dtype="<f4").astype(np.float32)) if len(data) % 4 == 0 else None


def _fit(found: Numbers) -> Numbers | None:
    return found if FEWEST <= len(found) <= MOST and np.isfinite(found).all() else None

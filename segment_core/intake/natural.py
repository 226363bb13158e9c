"""Natural order: ids sorted as people sort them, C9 before C10."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.intake.distincts import in_arrow

_LONGEST_RUN = 24
"""Digits in a row that are compared as a number."""


def natural_order(texts: "pd.Index | pd.Series[str] | Sequence[str]") -> NDArray[np.int64]:
    """Return the places of texts in natural order: digits count as numbers; of equal numbers the alphabet decides.

    Examples
    --------
    >>> [["C10", "B", "C9", "C09"][place] for place in natural_order(["C10", "B", "C9", "C09"])]
    ['B', 'C09', 'C9', 'C10']
    """
    import pyarrow.compute as pc

    given = in_arrow(pd.Series(texts, dtype="str"))
    keys = _keys(given)
    if keys is None:
        padded = [(re.sub(r"[0-9]+", lambda run: run.group().zfill(_LONGEST_RUN), text), text) for text in texts]
        return np.array(sorted(range(len(padded)), key=padded.__getitem__), dtype=np.int64)
    order = pc.array_sort_indices(keys)
    placed = keys.take(order)
    if len(placed) > 1 and pc.any(pc.equal(placed[1:], placed[:-1])).as_py():  # "C9" and "C09"
        alphabet = pc.array_sort_indices(given)
        order = alphabet.take(pc.array_sort_indices(keys.take(alphabet)))  # which is stable
    return np.asarray(order.to_numpy(), dtype=np.int64)


def _keys(texts: Any) -> Any:
    """Return bytes that sort as the texts would if each run of digits were padded with zeros; None for long runs.

    A run becomes "0", which stands where the padding would begin, how many digits it has without zeros before them, and
    these digits.
    """
    import pyarrow as pa

    if not len(texts):
        return texts
    _, offsets, data = texts.buffers()
    edges = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    signs = np.frombuffer(data or b"", np.uint8)[edges[0] : edges[-1]]
    edges = edges - edges[0]
    begins, ends = _runs(signs, edges)
    if len(begins) == 0:
        return texts
    if (ends - begins).max() > _LONGEST_RUN:
        return None
    others = np.append(np.flatnonzero(signs != ord("0")), len(signs))
    zeros = np.minimum(others[np.searchsorted(others, begins)], ends) - begins
    dropped = np.concatenate([[0], np.cumsum(zeros)])
    kept = np.ones(len(signs), dtype=bool)
    kept[np.repeat(begins - dropped[:-1], zeros) + np.arange(dropped[-1])] = False
    marks = begins + 2 * np.arange(len(begins)) - dropped[:-1]
    made = np.empty(len(signs) + 2 * len(begins) - int(dropped[-1]), dtype=np.uint8)
    free = np.ones(len(made), dtype=bool)
    free[marks] = free[marks + 1] = False
    made[marks], made[marks + 1], made[free] = ord("0"), ends - begins - zeros, signs[kept]
    before = np.searchsorted(begins, edges)
    moved = edges + 2 * before - dropped[before]
    return pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(texts), [None, pa.py_buffer(moved), pa.py_buffer(made)]
    )


def _runs(signs: NDArray[np.uint8], edges: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where runs of digits begin and end; none reaches from one text into the next."""
    digit = np.concatenate([(signs - np.uint8(ord("0"))) < 10, [False]])
    before = np.concatenate([[False], digit[:-1]])
    new = np.zeros(len(digit), dtype=bool)
    new[edges] = True
    begins = np.flatnonzero(digit & (new | ~before))
    ends = np.flatnonzero(before & (new | ~digit))
    return begins, ends

"""Distincts: each value of a column counted once, and a sample of values or rows that no order of rows can change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

MOST_COMMON = 500
MOST = 1500
"""More distinct values than these are sampled: the most common ones, and as many others as fit."""

_ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xFF51AFD7ED558CCD)


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Distinct values of a column, blanks around them apart, with their rows; empty cells are left out.

    `values` is an arrow array of text; `counts` (n_distinct,) says in how many rows each stands.
    """

    values: Any
    counts: NDArray[np.int64]
    n_rows: int

    @property
    def n_distinct(self) -> int:
        """Count the distinct values."""
        return len(self.counts)

    @property
    def n_filled(self) -> int:
        """Count the rows with a value."""
        return int(self.counts.sum())

    def weights(self) -> dict[str, float]:
        """Return values with the rows they stand for: all of them, or the most common and a sample of the others.

        The sample is drawn by a hash of the values, and its weights add up to the rows of all the others.
        """
        if self.n_distinct <= MOST:
            return dict(zip(self.values.to_pylist(), self.counts.tolist(), strict=True))
        bar = np.partition(self.counts, self.n_distinct - MOST_COMMON)[self.n_distinct - MOST_COMMON]
        common = self.counts > bar  # strictly: of equals none must be preferred
        others = np.flatnonzero(~common)
        drawn = others[_smallest(hashes(self.values)[others], MOST - int(common.sum()))]
        rows = self.counts.astype("float64")
        rows[drawn] *= rows[others].sum() / rows[drawn].sum()
        kept = np.concatenate([np.flatnonzero(common), drawn])
        # Sorted, so that sums over it round alike whatever the order of rows.
        return dict(sorted(zip(self.values.take(kept).to_pylist(), rows[kept].tolist(), strict=True)))


def tally(values: pd.Series) -> Tally:
    """Count the distinct values of a column of text."""
    import pyarrow.compute as pc

    counted = pc.value_counts(pc.utf8_trim_whitespace(in_arrow(values)))
    kept = pc.fill_null(pc.not_equal(counted.field(0), ""), False)
    counted = counted.filter(kept)
    return Tally(counted.field(0), counted.field(1).to_numpy(zero_copy_only=False), len(values))


def distinct_values(values: pd.Series) -> dict[str, int]:
    """Count the rows of each distinct value, blanks around it apart; empty cells are left out."""
    found = tally(values)
    return dict(zip(found.values.to_pylist(), found.counts.tolist(), strict=True))


def in_arrow(values: "pd.Series | pd.Index") -> Any:
    """Return texts as one arrow array; no letter is copied unless they lie in several pieces."""
    import pyarrow as pa

    found = pa.array(values, type=pa.large_string(), from_pandas=True)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def hashes(texts: Any) -> NDArray[np.uint64]:
    """Hash each text of an arrow array by its length and its first, middle and last bytes: quick, and never by place.

    Texts that differ only elsewhere share a hash, which is good enough to draw samples and never to tell texts apart.
    """
    _, offsets, data = texts.buffers()
    width = np.int64 if str(texts.type).startswith("large") else np.int32
    edges = np.frombuffer(offsets, width)[texts.offset : texts.offset + len(texts) + 1].astype("int64")
    raw = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
    padded = np.concatenate([np.zeros(8, np.uint8), raw, np.zeros(8, np.uint8)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, 8)
    start, length = edges[:-1] + 8, np.diff(edges)
    beyond = (8 * (8 - np.clip(length, 1, 8))).astype("uint64")  # bits of the neighbours, for texts under 8 bytes
    head = _word(windows, start) << beyond
    tail = _word(windows, start + length - 8) >> beyond
    middle = _word(windows, start + np.maximum(length - 8, 0) // 2) << beyond
    mixed = length.astype("uint64") * np.uint64(_ODD[0])
    for part, odd in zip((head, tail, middle), _ODD[1:], strict=True):
        mixed = (mixed ^ np.where(length > 0, part, 0)) * np.uint64(odd)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def folded_cells(values: pd.Series) -> NDArray[np.object_]:
    """Return the cells of a column without case and blanks around them; "" where there is nothing."""
    import pyarrow.compute as pc

    plain = pc.fill_null(pc.utf8_lower(pc.utf8_trim_whitespace(in_arrow(values))), "")
    found: NDArray[np.object_] = plain.to_numpy(zero_copy_only=False)
    return found


def probe(frame: pd.DataFrame, by: Sequence[str], n: int) -> pd.DataFrame:
    """Return about `n` rows, drawn by a hash of what they hold in the columns `by`; equal rows come together."""
    if len(frame) <= n or not by:
        return frame
    mixed = np.zeros(len(frame), np.uint64)
    for name in by:
        mixed = (mixed ^ hashes(in_arrow(frame[name]))) * np.uint64(_ODD[0])
        mixed ^= mixed >> np.uint64(31)
    return frame.iloc[np.sort(_smallest(mixed, n))]


def _smallest(hashed: NDArray[np.uint64], n: int) -> NDArray[np.int64]:
    """Return where the `n` smallest hashes are, and all that equal the largest of these."""
    if len(hashed) <= n:
        return np.arange(len(hashed))
    found: NDArray[np.int64] = np.flatnonzero(hashed <= np.partition(hashed, n - 1)[n - 1])
    return found


def _word(windows: NDArray[np.uint8], start: NDArray[np.int64]) -> NDArray[np.uint64]:
    found: NDArray[np.uint64] = np.ascontiguousarray(windows[start]).view("<u8").ravel()
    return found

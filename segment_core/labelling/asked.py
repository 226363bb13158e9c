"""Asked: columns made ready to be asked conditions: values become few codes, and a condition a table of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Customers, Labels, Role
from segment_core.labelling.rules import ANSWERED, NAMED, Mask, folded_cells, operations, wanted_in

MOST_BINS = 32
MOST_LEVELS = 60
FEWEST_OF_A_LEVEL = 3
MOST_WORDS, MOST_ABSENT_WORDS = 14, 4
MOST_TEXTS = 6_000
"""Texts in which words are looked for; which words are worth asking for is clear from fewer than all."""
USED: tuple[Role, ...] = ("number", "money", "count", "date", "yes/no", "category", "place")
TAILS = (0.005, 0.01, 0.02, 0.98, 0.99, 0.995)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A column of n customers as `codes` (n,), each below `size`.

    "ordered": bins of `values` (n,), NaN where missing; "named": `levels`, in which one code more is all rare levels;
    "answered": no and yes; "word": whether a text has the word `levels[0]`. The last code is always a missing value.
    """

    column: str
    kind: Literal["ordered", "named", "answered", "word"]
    codes: Labels
    size: int
    values: NDArray[np.float64] | None = None
    levels: tuple[str, ...] = ()
    day: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A condition as found: the codes that meet it, `table` (size,). Of ordered values it is those from low to high.

    `low` and `high` are included; infinite where there is no limit.
    """

    asked: Asked
    table: Mask
    low: float = -np.inf
    high: float = np.inf

    def met(self) -> Mask:
        """Tell which customers (n,) meet it."""
        values = self.asked.values
        if values is None or self.table[-1] or not self.bounded:
            return np.asarray(self.table[self.asked.codes], dtype=bool)
        return np.asarray((values >= self.low) & (values <= self.high), dtype=bool)

    @property
    def bounded(self) -> bool:
        """Tell whether it asks for a least or a greatest value."""
        return bool(np.isfinite(self.low) or np.isfinite(self.high))


def columns(customers: Customers, leave_out: Sequence[str] = ()) -> list[Asked]:
    """Make every column ready that a plain condition can be asked of: not ids, names, consent or texts."""
    found = []
    for column in customers.columns:
        if column.role not in USED or column.name in leave_out:
            continue
        cells = customers.frame[column.name]
        known = operations(customers, column.name)
        if known == ANSWERED:
            made = _answered(column.name, cells)
        elif known == NAMED:
            made = _named(column.name, cells)
        else:
            made = _ordered(column.name, cells)
        if len(np.unique(made.codes)) > 1:
            found.append(made)
    return found


def words(customers: Customers, group: Mask, leave_out: Sequence[str] = ()) -> list[Asked]:
    """Make the words ready that the texts of a group (n,) hold more often, or less, than those of the others.

    A word stands for what `rules` finds when asked for it: parts of longer words count too.
    """
    from segment_core import wordcounts
    from segment_core.language import words as split

    found = []
    for name in customers.named("text"):
        cells = customers.frame[name].fillna("")
        written = np.flatnonzero((cells.str.strip() != "").to_numpy(dtype=bool))
        if name in leave_out or not len(written):
            continue
        some = written[np.linspace(0, len(written) - 1, min(len(written), MOST_TEXTS)).astype(np.int64)]
        fewest = max(3, len(some) // 500)
        counted = wordcounts.count([split(text) for text in cells.iloc[some]], fewest=fewest, once=True)
        if counted is None:
            continue
        inside = group[some]
        own = np.asarray(counted.matrix[inside].sum(axis=0), dtype=np.float64).ravel() / max(1, inside.sum())
        rest = np.asarray(counted.matrix[~inside].sum(axis=0), dtype=np.float64).ravel() / max(1, (~inside).sum())
        order = np.argsort(rest - own, kind="stable")
        chosen = [at for at in order[:MOST_WORDS] if own[at] > rest[at]]
        chosen += [at for at in order[::-1][:MOST_ABSENT_WORDS] if own[at] < rest[at]]
        folded = folded_cells(cells)
        missing = (cells.str.strip() == "").to_numpy(dtype=bool)
        for word in dict.fromkeys(str(counted.terms[at]) for at in chosen):
            wanted = wanted_in(word)
            has = np.array([all(part in text for part in wanted) for text in folded], dtype=np.int64)
            found.append(Asked(name, "word", np.where(missing, 2, has), 3, levels=(word,)))
    return found


def only(found: Asked, rows: Labels) -> Asked:
    """Return a column of some rows."""
    values = None if found.values is None else found.values[rows]
    return Asked(found.column, found.kind, found.codes[rows], found.size, values, found.levels, found.day)


def _answered(name: str, cells: "pd.Series[float]") -> Asked:
    values = cells.to_numpy(dtype=np.float64)
    codes = np.where(np.isnan(values), 2, np.where(values == 1.0, 1, 0))
    return Asked(name, "answered", codes.astype(np.int64), 3)


def _named(name: str, cells: "pd.Series[str]") -> Asked:
    counts = cells.value_counts()
    counts = counts[counts >= FEWEST_OF_A_LEVEL]
    levels = sorted(counts.index, key=lambda level: (-int(counts[level]), str(level)))[:MOST_LEVELS]
    place = {level: number for number, level in enumerate(levels)}
    codes = cells.map(place).fillna(len(levels)).to_numpy(dtype=np.int64)
    codes = np.where(cells.isna().to_numpy(dtype=bool), len(levels) + 1, codes)
    return Asked(name, "named", codes, len(levels) + 2, levels=tuple(map(str, levels)))


def _ordered(name: str, cells: "pd.Series[float]") -> Asked:
    day = bool(pd.api.types.is_datetime64_any_dtype(cells))
    if day:
        days = cells.to_numpy(dtype="datetime64[D]")
        values = np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(np.float64))
    else:
        values = cells.to_numpy(dtype=np.float64)
    distinct = np.unique(values[~np.isnan(values)])
    if len(distinct) > MOST_BINS:
        shares = np.unique([*np.linspace(0, 1, MOST_BINS + 1)[:-1], *TAILS])
        known = values[~np.isnan(values)]
        distinct = np.unique(np.quantile(known, shares, method="lower"))
    codes = np.searchsorted(distinct, values, side="right") - 1
    codes = np.where(np.isnan(values), len(distinct), np.maximum(codes, 0))
    return Asked(name, "ordered", codes.astype(np.int64), len(distinct) + 1, values, day=day)

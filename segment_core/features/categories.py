"""Categories: one column a level, so that no level is nearer to another; yes/no and places go the same way."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Block, Customers, Note, Role
from segment_core.messages import say

MOST_LEVELS = 20
LEAST_VARIANCE = 0.32
"""Total variance of a yes/no column with one yes in five."""
OTHER = "…"
"""Stands for all rare levels of a column together."""


def extract(customers: Customers, columns: tuple[str, ...]) -> Block:
    """Turn each level into a 0/1 column, centred, and scale each customer column to a total variance of 1.

    A column in which nearly all agree stays below that: otherwise the one customer in a hundred who
    differs would be farther away than anybody in any other column.

    A column of many levels keeps its most frequent ones; the rest become one. A missing value is
    at the centre of its column: it says nothing.
    """
    made: list[NDArray[np.float64]] = []
    names: list[str] = []
    sources: list[str] = []
    notes: list[Note] = []
    for column in columns:
        values = levels_of(customers.frame[column], customers.column(column).role)
        kept, n_rare = frequent(values.dropna())
        if n_rare:
            notes.append(
                Note("rare-levels", say("{column}: {n} rare values taken together.", column=column, n=n_rare), n_rare)
            )
        if len(kept) < 2:
            continue
        held, known = flags_of(values, kept, rare=bool(n_rare))
        shares = held[known].mean(axis=0)
        made.append(centred(held, known, shares) / factor_of(held, known, shares))
        names.extend(f"{column} = {level}" for level in kept)
        sources.extend([column] * len(kept))
    matrix = np.column_stack(made) if made else np.zeros((len(customers), 0))
    kept_columns = tuple(dict.fromkeys(sources))
    return Block("categories", matrix.astype(np.float32), tuple(names), tuple(sources), kept_columns, tuple(notes))


def levels_of(values: "pd.Series[Any]", role: Role) -> "pd.Series[Any]":
    """Return a column's cells as levels, None where there is none; yes/no becomes words."""
    if role == "yes/no":
        values = values.map({1.0: "yes", 0.0: "no"})
    return values.astype(object)


def frequent(levels: "pd.Series[str]") -> tuple[list[str], int]:
    """Return the levels to keep, the most frequent first, one for all others last; and how many others there are."""
    counts = levels.value_counts()
    ordered = sorted(counts.index, key=lambda level: (-int(counts[level]), str(level)))
    n_rare = max(0, len(ordered) - MOST_LEVELS)
    return [*ordered[:MOST_LEVELS], *([OTHER] if n_rare else [])], n_rare


def flags_of(
    values: "pd.Series[Any]", kept: Sequence[str], *, rare: bool
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return which level each customer has (n, l), and whose is known; with `rare` the last one is all others."""
    known = values.notna().to_numpy()
    own = kept[:-1] if rare else kept
    found = [(values == level).to_numpy(dtype=np.float64) for level in own]
    if rare:
        found.append((known & ~values.isin(own).to_numpy()).astype(np.float64))
    flags: NDArray[np.float64] = np.column_stack(found)
    return flags, known & (flags.sum(axis=1) > 0)


def centred(flags: NDArray[np.float64], known: NDArray[np.bool_], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put flags around 0; who has no level stands there."""
    found = flags - shares
    found[~known] = 0.0
    return found


def factor_of(flags: NDArray[np.float64], known: NDArray[np.bool_], shares: NDArray[np.float64]) -> float:
    """Return what a column's flags are divided by."""
    variance = float((centred(flags, known, shares) ** 2).sum(axis=1).mean())
    return float(max(variance, LEAST_VARIANCE) ** 0.5)

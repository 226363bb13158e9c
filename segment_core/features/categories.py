"""Categories: one column a level, so that no level is nearer to another; yes/no and places go the same way."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Block, Customers, Note
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
        if customers.column(column).role == "yes/no":
            levels = customers.frame[column].map({1.0: "yes", 0.0: "no"}).astype(object)
        else:
            levels = customers.frame[column].astype(object)
        kept, n_rare = _frequent(levels.dropna())
        if n_rare:
            notes.append(
                Note("rare-levels", say("{column}: {n} rare values taken together.", column=column, n=n_rare), n_rare)
            )
            levels = levels.where(levels.isna() | levels.isin(kept), OTHER)
            kept = [*kept, OTHER]
        if len(kept) < 2:
            continue
        known = levels.notna().to_numpy()
        held = np.column_stack([(levels == level).to_numpy(dtype=np.float64) for level in kept])
        flags = held - held[known].mean(axis=0)
        flags[~known] = 0.0
        variance = float((flags**2).sum(axis=1).mean())
        made.append(flags / max(variance, LEAST_VARIANCE) ** 0.5)
        names.extend(f"{column} = {level}" for level in kept)
        sources.extend([column] * len(kept))
    matrix = np.column_stack(made) if made else np.zeros((len(customers), 0))
    kept_columns = tuple(dict.fromkeys(sources))
    return Block("categories", matrix.astype(np.float32), tuple(names), tuple(sources), kept_columns, tuple(notes))


def _frequent(levels: "pd.Series[str]") -> tuple[list[str], int]:
    counts = levels.value_counts()
    ordered = sorted(counts.index, key=lambda level: (-int(counts[level]), str(level)))
    return ordered[:MOST_LEVELS], max(0, len(ordered) - MOST_LEVELS)

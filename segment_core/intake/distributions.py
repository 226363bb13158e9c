"""Distributions: how the values of each column are spread, as a few counts for a small chart."""

import numpy as np
import pandas as pd

from segment_core.artifacts import Column, Customers

BARS = 12


def distributions(customers: Customers) -> list[list[int]]:
    r"""Count customers for each column: numbers and dates from small to large, else the most common values.

    What has no groups (ids, names, texts, codes) has no bars. Of numbers the outermost hundredth is drawn into the
    first and last bar.

    Examples
    --------
    >>> from segment_core.intake import gather, read
    >>> distributions(gather(read(b"id,plan\na,x\nb,y\nc,x\nd,x\n", "a.csv")))
    [[], [3, 1]]
    """
    return [_bars(customers.frame[column.name], column) for column in customers.columns]


def _bars(cells: pd.Series, column: Column) -> list[int]:
    if column.role in ("number", "money", "count", "date"):
        values = cells.dropna()
        return _histogram(values.astype("int64" if column.role == "date" else "float64").to_numpy(dtype=np.float64))
    if column.role in ("category", "yes/no", "place", "consent", "suppression"):
        return [int(n) for n in cells.value_counts().head(BARS)]
    return []


def _histogram(values: np.ndarray) -> list[int]:
    if not len(values):
        return []
    low, high = np.quantile(values, [0.01, 0.99], method="nearest")
    bars = min(BARS, len(np.unique(values)))
    return [int(count) for count in np.histogram(np.clip(values, low, high), bins=bars)[0]]

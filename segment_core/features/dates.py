"""Dates: how long ago, on one scale."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Block, Customers
from segment_core.features.numbers import tame

DAY = np.timedelta64(1, "D")


def extract(customers: Customers, columns: tuple[str, ...]) -> Block:
    """Turn each date into days since 1970 on a scale of mean 0 and variance 1, tails tamed as for numbers."""
    made, names, notes = [], [], []
    for column in columns:
        scaled, found = tame(days_of(customers.frame[column]), column)
        notes.extend(found)
        if scaled is not None:
            made.append(scaled)
            names.append(column)
    matrix = np.column_stack(made) if made else np.zeros((len(customers), 0))
    return Block("dates", matrix.astype(np.float32), tuple(names), tuple(names), tuple(names), tuple(notes))


def days_of(dates: "pd.Series[pd.Timestamp]") -> NDArray[np.float64]:
    """Return days since 1970, NaN where there is no date."""
    found = dates.to_numpy(dtype="datetime64[s]")
    return np.where(np.isnat(found), np.nan, (found - np.datetime64("1970-01-01")) / DAY)

"""Changing: customers with some left out or some cells replaced; what is given stays as it is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Column, Customers

Flags = NDArray[np.bool_]


def without(customers: Customers, gone: Flags) -> Customers:
    """Leave customers out, with everything they said."""
    frame = customers.frame[~gone]
    said = customers.said
    if said is not None:
        said = said[said["customer"].isin(frame.index)].reset_index(drop=True)
    return replace(customers, frame=frame, said=said)


def with_cells(customers: Customers, cells: Mapping[str, "pd.Series[Any]"]) -> Customers:
    """Replace whole columns of cells by name."""
    return replace(customers, frame=customers.frame.assign(**cells))


def with_columns(customers: Customers, columns: Mapping[str, Column]) -> Customers:
    """Replace what columns are, by name."""
    return replace(customers, columns=tuple(columns.get(column.name, column) for column in customers.columns))


def ids_of(customers: Customers, flags: Flags, n: int) -> tuple[str, ...]:
    """Return the ids of the first few flagged customers."""
    return tuple(str(found) for found in customers.frame.index[flags][:n])

"""Facts: every column that can be compared, prepared once so that any groups of customers are compared quickly."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Column, Customers

Codes = NDArray[np.int32]
Counts = NDArray[np.int64]
NUMBERS = ("number", "money", "count")
CATEGORIES = ("category", "place")
MOST_LEVELS = 30


@dataclass(frozen=True, eq=False)
class Ranked:
    """A number or date column: its distinct values in order (m,), and the place of each customer's (n,), -1 for none.

    `unit` is "days" for dates, which count from 1970, else "".
    """

    column: str
    codes: Codes
    levels: NDArray[np.float64]
    unit: Literal["", "days"] = ""

    @cached_property
    def counts(self) -> Counts:
        """Count the customers of each value."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.levels))

    @cached_property
    def below(self) -> Counts:
        """Count the customers below each value."""
        return np.cumsum(self.counts) - self.counts

    @cached_property
    def ties(self) -> float:
        """Return the sum of t³ - t over values that t customers share."""
        return tied(self.counts)

    @cached_property
    def standings(self) -> NDArray[np.float64]:
        """Return the percentile of each value among all who have one; ties share the middle of their places."""
        return np.asarray(100 * (self.below + self.counts / 2) / max(1, self.counts.sum()))


@dataclass(frozen=True, eq=False)
class Levels:
    """A category or yes/no column: its levels, most frequent first, and the place of each customer's (n,), -1 for none.

    Codes from `len(levels)` on stand for all rarer levels together. Of a yes/no column the levels are "yes" and "no",
    and only the first is a fact of its own.
    """

    column: str
    codes: Codes
    levels: tuple[str, ...]
    is_yes: bool = False

    @cached_property
    def counts(self) -> Counts:
        """Count the customers of each level, the rarer ones together in one last place."""
        return self.count(np.arange(len(self.codes)))

    def count(self, rows: NDArray[np.int64]) -> Counts:
        """Count the customers in these rows by level, the rarer levels together in one last place."""
        return np.bincount(self.codes[rows] + 1, minlength=len(self.levels) + 2)[1:]

    @property
    def labels(self) -> tuple[str, ...]:
        """Name each level that is a fact of its own."""
        return (self.column,) if self.is_yes else tuple(f"{self.column} = {level}" for level in self.levels)


Fact = Ranked | Levels


def facts(customers: Customers) -> list[Fact]:
    """Prepare every column that can be compared."""
    made = [_fact(column, customers.frame[column.name]) for column in customers.columns]
    return [fact for fact in made if fact is not None]


def tied(counts: Counts) -> float:
    """Return the sum of t³ - t over values that t customers share."""
    found = counts.astype(np.float64)
    return float((found**3 - found).sum())


def _fact(column: Column, values: "pd.Series[Any]") -> Fact | None:
    if column.role in NUMBERS:
        return _ranked(column.name, values.to_numpy(dtype=np.float64))
    if column.role == "date":
        return _ranked(column.name, _days(values), "days")
    if column.role == "yes/no":
        numbers = values.to_numpy(dtype=np.float64)
        codes = np.where(numbers == 1.0, 0, np.where(np.isfinite(numbers), 1, -1))
        return Levels(column.name, codes.astype(np.int32), ("yes", "no"), is_yes=True)
    return _levels(column.name, values) if column.role in CATEGORIES else None


def _ranked(column: str, values: NDArray[np.float64], unit: Literal["", "days"] = "") -> Ranked:
    known = np.isfinite(values)
    codes = np.full(len(values), -1, dtype=np.int32)
    levels, codes[known] = np.unique(values[known], return_inverse=True)
    return Ranked(column, codes, levels, unit)


def _days(values: "pd.Series[Any]") -> NDArray[np.float64]:
    dates = values.to_numpy(dtype="datetime64[s]")
    days = np.asarray((dates - np.datetime64("1970-01-01")) / np.timedelta64(1, "D"), dtype=np.float64)
    days[np.isnat(dates)] = np.nan
    return days


def _levels(column: str, values: "pd.Series[Any]") -> Levels:
    codes, found = pd.factorize(values, use_na_sentinel=True)
    counts = np.bincount(codes[codes >= 0], minlength=len(found))
    order = sorted(range(len(found)), key=lambda place: (-int(counts[place]), str(found[place])))
    places = np.empty(len(found) + 1, dtype=np.int32)
    places[order] = np.minimum(np.arange(len(found)), MOST_LEVELS)
    places[-1] = -1
    return Levels(column, places[codes], tuple(str(found[place]) for place in order[:MOST_LEVELS]))

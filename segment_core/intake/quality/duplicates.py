"""Duplicates: customers who are the same in everything but their id."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Customers
from segment_core.intake.quality.changing import Flags, ids_of, without
from segment_core.intake.quality.findings import N_CUSTOMERS, Finding, severity, shorten
from segment_core.intake.quality.missing import filled
from segment_core.intake.quality.remedies import Remedy
from segment_core.messages import say

LEAST_FILLED = 3
CHANCE = 0.1
"""Where this share of the pairs would be alike by chance, being alike proves nothing."""


def duplicates(customers: Customers) -> Iterator[Finding]:
    """Find customers who are the same in everything but their id."""
    copies, kept = twins(customers)
    n = int(copies.sum())
    if n:
        index = customers.frame.index
        yield Finding(
            "duplicates",
            severity(0.9, n / len(customers)),
            say(
                "Customers who are the same as another in everything but the id: {n}. Counted twice, they draw "
                "segments together that are none.",
                n=n,
            ),
            n,
            examples=shorten(f"{index[row]} = {index[kept[row]]}" for row in np.flatnonzero(copies)[:N_CUSTOMERS]),
            customers=ids_of(customers, copies, N_CUSTOMERS),
            remedy=Remedy("keep-one-of-duplicates"),
            label=say("Keep one of each"),
            effect=say("Leaves out {n} customers.", n=n),
        )


def keep_one_of_duplicates(customers: Customers, names: tuple[str, ...]) -> tuple[Customers, int]:
    """Leave out all but the first of customers who are the same, in the customers' own order."""
    copies, _ = twins(customers)
    return without(customers, copies), int(copies.sum())


def twins(customers: Customers) -> tuple[Flags, NDArray[np.int64]]:
    """Return which customers are copies, and the position of the one that each is a copy of."""
    names = [column.name for column in customers.columns if column.role != "id"]
    rows = np.arange(len(customers))
    if len(customers) < 2 or not names:
        return np.zeros(len(customers), dtype=bool), rows
    frame = customers.frame[names]
    rich = (filled(customers).sum(axis=1) >= LEAST_FILLED).to_numpy(dtype=bool)
    hashes = pd.Series(pd.util.hash_pandas_object(frame, index=False).to_numpy())
    firsts = pd.Series(rows).groupby(hashes).transform("first").to_numpy(dtype=np.int64)
    copies = np.asarray((firsts != rows) & rich)
    pairs = _pairs(hashes[rich])
    if copies.any() and _chance(frame) * _n_pairs(len(customers)) > CHANCE * pairs:
        copies = np.zeros(len(customers), dtype=bool)
    return copies, firsts


def _pairs(values: "pd.Series[int]") -> float:
    return float(sum(_n_pairs(int(n)) for n in values.value_counts() if n > 1))


def _n_pairs(n: int) -> float:
    return n * (n - 1) / 2


def _chance(frame: pd.DataFrame) -> float:
    """Return the probability that two customers are alike by chance, taking columns as independent."""
    found = 1.0
    for name in frame.columns:
        shares = frame[name].value_counts(normalize=True, dropna=False).to_numpy()
        found *= float((shares**2).sum())
    return found

"""Likeness: in which columns a customer is like a group and unlike the others, in plain shares."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import LEARNED_BLOCKS, Customers, Features, Labels
from segment_core.profiles.proxies import AMOUNTS, amounts_of, levels_of

MOST = 3
NEAR = 0.25
"""About which share of the seeds counts as near, around an amount."""
_STEPS = 200
LEAST = 1.25
"""How many times as frequent among the seeds as among the others before it is a reason."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One column in which a customer is like the seeds: so many of these are alike there, and so many others.

    `name` is a column, or a block such as "text", which has no `value` to show. Amounts are alike between `low` and
    `high`, around the customer's own (dates in days since 1970); NaN for levels and blocks.
    """

    name: str
    value: str
    seeds: float
    others: float
    low: float
    high: float


def likeness(
    customers: Customers, features: Features, seeds: NDArray[np.bool_], rows: NDArray[np.int64]
) -> tuple[tuple[Reason, ...], ...]:
    """Say for each of `rows` in which two or three columns it is most like the seeds (n,) and unlike the others.

    Columns are those that the segments are built from. An amount is alike where it is as near as the nearest quarter of
    the seeds; blocks such as texts by how far they point from the others to the seeds. A column speaks by the ratio of
    its share among the seeds to that among the others, each column by itself; shares are smoothed by one customer.
    """
    found: list[list[tuple[float, Reason]]] = [[] for _ in rows]
    used = [block for block in features.blocks if block.name not in LEARNED_BLOCKS]
    names = {column for block in used for column in block.columns}
    for column in customers.columns:
        if column.name not in names:
            continue
        cells = customers.frame[column.name]
        told = _near(amounts_of(cells), seeds, rows) if column.role in AMOUNTS else _same(levels_of(cells), seeds, rows)
        for place, own, others, low, high in told:
            reason = Reason(column.name, str(cells.iloc[rows[place]]), own, others, low, high)
            found[place].append((own / others, reason))
    for block in features.blocks:
        if block.name in LEARNED_BLOCKS:
            values = features.matrix[:, block.start : block.stop].astype(np.float64)
            towards = values @ (values[seeds].mean(axis=0) - values[~seeds].mean(axis=0))
            for place, own, others, _, _ in _near(towards, seeds, rows):
                found[place].append((own / others, Reason(block.name, "", own, others, np.nan, np.nan)))
    return tuple(
        tuple(reason for _, reason in sorted(each, key=lambda pair: (-pair[0], pair[1].name))[:MOST]) for each in found
    )


def _same(
    codes: Labels, seeds: NDArray[np.bool_], rows: NDArray[np.int64]
) -> Iterator[tuple[int, float, float, float, float]]:
    """Yield the places in `rows` whose level speaks for likeness, with its share of the seeds and of the others."""
    n_levels = int(codes.max(initial=-1)) + 1
    if n_levels < 2:
        return
    own, others = (
        np.bincount(codes[group], minlength=n_levels).astype(np.float64)
        for group in (seeds & (codes >= 0), ~seeds & (codes >= 0))
    )
    for place, row in enumerate(rows):
        level = codes[row]
        if level >= 0:
            shares = _smooth(own[level], own.sum()), _smooth(others[level], others.sum())
            if shares[0] >= LEAST * shares[1]:
                yield place, *shares, float("nan"), float("nan")


def _near(
    amounts: NDArray[np.float64], seeds: NDArray[np.bool_], rows: NDArray[np.int64]
) -> Iterator[tuple[int, float, float, float, float]]:
    """Yield the places in `rows` whose amount speaks for likeness, with both shares and the ends of what is near."""
    known = np.isfinite(amounts)
    own, others = np.sort(amounts[seeds & known]), np.sort(amounts[~seeds & known])
    if not len(own) or not len(others):
        return
    steps = np.quantile(own, np.linspace(0, 1, _STEPS + 1))
    for place, row in enumerate(rows):
        amount = amounts[row]
        if not np.isfinite(amount):
            continue
        reach = float(np.partition(np.abs(steps - amount), round(NEAR * _STEPS))[round(NEAR * _STEPS)])
        ends = amount - reach, amount + reach
        n_own, n_others = (
            int(np.searchsorted(values, ends[1], side="right") - np.searchsorted(values, ends[0], side="left"))
            for values in (own, others)
        )
        shares = _smooth(n_own, len(own)), _smooth(n_others, len(others))
        if shares[0] >= LEAST * shares[1]:
            yield place, *shares, max(ends[0], min(own[0], amount)), min(ends[1], max(own[-1], amount))


def _smooth(count: float, total: float) -> float:
    return float((count + 0.5) / (total + 1.0))

"""Likeness: in which columns a customer is like a group and unlike the others, in plain shares."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import LEARNED_BLOCKS, Customers, Features, Labels
from segment_core.profiles.leaks import banded
from segment_core.profiles.proxies import AMOUNTS, amounts_of, levels_of

MOST = 3
LEAST = 1.25
"""How many times as frequent among the seeds as among the others before it is a reason."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One column in which a customer is like the seeds: so many of these are alike there, and so many others.

    `name` is a column, or a block such as "text", which has no `value` to show. `low` and `high` are the ends of the
    band that an amount lies in (dates in days since 1970); NaN for levels.
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

    Columns are those that the segments are built from. Amounts are compared in eight bands, and blocks such as texts
    by how far they point from the others to the seeds. A column speaks by the ratio of its share among the seeds to
    that among the others, each column by itself; shares are smoothed by one customer.
    """
    found: list[list[tuple[float, Reason]]] = [[] for _ in rows]
    used = [block for block in features.blocks if block.name not in LEARNED_BLOCKS]
    names = dict.fromkeys(column for block in used for column in block.columns)
    for column in customers.columns:
        if column.name not in names:
            continue
        cells = customers.frame[column.name]
        amounts = amounts_of(cells) if column.role in AMOUNTS else None
        codes = levels_of(cells) if amounts is None else banded(amounts)
        ends = None if amounts is None else _ends(amounts, codes)
        for place, level, shares in _told(codes, seeds, rows):
            low, high = (float("nan"),) * 2 if ends is None else ends[level]
            reason = Reason(column.name, str(cells.iloc[rows[place]]), *shares, low, high)
            found[place].append((shares[0] / shares[1], reason))
    for block in features.blocks:
        if block.name in LEARNED_BLOCKS:
            values = features.matrix[:, block.start : block.stop].astype(np.float64)
            towards = values @ (values[seeds].mean(axis=0) - values[~seeds].mean(axis=0))
            for place, _, shares in _told(banded(towards), seeds, rows):
                reason = Reason(block.name, "", *shares, float("nan"), float("nan"))
                found[place].append((shares[0] / shares[1], reason))
    return tuple(
        tuple(reason for _, reason in sorted(each, key=lambda pair: (-pair[0], pair[1].name))[:MOST]) for each in found
    )


def _told(
    codes: Labels, seeds: NDArray[np.bool_], rows: NDArray[np.int64]
) -> Iterator[tuple[int, int, tuple[float, float]]]:
    """Yield the places in `rows` where a column speaks for likeness: its level, its share of seeds and of others."""
    n_levels = int(codes.max(initial=-1)) + 1
    if n_levels < 2:
        return
    shares = []
    for group in (seeds & (codes >= 0), ~seeds & (codes >= 0)):
        counts = np.bincount(codes[group], minlength=n_levels).astype(np.float64)
        shares.append((counts + 1.0 / n_levels) / (counts.sum() + 1.0))
    for place, row in enumerate(rows):
        level = int(codes[row])
        if level >= 0 and shares[0][level] >= LEAST * shares[1][level]:
            yield place, level, (float(shares[0][level]), float(shares[1][level]))


def _ends(amounts: NDArray[np.float64], codes: Labels) -> list[tuple[float, float]]:
    """Return the smallest and the largest amount of each band."""
    bands = (amounts[codes == level] for level in range(int(codes.max(initial=-1)) + 1))
    return [(float(own.min()), float(own.max())) for own in bands]

"""Distributions: how the values of each column are spread, as a few counts for a small chart."""

from collections.abc import Mapping, Sequence

import numpy as np

from segment_core.artifacts import Column, Table
from segment_core.intake.dates import dates_of
from segment_core.intake.distincts import tally
from segment_core.intake.values import numbers_of

BARS = 12


def distributions(table: Table, columns: Sequence[Column]) -> list[list[int]]:
    r"""Count rows for each column: numbers and dates from small to large, else the most common values.

    What has no groups (ids, names, texts, codes) has no bars. Of numbers the outermost hundredth is drawn into the
    first and last bar.

    Examples
    --------
    >>> from segment_core.intake import read, suggest
    >>> table = read(b"id,plan\na,x\nb,y\nc,x\nd,x\n", "a.csv")
    >>> distributions(table, suggest(table))
    [[], [3, 1]]
    """
    return [_bars(table, column) for column in columns]


def _bars(table: Table, column: Column) -> list[int]:
    if column.role in ("number", "money", "count", "date"):
        weights = tally(table.frame[column.name]).weights()
        return _histogram(_positions(weights, column.role, table.dialect.decimal), weights)
    if column.role in ("category", "yes/no", "place", "consent", "suppression"):
        return sorted(tally(table.frame[column.name]).counts.tolist(), reverse=True)[:BARS]
    return []


def _positions(texts: Mapping[str, float], role: str, decimal: str) -> dict[str, float]:
    if role == "date":
        moments = dates_of(texts, compact=True)
        return {text: float(moment.toordinal()) for text, moment in moments.items() if moment}
    return {text: number for text, number in numbers_of(texts, decimal).items() if number is not None}


def _histogram(positions: Mapping[str, float], weights: Mapping[str, float]) -> list[int]:
    if not positions:
        return []
    places = np.array(list(positions.values()))
    rows = np.array([weights[text] for text in positions])
    order = np.argsort(places, kind="stable")
    reached = np.cumsum(rows[order]) / rows.sum()
    low, high = places[order][np.searchsorted(reached, [0.01, 0.99])]
    bars = min(BARS, len(positions))
    counts, _ = np.histogram(np.clip(places, low, high), bins=bars, weights=rows)
    return [round(float(count)) for count in counts]

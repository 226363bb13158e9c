"""Table: one row of an answer."""

from dataclasses import dataclass

FEWEST = 5
"""Customers below which a row is shown but never compared."""


@dataclass(frozen=True, slots=True)
class Row:
    """A group's value, None where nothing is known: `n` customers behind it (`ids`), of `base` whose value is known."""

    name: str
    value: float | None
    n: int
    base: int
    low: float | None = None
    high: float | None = None
    ids: tuple[str, ...] = ()

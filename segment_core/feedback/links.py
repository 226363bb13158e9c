"""Links: customers who are to be together or apart, and whether they are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Edit, Labels
from segment_core.feedback.entries import counting


@dataclass(frozen=True, slots=True)
class Violation:
    """A link that segments do not heed: the edit, its place in the ledger, and the customers by their label."""

    place: int
    edit: Edit
    customers: tuple[tuple[int, tuple[str, ...]], ...]


def violated(edits: Sequence[Edit], index: pd.Index, labels: Labels) -> tuple[Violation, ...]:
    """Return every link that counts and is not heeded by these labels (n,), in the order in which they were said.

    Customers are together when all share a label, and apart when no two do; those who are gone are left out.
    """
    found = []
    for place, edit in counting(edits):
        if edit.what not in ("together", "apart"):
            continue
        rows = rows_of(edit, index)
        own = labels[rows]
        numbers, counts = np.unique(own, return_counts=True)
        torn = edit.what == "together" and len(numbers) > 1
        wrong = numbers[(counts > 1) | torn] if torn or edit.what == "apart" else numbers[:0]
        if len(wrong):
            ids = index[rows].astype(str)
            by_label = tuple((int(number), tuple(ids[own == number].tolist())) for number in wrong)
            found.append(Violation(place, edit, by_label))
    return tuple(found)


def rows_of(edit: Edit, index: pd.Index) -> NDArray[np.int64]:
    """Return the rows of an edit's customers who are there, in the order of the ids."""
    ids = sorted(set(edit.customers))
    places = index.get_indexer(pd.Index(ids, dtype=index.dtype)) if ids else np.empty(0, dtype=np.int64)
    return np.asarray(places[places >= 0], dtype=np.int64)


class Bonds:
    """Which rows are bound together or kept apart by the links so far; each row is in one bundle, most alone."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}
        self._rivals: list[tuple[int, int]] = []

    def bind(self, rows: Sequence[int]) -> None:
        """Bind rows together; who is bound to one is bound to all."""
        for row in rows[1:]:
            one, other = self._top(rows[0]), self._top(row)
            if one != other:
                self._above[max(one, other)] = min(one, other)

    def part(self, one: int, other: int) -> None:
        """Keep two rows apart."""
        self._rivals.append((one, other))

    def bundle(self, row: int) -> list[int]:
        """Return all rows that are bound to a row, itself among them, in order."""
        top = self._top(row)
        return sorted({row, *(other for other in self._known() if self._top(other) == top)})

    def rivals(self, rows: Sequence[int]) -> list[int]:
        """Return the rows that are to be apart from any of these."""
        own = {self._top(row) for row in rows}
        found = set()
        for one, other in self._rivals:
            if self._top(one) in own and self._top(other) not in own:
                found.add(other)
            if self._top(other) in own and self._top(one) not in own:
                found.add(one)
        return sorted(row for rival in found for row in self.bundle(rival))

    def _known(self) -> set[int]:
        return {*self._above, *self._above.values()}

    def _top(self, row: int) -> int:
        while row in self._above:
            row = self._above[row]
        return row

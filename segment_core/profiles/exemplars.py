"""Exemplars: customers who stand for a segment, customers on its border, and what they wrote."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Customers, Features
from segment_core.language import words

N_SHOWN = 12
LONGEST = 240
SHORTEST = 20
ALIKE = 0.6


def nearest_rows(features: Features, clustering: Clustering, number: int) -> NDArray[np.int64]:
    """Return the segment's rows, nearest to its centre first."""
    rows = np.flatnonzero(clustering.labels == number)
    matrix = features.matrix[rows].astype(np.float64)
    distances = ((matrix - matrix.mean(axis=0)) ** 2).sum(axis=1)
    return rows[np.argsort(distances, kind="stable")]


def border_rows(clustering: Clustering, number: int) -> NDArray[np.int64]:
    """Return the segment's rows, least clearly a member first, outliers left out."""
    rows = np.flatnonzero((clustering.labels == number) & (clustering.bands != "outlier"))
    return rows[np.argsort(clustering.strengths[rows], kind="stable")]


@dataclass(frozen=True, slots=True)
class Saying:
    """One text of a customer: the customer's place, the text as it can be quoted, and where it stands."""

    customer: int
    text: str
    column: str = ""
    table: str = ""
    row: int | None = None


def sayings(customers: Customers, texts: Sequence[str]) -> Callable[[int], list[Saying]]:
    """Return a function that lists what the customer in a place wrote, text by text.

    `texts` (n_customers,) is all that each wrote as one; it is quoted where single texts are not known.
    """
    said = customers.said
    if said is None:
        return lambda place: [Saying(place, cut(texts[place]))]
    found = said.groupby("customer", sort=False).indices
    text, column, table, row = (said[name].to_numpy() for name in ("text", "column", "table", "row"))
    ids = customers.frame.index.astype(str)

    def of(place: int) -> list[Saying]:
        at = sorted(found.get(ids[place], ()), key=lambda one: (column[one], text[one], row[one]))
        return [Saying(place, cut(text[one]), str(column[one]), str(table[one]), int(row[one])) for one in at]

    return of


def quotes(
    said: Callable[[int], Sequence[Saying]], rows: NDArray[np.int64], n: int, avoid: Sequence[str] = ()
) -> list[Saying]:
    """Pick up to `n` texts of different customers in these rows, in their order, that say different things."""
    picked: list[Saying] = []
    seen = [set(words(text)) for text in avoid]
    for row in rows:
        for saying in said(int(row)):
            found = set(words(saying.text))
            told = len(saying.text) >= SHORTEST or (saying.text and len(found) >= 3)
            if told and not any(len(found & other) > ALIKE * max(1, min(len(found), len(other))) for other in seen):
                picked.append(saying)
                seen.append(found)
                break
        if len(picked) == n:
            break
    return picked


def cut(text: str) -> str:
    """Shorten a text to what can be quoted: one line, at most 240 characters, cut at a word.

    Examples
    --------
    >>> cut("Fine.  All good.")
    'Fine. All good.'
    """
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    shortened = line[: LONGEST - 1]
    at = shortened.rfind(" ")
    return (shortened[:at] if at > LONGEST // 2 else shortened).rstrip(" ,;:") + "…"

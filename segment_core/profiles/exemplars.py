"""Exemplars: customers who stand for a segment, customers on its border, and what they wrote."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features
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


def quotes(texts: Sequence[str], rows: NDArray[np.int64], n: int, avoid: Sequence[str] = ()) -> list[tuple[int, str]]:
    """Pick up to `n` texts from these rows, in their order, that say different things; long ones are cut at a word."""
    picked: list[tuple[int, str]] = []
    seen = [set(words(text)) for text in avoid]
    for row in rows:
        text = cut(texts[row])
        if len(text) < SHORTEST and not (text and len(words(text)) >= 3):
            continue
        found = set(words(text))
        if any(len(found & other) > ALIKE * max(1, min(len(found), len(other))) for other in seen):
            continue
        picked.append((int(row), text))
        seen.append(found)
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

"""Odd: the customers who fit their segment least, and what makes each of them so."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import LEARNED_BLOCKS, Clustering, Features

N_SHOWN, N_REASONS = 12, 2
LEAST_PART = 0.1


@dataclass(frozen=True, slots=True)
class Odd:
    """A customer far from the middle of the own segment: the row, how far, and the sources that take most part in it.

    `distance` is in robust standard deviations of the segment's distances (see `Clustering.oddness`). `sources` names
    columns, most telling first, and `parts` says how much of the squared distance lies in each; `learned` tells for
    each whether it was read by a model, so that its value is no single number.
    """

    row: int
    distance: float
    sources: tuple[str, ...]
    parts: tuple[float, ...]
    learned: tuple[bool, ...]


def odd(features: Features, clustering: Clustering, number: int, most: int = N_SHOWN) -> tuple[Odd, ...]:
    """Return the customers of a segment who lie farthest from its middle, farthest first, and why.

    The distance is the one that the segments were made with, so its parts, column by column, add up to it. Nobody is
    named where the algorithm told no distances, or nobody is farther than usual.
    """
    rows = np.flatnonzero(clustering.labels == number)
    matrix = features.matrix[rows].astype(np.float64)
    squares = (matrix - matrix.mean(axis=0)) ** 2
    far = _distances(clustering, rows, squares)
    order = np.argsort(-far, kind="stable")[:most]
    named, learned = _named(features)
    sources = list(dict.fromkeys(named))
    places = np.array([sources.index(source) for source in named])
    found = []
    for at in order[far[order] > 0]:
        parts = np.bincount(places, squares[at], minlength=len(sources)).astype(np.float64)
        parts = parts / max(float(parts.sum()), 1e-12)
        telling = [place for place in np.argsort(-parts, kind="stable")[:N_REASONS] if parts[place] >= LEAST_PART]
        names = tuple(sources[place] for place in telling)
        shares = tuple(float(parts[place]) for place in telling)
        found.append(Odd(int(rows[at]), float(far[at]), names, shares, tuple(name in learned for name in names)))
    return tuple(found)


def _distances(clustering: Clustering, rows: NDArray[np.int64], squares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the algorithm's own distances; those it calls infinite are put in order by the features."""
    if clustering.oddness is None:
        return np.zeros(len(rows))
    far = clustering.oddness[rows].astype(np.float64)
    endless = np.isinf(far)
    if endless.any():
        away = np.sqrt(squares.sum(axis=1))
        middle = float(np.median(away))
        spread = 1.4826 * float(np.median(np.abs(away - middle)))
        far = np.where(
            endless, np.maximum((away - middle) / max(spread, 1e-12), 0.0) + far[~endless].max(initial=0), far
        )
    return np.asarray(far)


def _named(features: Features) -> tuple[list[str], set[str]]:
    """Name the columns behind each feature, and which names stand for what a model read, whose parts have no words."""
    named, learned = list(features.sources), set()
    for block in features.blocks:
        if block.name in LEARNED_BLOCKS:
            name = ", ".join(block.columns) or block.name
            named[block.start : block.stop] = [name] * (block.stop - block.start)
            learned.add(name)
    return named, learned

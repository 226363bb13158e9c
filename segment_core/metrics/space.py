"""Space: in which features, and on how many customers, a metric is taken."""

from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Features, Labels


class Again(Protocol):
    """Cuts other customers the same way and returns their labels (n,).

    `rows` are the places of these customers among all, where they are real ones; an algorithm that knows more of
    customers than their features is then told it. None is for made-up customers.
    """

    def __call__(self, features: Features, seed: int, rows: NDArray[np.int64] | None = None) -> Labels: ...  # noqa: D102


SPACE = "features"
"""Scores are taken where the clustering was done, never on the map."""
FEWEST_DRAWN = 100
"""Customers drawn of every segment that has as many, so that the score of a small one is no guess."""


def sampled(features: Features, labels: Labels, most: int, seed: int) -> tuple[NDArray[np.float64], Labels]:
    """Return the matrix in float64 and the labels, of at most `most` randomly drawn customers."""
    matrix = features.matrix.astype(np.float64)
    if len(matrix) <= most:
        return matrix, labels
    rows = np.sort(np.random.default_rng(seed).choice(len(matrix), most, replace=False))
    return matrix[rows], labels[rows]


def stratified(labels: Labels, most: int, seed: int) -> NDArray[np.int64]:
    """Draw about `most` customers, each segment by its share but at least a hundred of it; return their places.

    What is averaged over them must weigh each segment by its size, not by how many were drawn of it.
    """
    if len(labels) <= most:
        return np.arange(len(labels))
    random = np.random.default_rng(seed)
    present, sizes = np.unique(labels, return_counts=True)
    fewest = min(FEWEST_DRAWN, most // len(present))
    wanted = np.minimum(sizes, np.maximum(fewest, sizes * most // len(labels)))
    while wanted.sum() > most:  # the floors took more than there is: the largest give way
        wanted[wanted.argmax()] -= min(int(wanted.sum()) - most, int(wanted.max()) // 2)
    drawn = [
        random.choice(np.flatnonzero(labels == label), int(n), replace=False)
        for label, n in zip(present, wanted, strict=True)
    ]
    return np.sort(np.concatenate(drawn))


def drawn(features: Features, rows: NDArray[np.int64]) -> Features:
    """Return the features of some customers only."""
    return replace(features, matrix=features.matrix[rows])


def can_score(labels: Labels) -> bool:
    """Tell whether an index is defined: at least two segments, and not every customer alone."""
    return 2 <= len(np.unique(labels)) < len(labels)

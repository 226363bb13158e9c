"""Leaning: in a word or two, where each of several groups of customers differs from everybody."""

import numpy as np

from segment_core.artifacts import LEARNED_BLOCKS, Features, Labels

LEAST = 0.3
"""Standard deviations by which a group's mean must differ before it is named."""


def leaning(features: Features, groups: Labels, most: int = 2) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """Return for each group (numbered from 0) its most telling features, each with True for more and False for less.

    Only columns of tables are named, because the directions of texts have no words, and one feature a column.
    Quick, and good for a label; the evidence sheet has the figures, with their intervals.

    Examples
    --------
    >>> pairs = Features.of([[0, 0], [0, 1], [9, 0], [9, 1]], names=("spend", "age"))
    >>> leaning(pairs, np.array([0, 0, 1, 1]))
    ((('spend', False),), (('spend', True),))
    """
    columns = [
        number
        for block in features.blocks
        if block.name not in LEARNED_BLOCKS
        for number in range(block.start, block.stop)
    ]
    matrix = features.matrix[:, columns].astype(np.float64)
    spread = np.maximum(matrix.std(axis=0), 1e-12)
    middle = matrix.mean(axis=0)
    found = []
    for group in range(int(groups.max()) + 1):
        effects = (matrix[groups == group].mean(axis=0) - middle) / spread
        named: dict[str, tuple[str, bool]] = {}
        for number in np.argsort(-np.abs(effects), kind="stable"):
            if abs(effects[number]) < LEAST or len(named) == most:
                break
            place = columns[number]
            named.setdefault(features.sources[place], (features.names[place], bool(effects[number] > 0)))
        found.append(tuple(named.values()))
    return tuple(found)

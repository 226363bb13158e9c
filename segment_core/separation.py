"""Separation: how much of what tells segments apart comes from each source column."""

import numpy as np

from segment_core.artifacts import Features, Labels


def shares_of_separation(features: Features, labels: Labels) -> dict[str, float]:
    """Return each source's part of the sum of squares between segments, largest first; they add up to 1.

    Examples
    --------
    >>> pairs = Features.of([[0, 0], [0, 1], [9, 0], [9, 1]], names=("spend", "age"))
    >>> shares_of_separation(pairs, np.array([0, 0, 1, 1]))
    {'spend': 1.0, 'age': 0.0}
    """
    matrix = features.matrix.astype(np.float64)
    middle = matrix.mean(axis=0)
    between = np.zeros(matrix.shape[1])
    for label in np.unique(labels):
        own = matrix[labels == label]
        between += len(own) * (own.mean(axis=0) - middle) ** 2
    total = max(float(between.sum()), 1e-12)
    shares: dict[str, float] = {}
    for source, part in zip(features.sources, between, strict=True):
        shares[source] = shares.get(source, 0.0) + float(part) / total
    return dict(sorted(shares.items(), key=lambda pair: (-pair[1], pair[0])))

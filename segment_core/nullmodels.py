"""Null models: customers whose structure was taken away, to tell finding from chance."""

from dataclasses import replace

import numpy as np

from segment_core.artifacts import Features


def shuffled(features: Features, random: np.random.Generator) -> Features:
    """Shuffle each source column on its own: what each says alone stays, what they say together is lost.

    One column alone has nothing to be shuffled against; it gives way to a normal cloud.
    """
    sources = np.array(features.sources)
    distinct = list(dict.fromkeys(features.sources))
    if len(distinct) == 1:
        return normal_cloud(features, random)
    matrix = features.matrix.copy()
    for source in distinct:
        own = np.flatnonzero(sources == source)
        matrix[:, own] = matrix[random.permutation(len(matrix))][:, own]
    return replace(features, matrix=matrix)


def normal_cloud(features: Features, random: np.random.Generator) -> Features:
    """Draw normal data of the same covariance: as wide in every direction, without any groups."""
    covariance = np.atleast_2d(np.cov(features.matrix.astype(np.float64), rowvar=False))
    variances, directions = np.linalg.eigh(covariance)
    points = random.normal(size=features.matrix.shape) * np.sqrt(np.maximum(variances, 0.0))
    return replace(features, matrix=(points @ directions.T).astype(np.float32))

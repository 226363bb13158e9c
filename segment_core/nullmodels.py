"""Null models: customers whose structure was taken away, to tell finding from chance."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import TEXT_BLOCKS, Features


def first_hand(features: Features) -> Features:
    """Leave out the blocks that say again what others say: a graph beside any other, all but the first made of texts.

    Shuffled on their own, a column and its echo fall apart, so that pure noise beside its own echo would look like
    structure. Weights of what stays keep their ratios.
    """
    names = [block.name for block in features.blocks]
    echoes = {name for name in names if name in TEXT_BLOCKS and name != next(n for n in names if n in TEXT_BLOCKS)}
    echoes |= {"graph"} if set(names) != {"graph"} else set()
    kept = [block for block in features.blocks if block.name not in echoes]
    if len(kept) == len(names):
        return features
    columns = np.concatenate([np.arange(block.start, block.stop) for block in kept])
    total, start, shares = sum(block.weight for block in kept), 0, []
    for block in kept:
        stop = start + block.stop - block.start
        shares.append(replace(block, start=start, stop=stop, weight=block.weight / total))
        start = stop
    return replace(
        features,
        matrix=features.matrix[:, columns],
        names=tuple(features.names[column] for column in columns),
        sources=tuple(features.sources[column] for column in columns),
        blocks=tuple(shares),
    )


def shuffled(features: Features, random: np.random.Generator) -> Features:
    """Shuffle each source column on its own: what each says alone stays, what they say together is lost.

    One column alone has nothing to be shuffled against: a number gives way to the one peak that
    fits it best; the levels of a category are all that it says, and stay.
    """
    sources = np.array(features.sources)
    distinct = list(dict.fromkeys(features.sources))
    if len(distinct) == 1:
        return features if len(sources) > 1 else one_peak(features, random)
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


def one_peak(features: Features, random: np.random.Generator) -> Features:
    """Draw one column anew from the density with a single peak that fits it best: as skewed, as flat, but no groups.

    Flat or lopsided columns separate better than a normal curve without having groups; this is what
    they are to be set against. The fit rises to the peak and falls after it (Grenander 1956).
    """
    values = features.matrix[:, 0].astype(np.float64)
    n_bins = max(12, round(2 * len(values) ** (1 / 3)))
    counts, edges = np.histogram(values, bins=n_bins)
    fits = [_rising_then_falling(counts.astype(np.float64), peak) for peak in range(n_bins - 1)]
    best = min(fits, key=lambda fit: float(((fit - counts) ** 2).sum()))
    bins = random.choice(n_bins, size=len(values), p=best / best.sum())
    points = random.uniform(edges[bins], edges[bins + 1])
    return replace(features, matrix=points[:, None].astype(np.float32))


def _rising_then_falling(counts: NDArray[np.float64], peak: int) -> NDArray[np.float64]:
    from sklearn.isotonic import isotonic_regression

    left, right = isotonic_regression(counts[: peak + 1]), isotonic_regression(counts[peak + 1 :], increasing=False)
    return np.concatenate([left, right])

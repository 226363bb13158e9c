"""Leaks: what, of all that segments are built from, tells a column that should decide nothing."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import LEARNED_BLOCKS, Features, Labels, Leak
from segment_core.profiles.association import cramers_v

MOST = 3_000
"""Customers looked at: as many as settle which columns tell another one."""
N_FOLDS = 5
N_SHUFFLES = 3
N_BANDS = 8
MOST_CLASSES = 8
LEAST = 0.02
LEAST_V = 0.1
"""What a leak has to carry, or to tell by itself, in V, before it is named."""


def banded(amounts: NDArray[np.float64], n_bands: int = N_BANDS) -> Labels:
    """Return the band of each amount (n,), about as many customers in each; -1 where there is none.

    Examples
    --------
    >>> banded(np.array([1.0, 2.0, np.nan, 9.0]), 2).tolist()
    [0, 1, -1, 1]
    """
    known = np.isfinite(amounts)
    found = np.full(len(amounts), -1, dtype=np.int64)
    if known.any():
        edges = np.unique(np.quantile(amounts[known], np.arange(1, n_bands) / n_bands, method="higher"))
        found[known] = np.unique(np.searchsorted(edges, amounts[known], side="right"), return_inverse=True)[1]
    return found


def leaks(
    features: Features, classes: Labels, without: str, ids: Sequence[str], seed: int = 0
) -> tuple[float | None, tuple[Leak, ...]]:
    """Return how well classes (n,) are guessed from the features, held out, and by which columns or blocks.

    Each customer's class is guessed by a ridge regression on class membership, as linear discriminants would (Hastie,
    Tibshirani & Buja 1994), that has not seen them; features that are one column also get their distance from the
    middle, so that both ends can be told from it. Combinations of columns are not tried. Negative classes are unknown.
    `without` is the column itself. Customers are drawn in the order of their ids, at most 3,000.
    """
    rows = _drawn(classes, ids, seed)
    names, parts = _parts(features, without, rows)
    if not names or len(rows) < 10 * N_FOLDS:
        return None, ()
    own = np.unique(classes[rows], return_inverse=True)[1]
    if own.max() < 1:
        return None, ()
    matrix = np.hstack(parts)
    ends = np.cumsum([part.shape[1] for part in parts])
    places = [slice(end - part.shape[1], end) for end, part in zip(ends, parts, strict=True)]
    guessed, shuffled = _guessed(matrix, own, places, np.random.default_rng([seed, 1]))
    told = cramers_v(own, guessed)
    blocks = {block.name for block in features.blocks if block.name in LEARNED_BLOCKS}
    found = []
    for number, (name, part) in enumerate(zip(names, parts, strict=True)):
        if name in blocks:
            alone = cramers_v(own, _guessed(part, own, [], np.random.default_rng([seed, 2]))[0])
        else:
            alone = _alone(features, name, rows, own)
        lost = told - float(np.mean([cramers_v(own, each) for each in shuffled[number]]))
        found.append(Leak(name, alone, max(0.0, lost)))
    kept = [leak for leak in found if leak.carries >= LEAST or leak.v >= LEAST_V]
    return told, tuple(sorted(kept, key=lambda leak: (-leak.v, -leak.carries, leak.name)))


def _drawn(classes: Labels, ids: Sequence[str], seed: int) -> NDArray[np.int64]:
    known = np.flatnonzero(classes >= 0)
    known = known[np.argsort(np.asarray(ids, dtype=str)[known], kind="stable")]
    if len(known) <= MOST:
        return known
    return known[np.sort(np.random.default_rng(seed).choice(len(known), MOST, replace=False))]


def _parts(features: Features, without: str, rows: NDArray[np.int64]) -> tuple[list[str], list[NDArray[np.float64]]]:
    """Return the columns and blocks that could tell, and the features of each, on one scale."""
    names: list[str] = []
    parts: list[NDArray[np.float64]] = []
    for block in features.blocks:
        span = list(range(block.start, block.stop))
        if block.name in LEARNED_BLOCKS:
            if without in block.columns:
                continue
            groups = {block.name: span}
        else:
            groups = {}
            for place in span:
                if features.sources[place] != without:
                    groups.setdefault(features.sources[place], []).append(place)
        for name, own in groups.items():
            values = features.matrix[rows][:, own].astype(np.float64)
            if values.shape[1] == 1:
                ranks = np.asarray(pd.Series(values[:, 0]).rank(), dtype=np.float64)[:, None]
                values = np.hstack([values, np.abs(ranks - ranks.mean())])
            spread = values.std(axis=0)
            values = values[:, spread > 1e-9]
            if values.shape[1]:
                names.append(name)
                parts.append((values - values.mean(axis=0)) / values.std(axis=0))
    return names, parts


def _guessed(
    matrix: NDArray[np.float64], own: Labels, places: Sequence[slice], random: np.random.Generator
) -> tuple[Labels, list[list[Labels]]]:
    """Return the class guessed for each customer by a model that has not seen them, also with each part shuffled."""
    n, width = matrix.shape
    counts = np.bincount(own).astype(np.float64)
    weights = 1.0 / counts[own]  # every class counts the same, however rare
    weights *= n / weights.sum()
    targets = np.eye(len(counts))[own]
    folds = np.empty(n, dtype=np.int64)
    for group in range(len(counts)):
        members = np.flatnonzero(own == group)
        folds[members] = random.permutation(len(members)) % N_FOLDS
    guessed = np.zeros(n, dtype=np.int64)
    shuffled = [[np.zeros(n, dtype=np.int64) for _ in range(N_SHUFFLES)] for _ in places]
    for fold in range(N_FOLDS):
        seen, held = folds != fold, np.flatnonzero(folds == fold)
        weighted = matrix[seen] * weights[seen, None]
        middle = weighted.sum(axis=0) / weights[seen].sum()
        aim = (targets[seen] * weights[seen, None]).sum(axis=0) / weights[seen].sum()
        centred = matrix[seen] - middle
        gram = centred.T @ (centred * weights[seen, None]) + (width + 0.01 * n) * np.eye(width)
        slopes = np.linalg.solve(gram, centred.T @ ((targets[seen] - aim) * weights[seen, None]))
        scores = (matrix[held] - middle) @ slopes + aim
        guessed[held] = scores.argmax(axis=1)
        for number, place in enumerate(places):
            part = matrix[held, place] @ slopes[place]
            for turn in range(N_SHUFFLES):
                other = scores - part + part[random.permutation(len(held))]
                shuffled[number][turn][held] = other.argmax(axis=1)
    return guessed, shuffled


def _alone(features: Features, name: str, rows: NDArray[np.int64], own: Labels) -> float:
    """Return the V of one column with the classes, in bands where it is an amount."""
    values = features.matrix[rows][:, [source == name for source in features.sources]].astype(np.float64)
    if values.shape[1] == 1:
        return cramers_v(own, banded(values[:, 0]))
    return cramers_v(own, np.unique(values, axis=0, return_inverse=True)[1].reshape(-1))

"""Pieces: segments are cut into alike customers, who are asked about, and moved, as one."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Labels, Pieces

PER_SEGMENT, FEWEST, MOST = 3, 24, 400
"""Pieces: about so many in a segment, and at least and at most so many in all."""
FEWEST_IN = 4
"""Customers that a piece has at least, about."""
MOST_FITTED = 10_000
"""Customers of one segment on whom pieces are found; the others go to the nearest."""
SPEAKERS = 8

Head = tuple[NDArray[np.bool_], NDArray[np.float64], float]
"""A set of pieces (m,), its mean (d,), and how many customers it has."""


def cut_into_pieces(matrix: Floats, labels: Labels, seed: int = 0) -> Pieces:
    """Cut every segment into pieces by k-means, as many as its size allows; `matrix` is (n, d), `labels` (n,)."""
    n, k = len(labels), int(labels.max()) + 1
    wanted = min(MOST, max(FEWEST, PER_SEGMENT * k))
    of = np.zeros(n, dtype=np.int64)
    segments: list[int] = []
    for segment in range(k):
        rows = np.flatnonzero(labels == segment)
        if len(rows) == 0:
            continue
        most = len(rows) // FEWEST_IN
        found = _cut(matrix[rows], int(np.clip(round(wanted * len(rows) / n), min(2, most), most)), seed + segment)
        of[rows] = len(segments) + found
        segments += [segment] * (int(found.max()) + 1)
    means = np.array([matrix[of == piece].mean(axis=0, dtype=np.float64) for piece in range(len(segments))])
    sizes, own = np.bincount(of, minlength=len(segments)), np.array(segments, dtype=np.int64)
    kept = means.astype(np.float32)
    return Pieces(of, kept, sizes, own, _speakers(matrix, means, of), _groups(means, sizes, own))


def _cut(rows: Floats, count: int, seed: int) -> Labels:
    from sklearn.cluster import KMeans

    if count < 2:
        return np.zeros(len(rows), dtype=np.int64)
    drawn = rows
    if len(rows) > MOST_FITTED:
        drawn = rows[np.sort(np.random.default_rng(seed).choice(len(rows), MOST_FITTED, replace=False))]
    drawn = np.ascontiguousarray(drawn, dtype=np.float32)
    count = min(count, len(np.unique(drawn, axis=0)))
    model = KMeans(count, n_init=2, random_state=seed).fit(drawn)
    found = model.predict(np.ascontiguousarray(rows, dtype=np.float32))
    return np.asarray(np.unique(found, return_inverse=True)[1], dtype=np.int64)


def _speakers(matrix: Floats, means: NDArray[np.float64], of: Labels) -> tuple[tuple[int, ...], ...]:
    apart = ((matrix.astype(np.float64) - means[of]) ** 2).sum(axis=1)
    order = np.lexsort((np.arange(len(of)), apart, of))
    bounds = np.searchsorted(of[order], np.arange(len(means) + 1)).tolist()
    return tuple(tuple(order[start : min(end, start + SPEAKERS)].tolist()) for start, end in pairwise(bounds))


def _groups(means: NDArray[np.float64], sizes: Labels, segments: Labels) -> NDArray[np.bool_]:
    """Join the pieces of each segment two by two, those first that lose least by it; return all sets on the way."""
    found: list[NDArray[np.bool_]] = []
    for segment in np.unique(segments):
        rows = np.flatnonzero(segments == segment).tolist()
        heads: list[Head] = [(np.arange(len(segments)) == row, means[row], float(sizes[row])) for row in rows]
        found += [members for members, _, _ in heads]
        while len(heads) > 1:
            pairs = [(one, other) for one in range(len(heads)) for other in range(one)]
            losses = [_loss(heads[one], heads[other]) for one, other in pairs]
            one, other = pairs[int(np.argmin(losses))]
            (a, mean_a, n_a), (b, mean_b, n_b) = heads.pop(one), heads.pop(other)
            heads.append((a | b, (mean_a * n_a + mean_b * n_b) / (n_a + n_b), n_a + n_b))
            found.append(a | b)
    return np.array(found)


def _loss(one: Head, other: Head) -> float:
    return float(((one[1] - other[1]) ** 2).sum() * one[2] * other[2] / (one[2] + other[2]))

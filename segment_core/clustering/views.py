"""Views: the same customers laid out in other ways, so that finer themes stand apart before they are cut."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Labels, Progress
from segment_core.errors import OptionError
from segment_core.extras import has
from segment_core.messages import say

PLAIN, SMOOTHED, UNFOLDED = "as it is", "smoothed", "unfolded"
NEIGHBOURS = {PLAIN: (0,), SMOOTHED: (10,), UNFOLDED: (10, 15, 20)}
"""Neighbours looked at in each layout of a space: there are as many layouts as numbers."""
N_ROUNDS, WAY = 2, 2 / 3
"""How often everybody moves to the mean of their neighbours, and how far."""
MOST_DIRECTIONS = 10
FEWEST = 50
"""Customers below whom nothing is unfolded: neighbourhoods would be half of everybody."""
N_PLACED_BY = 3
AT_ONCE = 2_000


def layouts(
    matrix: NDArray[np.float64], rows: Labels, space: str, seed: int, progress: Progress
) -> Iterator[NDArray[np.float64]]:
    """Lay everybody (n, d) out in each way of a space, one after the other: (n, w) each.

    "smoothed" moves customers two thirds of the way to their nearest, twice: a graph convolution without
    weights (Wu et al. 2019). "unfolded" is UMAP (McInnes, Healy & Melville 2018) in ten directions, with 10, 15
    and 20 neighbours; it cannot be stopped while one is drawn. Only `rows` take part; everybody else is put among
    their three nearest of these.

    Raises
    ------
    OptionError
        If UMAP is asked for and not installed.
    """
    if space == UNFOLDED and not has("umap"):
        raise OptionError("Unfolding needs the package umap-learn, which is not installed; choose another space.")
    if space == PLAIN or (space == UNFOLDED and len(rows) < FEWEST):
        yield from (matrix for _ in NEIGHBOURS[space])
        return
    shown = matrix[rows]
    nearest, distances = _nearest(shown, min(max(NEIGHBOURS[space]) + 1, len(rows)))
    places, _ = _nearest(shown, N_PLACED_BY, matrix) if len(rows) < len(matrix) else (None, None)
    for number, n_neighbours in enumerate(NEIGHBOURS[space]):
        progress(0.1 * (number + 1) / len(NEIGHBOURS[space]), 1.0, say("Laying customers out by their neighbours"))
        if space == SMOOTHED:
            laid = smoothed(shown, nearest[:, 1 : n_neighbours + 1])
        else:
            laid = _unfolded(shown, nearest[:, :n_neighbours], distances[:, :n_neighbours], seed + number)
        if places is None:
            yield laid
            continue
        placed = laid[places].mean(axis=1)
        placed[rows] = laid
        yield placed


def smoothed(matrix: NDArray[np.float64], nearest: Labels) -> NDArray[np.float64]:
    """Move rows (n, d) two thirds of the way to the mean of those linked with them by `nearest` (n, k), twice."""
    from scipy.sparse import coo_array, diags_array

    n, k = nearest.shape
    links = coo_array((np.ones(n * k), (np.repeat(np.arange(n), k), nearest.reshape(-1))), shape=(n, n)).tocsr()
    links = links + links.T
    links = diags_array(1.0 / links.sum(axis=1)) @ links
    for _ in range(N_ROUNDS):
        matrix = (1 - WAY) * matrix + WAY * (links @ matrix)
    return np.asarray(matrix)


def _nearest(
    shown: NDArray[np.float64], n_neighbours: int, asking: NDArray[np.float64] | None = None
) -> tuple[Labels, NDArray[np.float64]]:
    from sklearn.neighbors import NearestNeighbors

    model = NearestNeighbors(n_neighbors=min(n_neighbours, len(shown)), algorithm="brute").fit(shown)
    distances, nearest = model.kneighbors(shown if asking is None else asking)
    return nearest.astype(np.int64), distances


def _unfolded(
    matrix: NDArray[np.float64], nearest: Labels, distances: NDArray[np.float64], seed: int
) -> NDArray[np.float64]:
    import warnings

    import umap

    known: tuple[NDArray[np.int32], Floats, None] = nearest.astype(np.int32), distances.astype(np.float32), None
    start = _main_directions(matrix, seed)
    model = umap.UMAP(
        n_neighbors=nearest.shape[1],
        n_components=start.shape[1],
        min_dist=0.0,
        precomputed_knn=known,
        init=start,
        n_epochs=200,
        random_state=seed,
        n_jobs=1,
    )
    with warnings.catch_warnings():
        # It cannot place new customers without an index of its own; `layouts` does that.
        warnings.filterwarnings("ignore", message="precomputed_knn", category=UserWarning)
        return np.asarray(model.fit_transform(matrix.astype(np.float32)), dtype=np.float64)


def _main_directions(matrix: NDArray[np.float64], seed: int) -> Floats:
    centred = matrix - matrix.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred / len(centred))
    points = centred @ directions[:, ::-1][:, :MOST_DIRECTIONS]
    points = 10 * (points - points.min(axis=0)) / np.maximum(np.ptp(points, axis=0), 1e-9)
    # Customers who are exactly alike would start, and stay, on one spot.
    return np.asarray(points + np.random.default_rng(seed).normal(scale=1e-3, size=points.shape), dtype=np.float32)

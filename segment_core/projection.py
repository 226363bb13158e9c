"""Projection: segments become a map. Each line of the menu offers `project(features, options, progress)`."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Features, Floats, Progress, Projection, Step, silent
from segment_core.choices import Choice, option, options_to_json
from segment_core.messages import say

MOST_FITTED = 50_000
"""Customers who make the map; everybody else is placed among their nearest neighbours on it."""
MOST_CHECKED = 2_000
N_NEIGHBOURS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class UmapOptions:
    """Options of the UMAP map."""

    n_neighbours: int = option(
        15, "Neighbours", low=2, high=200, help="More neighbours show the whole, fewer show the details."
    )
    spread: float = option(
        0.1, "Distance between points", low=0.0, high=1.0, step=0.05, help="How tightly alike customers are packed."
    )
    seed: int = option(0, "Random seed", low=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PcaOptions:
    """PCA has nothing to choose."""


def project_umap(features: Features, options: UmapOptions = UmapOptions(), progress: Progress = silent) -> Projection:
    """Lay customers out so that neighbours stay neighbours (McInnes, Healy & Melville 2018).

    Distances between far-apart groups mean little. It starts from PCA, which is quicker than the
    spectral start and as faithful, and from exact neighbours: finding them approximately would
    save seconds on many customers, but costs most of a minute of compilation in every new process.
    Fewer than 20 customers are laid out by PCA.
    """
    import warnings

    import umap

    if features.n_customers < 20:
        return project_pca(features, progress=progress)
    progress(0, 1, say("Drawing the map of {n} customers", n=features.n_customers))
    matrix = features.matrix
    rows = np.arange(len(matrix))
    if len(rows) > MOST_FITTED:
        rows = np.sort(np.random.default_rng(options.seed).choice(rows, MOST_FITTED, replace=False))
    n_neighbours = min(options.n_neighbours, len(rows) - 1)
    model = umap.UMAP(
        n_neighbors=n_neighbours,
        precomputed_knn=_neighbours(matrix[rows], n_neighbours),
        min_dist=options.spread,
        n_epochs=100 if len(rows) > 5_000 else 200,
        init=_start(matrix[rows], options.seed),
        random_state=options.seed,
        n_jobs=1,
    )
    with warnings.catch_warnings():
        # It cannot place new customers without an index of its own; `_place_rest` does that here.
        warnings.filterwarnings("ignore", message="precomputed_knn", category=UserWarning)
        points = np.asarray(model.fit_transform(matrix[rows]), dtype=np.float32)
    if len(rows) < len(matrix):
        points = _place_rest(matrix, rows, points)
    progress(1, 1, say("Map drawn"))
    return _checked(matrix, points, Step("umap", options_to_json(options)), options.seed)


def project_pca(features: Features, options: PcaOptions = PcaOptions(), progress: Progress = silent) -> Projection:
    """Show customers along the two directions in which they differ most (principal components)."""
    progress(0, 1, say("Drawing the map of {n} customers", n=features.n_customers))
    points = _principal(features.matrix)
    progress(1, 1, say("Map drawn"))
    return _checked(features.matrix, points.astype(np.float32), Step("pca", options_to_json(options)), 0)


PROJECTIONS: dict[str, Choice] = {
    "umap": Choice(
        "UMAP",
        project_umap,
        UmapOptions,
        when="Shows groups as islands; distances between islands mean little.",
        needs=("umap",),
    ),
    "pca": Choice("PCA", project_pca, PcaOptions, when="Quick and faithful to large distances; groups may overlap."),
}


def _principal(matrix: Floats) -> NDArray[np.float64]:
    centred = matrix.astype(np.float64) - matrix.mean(axis=0, dtype=np.float64)
    _, directions = np.linalg.eigh(centred.T @ centred / max(1, len(centred)))
    kept = directions[:, ::-1][:, :2]
    kept = kept * np.where(kept[np.abs(kept).argmax(axis=0), np.arange(kept.shape[1])] < 0, -1.0, 1.0)
    points = np.zeros((len(matrix), 2))
    points[:, : kept.shape[1]] = centred @ kept
    return points


def _start(matrix: Floats, seed: int) -> Floats:
    points = _principal(matrix)
    points = 10 * (points - points.min(axis=0)) / np.maximum(np.ptp(points, axis=0), 1e-9)
    # Customers who are exactly alike would start, and stay, on one spot.
    return np.asarray(points + np.random.default_rng(seed).normal(scale=1e-3, size=points.shape), dtype=np.float32)


def _neighbours(matrix: Floats, n_neighbours: int) -> tuple[NDArray[np.int32], Floats, None]:
    from sklearn.neighbors import NearestNeighbors

    found = NearestNeighbors(n_neighbors=n_neighbours, algorithm="brute").fit(matrix).kneighbors(matrix)
    return found[1].astype(np.int32), found[0].astype(np.float32), None


def _place_rest(matrix: Floats, rows: NDArray[np.int64], points: Floats) -> Floats:
    from sklearn.neighbors import NearestNeighbors

    rest = np.setdiff1d(np.arange(len(matrix)), rows)
    near = NearestNeighbors(n_neighbors=3).fit(matrix[rows]).kneighbors(matrix[rest], return_distance=False)
    placed = np.empty((len(matrix), 2), dtype=np.float32)
    placed[rows] = points
    placed[rest] = points[near].mean(axis=1)
    return placed


def _checked(matrix: Floats, points: Floats, made_by: Step, seed: int) -> Projection:
    from sklearn.manifold import trustworthiness

    projection = Projection(points, made_by, 1.0)
    rows = np.arange(len(matrix))
    if len(rows) > MOST_CHECKED:
        rows = np.random.default_rng(seed).choice(rows, MOST_CHECKED, replace=False)
    n_neighbours = min(N_NEIGHBOURS, (len(rows) - 1) // 2)
    if n_neighbours < 1:
        return projection
    value = trustworthiness(matrix[rows].astype(np.float64), points[rows], n_neighbors=n_neighbours)
    return replace(projection, trustworthiness=round(float(value), 4))

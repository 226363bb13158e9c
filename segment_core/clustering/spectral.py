"""Spectral: groups that hang together through neighbours of neighbours, whatever their shape."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.kmeans import KMeansOptions, labels_of
from segment_core.clustering.membership import require_customers, settle, squared_distances
from segment_core.clustering.rows import drawn, in_order, on_some
from segment_core.messages import say

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MOST_LINKED = 5_000
CHUNK = 1_000
SHIFT = 1e-3
FEW = 200
"""Customers up to whom all directions of the graph are computed at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpectralOptions:
    """Options of spectral clustering."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="How many groups to cut.")
    neighbours: int = option(
        10, "Neighbours", low=2, high=100, help="With how many of the nearest each customer is linked."
    )
    seed: int = option(0, "Random seed", low=0)


def cluster(
    features: Features, options: SpectralOptions = SpectralOptions(), progress: Progress = silent
) -> Clustering:
    """Cut the graph of nearest neighbours where few links are lost (Shi & Malik 2000; Ng, Jordan & Weiss 2001).

    Parts of the graph without any link are joined by the shortest links between them, so that what lies nearest is
    cut last. Above 5,000 customers a sample is cut, and the others join the nearest customer in it.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    """
    require_customers(features, at_least=options.n_segments)
    order = in_order(features.matrix)
    matrix = features.matrix[order].astype(np.float64)
    matrix -= matrix.mean(axis=0)
    rows = drawn(len(matrix), MOST_LINKED, options.seed)
    some = matrix[rows]
    progress(0, 4, say("Linking customers with their nearest"))
    graph = _linked(some, min(options.neighbours, len(some) - 1))
    progress(1, 4, say("Cutting {k} segments", k=options.n_segments))
    places = _placed(graph, options.n_segments, options.seed)
    chosen = KMeansOptions(n_segments=options.n_segments, seed=options.seed)
    cut = labels_of(Features.of(places), chosen)
    progress(3, 4, say("Cutting {k} segments", k=options.n_segments))
    labels = np.empty(len(matrix), dtype=np.int64)
    labels[order] = _joining(matrix, some, rows, cut)
    progress(1, 1, say("Segments found: {k}", k=len(np.unique(labels))))
    reasons = on_some(len(matrix), len(rows))
    return settle(features, labels, Step("spectral", options_to_json(options)), reasons=reasons)


def _linked(matrix: NDArray[np.float64], neighbours: int) -> "csr_matrix":
    """Link each customer with the nearest, and parts that stay apart by the shortest links between them."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    n = len(matrix)
    nearest = np.empty((n, neighbours), dtype=np.int64)
    for start in range(0, n, CHUNK):
        away = squared_distances(matrix[start : start + CHUNK], matrix)
        away[np.arange(len(away)), np.arange(start, start + len(away))] = np.inf
        nearest[start : start + CHUNK] = np.argpartition(away, neighbours - 1, axis=1)[:, :neighbours]
    one, other = np.repeat(np.arange(n), neighbours), nearest.reshape(-1)
    while True:
        # A link counts a half from each side, so that it counts fully where both are among each other's nearest.
        links = csr_matrix((np.full(len(one), 0.5), (one, other)), shape=(n, n))
        links.data = np.minimum(links.data, 0.5)
        graph = csr_matrix(links + links.T)
        n_parts, parts = connected_components(graph, directed=False)
        if n_parts == 1:
            return graph
        bridges = _bridges(matrix, parts, n_parts)
        one, other = np.concatenate([one, bridges[:, 0]]), np.concatenate([other, bridges[:, 1]])


def _bridges(matrix: NDArray[np.float64], parts: Labels, n_parts: int) -> NDArray[np.int64]:
    """Return for each part the shortest link (from, to) that leads out of it."""
    length = np.full(n_parts, np.inf)
    found = np.zeros((n_parts, 2), dtype=np.int64)
    for start in range(0, len(matrix), CHUNK):
        away = squared_distances(matrix[start : start + CHUNK], matrix)
        own = parts[start : start + CHUNK]
        away[own[:, None] == parts[None, :]] = np.inf
        to = away.argmin(axis=1)
        least = away[np.arange(len(own)), to]
        for row in np.lexsort((least, own)):
            part = own[row]
            if least[row] < length[part]:
                length[part], found[part] = least[row], (start + row, to[row])
    return found


def _placed(graph: "csr_matrix", k: int, seed: int) -> NDArray[np.float32]:
    """Return customers (n, k) on the smoothest directions of the graph, at length 1."""
    from scipy.sparse import diags, eye
    from scipy.sparse.linalg import eigsh

    n = graph.shape[0]
    scale = diags(1.0 / np.sqrt(np.asarray(graph.sum(axis=1)).reshape(-1)))
    smooth = scale @ graph @ scale
    if n <= FEW:
        places = np.linalg.eigh(smooth.toarray())[1][:, -k:]
    else:
        start = np.random.default_rng(seed).uniform(0.5, 1.0, n)
        # The directions sought lie close together at the end of the spectrum; a shift there takes them apart.
        _, places = eigsh((eye(n) - smooth).tocsc(), k=k, sigma=-SHIFT, which="LM", v0=start)
    lengths = np.sqrt((places**2).sum(axis=1, keepdims=True))
    return np.asarray(places / np.maximum(lengths, 1e-12), dtype=np.float32)


def _joining(matrix: NDArray[np.float64], some: NDArray[np.float64], rows: NDArray[np.int64], cut: Labels) -> Labels:
    labels = np.empty(len(matrix), dtype=np.int64)
    others = np.ones(len(matrix), dtype=bool)
    others[rows] = False
    labels[rows] = cut
    left = np.flatnonzero(others)
    for start in range(0, len(left), CHUNK):
        part = left[start : start + CHUNK]
        labels[part] = cut[squared_distances(matrix[part], some).argmin(axis=1)]
    return labels

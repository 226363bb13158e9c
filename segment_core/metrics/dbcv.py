"""DBCV: are segments of any shape dense inside, and thin between?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Score
from segment_core.choices import option
from segment_core.messages import say
from segment_core.metrics.space import SPACE, Again, can_score, sampled

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class DbcvOptions:
    """Options of density-based validation."""

    most: int = option(
        1_500, "Customers at most", low=100, help="Its time and memory grow with their square: above, a random sample."
    )
    seed: int = option(0, "Random seed", low=0)


def score(
    features: Features, clustering: Clustering, again: Again, options: DbcvOptions = DbcvOptions()
) -> tuple[Score, ...]:
    """Set the thinnest place inside each segment against the densest way to another (Moulavi et al. 2014).

    From -1 to 1, and above 0 only where every segment hangs together more closely than it hangs with the next; most
    cuts of real customers stay below. Unlike the silhouette it favours no round shapes. A sample is thinner than
    the whole, so compare values only where the same number of customers was taken.
    """
    matrix, labels = sampled(features, clustering.labels, options.most, options.seed)
    if not can_score(labels):
        return ()
    values = validity(matrix, labels)
    sizes = np.bincount(labels, minlength=clustering.n_segments)
    meaning = say(
        "From -1 to 1: how much denser segments are inside than on the way to the next, whatever their shape."
    )
    overall = float(np.average([values.get(number, 0.0) for number in range(len(sizes))], weights=sizes))
    return (
        Score("dbcv", round(overall, 4), "higher", SPACE, len(labels), meaning),
        *(
            Score("dbcv", round(values[number], 4), "higher", SPACE, int(sizes[number]), meaning, segment.id)
            for number, segment in enumerate(clustering.segments)
            if number in values
        ),
    )


def validity(matrix: Matrix, labels: Labels) -> dict[int, float]:
    """Return the validity of each segment, -1 to 1; one of a single customer has none."""
    groups = [(int(label), np.flatnonzero(labels == label)) for label in np.unique(labels)]
    groups = [(label, rows) for label, rows in groups if len(rows) > 1]
    width, insides = matrix.shape[1], []
    for _, rows in groups:
        distances = _distances(matrix[rows], matrix[rows])
        core = _core_distances(distances, width)
        reach = np.maximum(distances, np.maximum(core[:, None], core[None, :]))
        inner, sparseness = _inside(reach)
        insides.append((rows[inner], core[inner], sparseness))
    between = np.full((len(groups), len(groups)), np.inf)
    for one, (rows, core, _) in enumerate(insides):
        for other, (others, other_core, _) in enumerate(insides[:one]):
            reach = _distances(matrix[rows], matrix[others])
            nearest = np.maximum(reach, np.maximum(core[:, None], other_core[None, :])).min()
            between[one, other] = between[other, one] = nearest
    found = {}
    for number, (label, _) in enumerate(groups):
        apart, sparse = float(between[number].min()), insides[number][2]
        if not np.isfinite(apart):  # nobody else to be apart from
            continue
        found[label] = (apart - sparse) / max(apart, sparse, 1e-300)
    return found


def _distances(one: Matrix, other: Matrix) -> Matrix:
    from scipy.spatial.distance import cdist

    return np.asarray(cdist(one, other))


def _core_distances(distances: Matrix, width: int) -> Matrix:
    """Return the inverse of each customer's density in the own segment; in logarithms, or wide data overflow."""
    from scipy.special import logsumexp

    with np.errstate(divide="ignore"):
        logs = np.where(distances > 0, -width * np.log(distances), -np.inf)
    dense = logsumexp(logs, axis=1) - np.log(len(distances) - 1)
    # Where all are in the same place nobody is at a distance: the density is endless, and its inverse 0.
    return np.where(np.isfinite(dense), np.exp(-dense / width), 0.0)


def _inside(reach: Matrix) -> tuple[NDArray[np.int64], float]:
    """Return the inner nodes of the minimum spanning tree, and its longest inner edge (Prim 1957).

    Many edges are equally long, and the index depends on which are taken: those that `hdbscan.validity` takes.
    """
    n = len(reach)
    joined = np.zeros(n, dtype=bool)
    joined[0] = True
    best, latest = np.full(n, np.inf), 0
    edges, lengths = np.zeros((n - 1, 2), dtype=np.int64), np.zeros(n - 1)
    for number in range(n - 1):
        best = np.minimum(best, reach[latest])
        best[joined] = np.inf
        new = int(best.argmin())
        length = float(best[new])
        as_long = joined & (np.abs(reach[new] - length) <= 1e-8 + 1e-5 * abs(length))
        edges[number], lengths[number] = (int(as_long.argmax()) if number else 0, new), length
        joined[new] = True
        latest = new
    degrees = np.bincount(edges.ravel(), minlength=n)
    inner = np.flatnonzero(degrees > 1)
    inner = inner if len(inner) else np.array([0])
    both = np.isin(edges, inner).all(axis=1)
    return inner, float(lengths[both].max() if both.any() else lengths.max())

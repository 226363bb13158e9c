"""DBSCAN: groups of any shape wherever customers lie closer than a given reach."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.membership import require_customers, settle
from segment_core.clustering.rows import drawn, in_order, narrowed, on_directions, on_some
from segment_core.messages import Message, say

MOST_DIMENSIONS = 10
"""In more dimensions everybody is about as far from everybody, and no reach tells dense from sparse."""
MOST_SEGMENTS = 40
MOST_JOINED = 10_000
BATCH = 512
ROUNDING = 1 + 1e-9
FAR = 4.0
"""Times the ninth tenth of the distances, above which a customer's distance no longer bends the curve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DbscanOptions:
    """Options of DBSCAN."""

    reach: float | None = option(
        None,
        "Reach",
        low=0.0,
        help="How near is near (eps), in units of the features; if not given, where the curve of distances bends.",
    )
    neighbours: int | None = option(
        None,
        "Neighbours",
        low=2,
        high=1_000,
        help="Customers within reach (and oneself) that make a place dense; 10 to 20, by the features, if not given.",
    )
    seed: int = option(0, "Random seed", low=0, help="Which customers are drawn, where there are many.")


def cluster(features: Features, options: DbscanOptions = DbscanOptions(), progress: Progress = silent) -> Clustering:
    """Join customers in dense places who are within reach of each other (Ester, Kriegel, Sander & Xu 1996).

    Above ten features the cut is made on their ten main directions; above 10,000 customers on a sample, whose
    segments the others join if they are within reach. Customers outside every group join the nearest segment, in
    the band "outlier". Where no place is dense there is one segment.

    Raises
    ------
    OptionError
        If there are fewer than two distinct customers.
    """
    require_customers(features, at_least=2)
    progress(0, 1, say("Measuring how near neighbours are"))
    order = in_order(features.matrix)
    points, rows = _points(features, order, options.seed)
    neighbours = needed(features, options.neighbours)
    near = _kth(points[rows], neighbours)
    reach = suggested(np.sort(near)) if options.reach is None else options.reach
    labels = np.full(len(points), -1, dtype=np.int64)
    core = rows[near <= reach * ROUNDING]
    labels[core] = _joined(points[core], reach, progress)
    _within_reach(points, labels, core, reach)
    own = np.empty_like(labels)
    own[order] = labels
    own, n_small = _largest(own)
    n_outside = int((own < 0).sum())
    progress(1, 1, say("Dense groups found: {k}", k=int(own.max()) + 1))
    reasons = (
        say(
            "A place is dense where {n} customers lie within {reach} of each other.",
            n=neighbours,
            reach=f"{reach:.3g}",
        ),
        say("Customers outside every dense group, who joined the nearest: {n}.", n=n_outside),
        *_left_out(n_small),
        *on_directions(features.matrix.shape[1], MOST_DIMENSIONS),
        *on_some(len(points), len(rows)),
    )
    return settle(features, own, Step("dbscan", options_to_json(options)), reasons=reasons)


def _largest(labels: Labels) -> tuple[Labels, int]:
    """Keep the `MOST_SEGMENTS` largest groups, the rest is outside; return how many groups were given up."""
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    if len(sizes) <= MOST_SEGMENTS:
        return labels, 0
    kept = np.sort(np.argsort(-sizes, kind="stable")[:MOST_SEGMENTS])
    numbers = np.full(len(sizes) + 1, -1, dtype=np.int64)  # the last place is for those outside already
    numbers[kept] = np.arange(len(kept))
    return numbers[labels], len(sizes) - len(kept)


def _left_out(n_small: int) -> tuple[Message, ...]:
    if not n_small:
        return ()
    return (
        say(
            "Dense groups beyond the {most} largest, who count as outside: {n}. A longer reach joins groups.",
            most=MOST_SEGMENTS,
            n=n_small,
        ),
    )


def needed(features: Features, neighbours: int | None) -> int:
    """Return how many customers make a place dense: as given, or twice the features (at least 10, at most 20)."""
    width = min(features.matrix.shape[1], MOST_DIMENSIONS)
    return min(neighbours or min(max(2 * width, 10), 20), features.n_customers)


def kth_distances(features: Features, neighbours: int | None = None, seed: int = 0) -> NDArray[np.float64]:
    """Return the distances of customers to the neighbour that makes their place dense, the nearest first.

    As many as customers, or 10,000 that are drawn; in the space in which `cluster` cuts.
    """
    points, rows = _points(features, in_order(features.matrix), seed)
    return np.sort(_kth(points[rows], needed(features, neighbours)))


def suggested(distances: NDArray[np.float64]) -> float:
    """Propose a reach: where sorted distances bend from dense to scattered (the knee; Satopää and others 2011).

    That is the point farthest below the chord from the first to the last. A few very far customers would flatten all
    else, so distances count at most four times the ninth tenth of them.
    """
    tamed = np.minimum(distances, FAR * float(np.quantile(distances, 0.9)) or np.inf)
    first, last = float(tamed[0]), float(tamed[-1])
    if last <= first:
        return float(distances[-1])
    below = np.linspace(0.0, 1.0, len(tamed)) - (tamed - first) / (last - first)
    return float(distances[int(below.argmax())])


def _points(features: Features, order: NDArray[np.int64], seed: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    points = narrowed(features.matrix[order].astype(np.float64), MOST_DIMENSIONS)
    return points, drawn(len(points), MOST_JOINED, seed)


def _kth(points: NDArray[np.float64], neighbours: int) -> NDArray[np.float64]:
    from scipy.spatial import cKDTree

    found, _ = cKDTree(points).query(points, k=[min(neighbours, len(points))])
    return np.asarray(found[:, 0])


def _joined(points: NDArray[np.float64], reach: float, progress: Progress) -> Labels:
    """Label points that are linked by steps within reach; no distances are kept, so memory is that of a batch."""
    from scipy.spatial.distance import cdist

    labels, left, found = np.zeros(len(points), dtype=np.int64), np.arange(len(points)), -1
    while len(left):
        found += 1
        waiting, left = left[:1], left[1:]
        labels[waiting] = found
        while len(waiting) and len(left):
            progress(len(points) - len(left), len(points), say("Joining customers within reach"))
            batch, waiting = waiting[:BATCH], waiting[BATCH:]
            near = (cdist(points[batch], points[left]) <= reach * ROUNDING).any(axis=0)
            labels[left[near]] = found
            waiting, left = np.concatenate([waiting, left[near]]), left[~near]
    return labels


def _within_reach(points: NDArray[np.float64], labels: Labels, core: NDArray[np.int64], reach: float) -> None:
    from scipy.spatial import cKDTree

    others = np.flatnonzero(labels < 0)
    if not len(core) or not len(others):
        return
    away, nearest = cKDTree(points[core]).query(points[others])
    near = away <= reach * ROUNDING
    labels[others[near]] = labels[core[nearest[near]]]

"""Nesting: a tree of all customers, merged two groups at a time from single ones, or from groups of neighbours."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Labels, Progress, Tree, silent
from segment_core.clustering.membership import squared_distances
from segment_core.clustering.rows import in_order
from segment_core.messages import say

Linkage = Literal["ward", "average", "complete"]
Merge = tuple[int, int, float]
MOST_FITTED = 10_000
"""Customers on whom groups of neighbours are found; everybody else joins the nearest group."""
CHUNK = 20_000
ALIKE = 1e-9
"""Height up to which customers are taken to be alike: they stay together."""


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Points (m, d) with the customers each stands for, and which point each customer is (n,)."""

    points: NDArray[np.float64]
    weights: NDArray[np.float64]
    member: Labels


@dataclass(frozen=True, slots=True, eq=False)
class Nest:
    """A tree of all customers, and the leaf each of them is in (n,)."""

    tree: Tree
    leaves: Labels


def gathered(
    matrix: NDArray[np.float32], n_groups: int, seed: int, *, exact: int = 0, n_starts: int = 3, most_rounds: int = 50
) -> Gathered:
    """Gather customers into `n_groups` groups of neighbours with K-Means; up to `exact` customers stay single.

    Where fewer customers differ than there would be groups, those who are alike are one point.
    """
    order = in_order(matrix)
    rows = matrix[order].astype(np.float64)
    member = np.empty(len(order), dtype=np.int64)
    if len(rows) <= exact:
        member[order] = np.arange(len(rows))
        return Gathered(rows, np.ones(len(rows)), member)
    first = np.append(True, (rows[1:] != rows[:-1]).any(axis=1))
    member[order] = np.cumsum(first) - 1
    points, weights = rows[first], np.asarray(np.bincount(member), dtype=np.float64)
    if len(points) <= n_groups:
        return Gathered(points, weights, member)
    centres = _centres(points, weights, seed, {"n_clusters": n_groups, "n_init": n_starts, "max_iter": most_rounds})
    _, groups = np.unique(_nearest(points, centres), return_inverse=True)
    together = np.argsort(groups, kind="stable")
    starts = np.searchsorted(groups[together], np.arange(int(groups.max()) + 1))
    totals = np.add.reduceat(weights[together], starts)
    sums = np.add.reduceat(points[together] * weights[together, None], starts, axis=0)
    return Gathered(sums / totals[:, None], totals, groups[member])


def nested(found: Gathered, linkage: Linkage = "ward", progress: Progress = silent) -> Nest:
    """Merge the two nearest groups until all are one. Heights are those of scipy's `linkage` on single customers.

    Points that stand for several customers count as many: two customers who are one point have merged already.
    """
    progress(0, 1, say("Building the tree of segments"))
    if (found.weights == 1).all() and len(found.points) > 1:
        from scipy.cluster.hierarchy import linkage as of_scipy

        rows = of_scipy(found.points, linkage)
        merges = [(int(one), int(other), float(height)) for one, other, height, _ in rows]
    else:
        merges = _numbered(_chain(found, linkage), len(found.points))
    return _nest(merges, found)


def _centres(
    points: NDArray[np.float64], weights: NDArray[np.float64], seed: int, asked: dict[str, int]
) -> NDArray[np.float64]:
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    rows = np.arange(len(points))
    if len(rows) > MOST_FITTED:
        rows = np.sort(np.random.default_rng(seed).choice(rows, MOST_FITTED, replace=False))
    # Good starts cost as much as the search where there are many groups.
    begin: Literal["k-means++", "random"] = "k-means++" if asked["n_clusters"] <= 100 else "random"
    model = KMeans(**asked, init=begin, random_state=seed)
    with threadpool_limits(limits=1):  # one thread adds up in the same order every time
        return np.asarray(model.fit(points[rows], sample_weight=weights[rows]).cluster_centers_)


def _nearest(points: NDArray[np.float64], centres: NDArray[np.float64]) -> Labels:
    starts = range(0, len(points), CHUNK)
    nearest = [squared_distances(points[start : start + CHUNK], centres).argmin(axis=1) for start in starts]
    return np.concatenate(nearest).astype(np.int64)


def _chain(found: Gathered, linkage: Linkage) -> list[Merge]:
    """Merge along chains of nearest neighbours (Murtagh 1983), distances by Lance & Williams (1967) with weights.

    Merges are of points, each group going by one of its own; they come in no order of height.
    """
    weights, n = found.weights.copy(), len(found.points)
    apart = np.sqrt(squared_distances(found.points, found.points))
    if linkage == "ward":
        apart *= np.sqrt(2 * np.outer(weights, weights) / np.add.outer(weights, weights))
    apart = (apart + apart.T) / 2
    np.fill_diagonal(apart, np.inf)
    gone = np.zeros(n, dtype=bool)
    merges: list[Merge] = []
    chain: list[int] = []
    for _ in range(n - 1):
        if not chain:
            chain.append(int(np.flatnonzero(~gone)[0]))
        while True:
            here, before = chain[-1], chain[-2] if len(chain) > 1 else -1
            near = int(apart[here].argmin())
            if before >= 0 and apart[here, before] <= apart[here, near]:
                break
            chain.append(near)
        one, other = sorted((chain.pop(), chain.pop()))
        height = float(apart[one, other])
        merges.append((one, other, height))
        merged = _joined(apart[[one, other]], weights, (one, other), height, linkage)
        gone[other] = True
        merged[gone] = merged[one] = np.inf
        apart[one], apart[:, one] = merged, merged
        apart[other], apart[:, other] = np.inf, np.inf
        weights[one] += weights[other]
    return merges


def _joined(
    apart: NDArray[np.float64], weights: NDArray[np.float64], pair: tuple[int, int], height: float, linkage: Linkage
) -> NDArray[np.float64]:
    """Return how far every group is from two that become one, given how far it is from each (2, m)."""
    one, other = weights[list(pair)]
    if linkage == "complete":
        return np.asarray(apart.max(axis=0))
    if linkage == "average":
        return np.asarray((one * apart[0] + other * apart[1]) / (one + other))
    squares = (one + weights) * apart[0] ** 2 + (other + weights) * apart[1] ** 2 - weights * height**2
    with np.errstate(invalid="ignore"):  # of groups that are gone, which the caller leaves out
        return np.asarray(np.sqrt(np.maximum(squares, 0.0) / (one + other + weights)))


def _numbered(merges: Sequence[Merge], n: int) -> list[Merge]:
    """Put merges in order of height and number each group n, n + 1, … as it is made."""
    now, found = list(range(n)), []
    for number, (one, other, height) in enumerate(sorted(merges, key=lambda merge: merge[2])):
        found.append((now[one], now[other], height))
        now[one] = n + number
    return found


def _nest(merges: Sequence[Merge], found: Gathered) -> Nest:
    """Make nodes of merges, from the root on: highest splits first, the larger part before the smaller."""
    n, root = len(found.points), len(found.points) + len(merges) - 1
    sizes = np.concatenate([found.weights, np.zeros(len(merges))])
    first, heights = np.arange(root + 1), np.zeros(root + 1, dtype=np.float32)
    for number, (one, other, height) in enumerate(merges, start=n):
        sizes[number] = sizes[one] + sizes[other]
        first[number] = min(first[one], first[other])
        heights[number] = height
    place, olds, parents, ends = {root: 0}, [root], [-1], [float(heights[root])]
    waiting = [(-ends[0], 0)] if merges else []
    while waiting:
        height, node = heapq.heappop(waiting)
        if height > -ALIKE:
            break
        one, other, _ = merges[olds[node] - n]
        for part in sorted((one, other), key=lambda old: (-sizes[old], first[old])):
            place[part] = len(olds)
            olds.append(part)
            parents.append(node)
            ends.append(min(float(heights[part]), ends[node]))  # rounding may lift a part above the whole
            if part >= n:
                heapq.heappush(waiting, (-ends[-1], place[part]))
    owner = np.zeros(root + 1, dtype=np.int64)
    for number in range(root, n - 1, -1):
        for part in merges[number - n][:2]:
            owner[part] = place.get(part, owner[number])
    above, falls = np.array(parents, dtype=np.int64), np.array(ends, dtype=np.float32)
    begins = np.where(above < 0, falls[0], falls[above])
    segments = np.full(len(olds), -1, dtype=np.int64)
    tree = Tree(above, begins, falls, sizes[olds].astype(np.int64), segments, "distance")
    return Nest(tree, owner[:n][found.member])

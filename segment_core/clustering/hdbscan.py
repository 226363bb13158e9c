"""HDBSCAN: dense groups of any shape among scattered customers."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, Tree, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.membership import numbers_of, require_customers, settle
from segment_core.clustering.rows import drawn, in_order, narrowed, on_directions, on_some
from segment_core.messages import say

MOST_DIMENSIONS = 10
"""In more dimensions everybody is far from everybody, and most customers would be called noise."""
MOST_JOINED = 25_000
"""Of more customers this many are drawn: in ten directions without clear groups, time grows faster than they do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HdbscanOptions:
    """Options of HDBSCAN."""

    smallest: int | None = option(
        None, "Smallest segment", low=2, help="Customers a segment needs at least; 2 % of all, but 15, if not given."
    )
    caution: int | None = option(
        None,
        "Caution",
        low=1,
        help="Neighbours that must be near for a place to be dense; higher leaves more outliers.",
    )


def cluster(features: Features, options: HdbscanOptions = HdbscanOptions(), progress: Progress = silent) -> Clustering:
    """Find groups that stay dense over a range of scales (Campello, Moulavi & Sander 2013).

    Above ten features the clustering is done on their ten main directions; above 25,000 customers on a sample, and
    the others go where the nearest customer in it went. Customers whom the algorithm leaves out join the nearest
    segment, in the band "outlier". Where nothing is dense there is one segment. `tree` is the condensed tree: groups
    at rising density, of which the segments are those that hold on longest.

    Raises
    ------
    OptionError
        If there are fewer than two distinct customers.
    """
    import hdbscan

    require_customers(features, at_least=2)
    progress(0, 1, say("Looking for dense groups"))
    order = in_order(features.matrix)
    points = narrowed(features.matrix[order].astype(np.float64), MOST_DIMENSIONS)
    rows = drawn(len(points), MOST_JOINED, 0)
    smallest = options.smallest or max(min(15, len(points) // 2), len(points) // 50, 2)
    smallest = max(smallest * len(rows) // len(points), 2)
    model = hdbscan.HDBSCAN(
        min_cluster_size=min(smallest, len(rows)),
        min_samples=min(options.caution or min(smallest, 10), len(rows) - 1),
        core_dist_n_jobs=1,
    )
    found = np.asarray(model.fit_predict(points[rows]), dtype=np.int64)
    nearest = _nearest(points, rows)
    labels = np.empty(len(points), dtype=np.int64)
    labels[order] = found[nearest]
    n_outside = int((labels < 0).sum())
    progress(1, 1, say("Dense groups found: {k}", k=len(set(labels[labels >= 0].tolist()))))
    reasons = (
        say("Customers outside every dense group, who joined the nearest: {n}.", n=n_outside),
        *on_directions(features.matrix.shape[1], MOST_DIMENSIONS),
        *on_some(len(points), len(rows)),
    )
    made = settle(features, labels, Step("hdbscan", options_to_json(options)), reasons=reasons)
    counts = np.bincount(nearest, minlength=len(rows))
    return replace(made, tree=_tree(model.condensed_tree_.to_numpy(), found, numbers_of(made, labels), counts))


def _nearest(points: NDArray[np.float64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each point the nearest of those drawn (a place in `rows`), and for those themselves."""
    from scipy.spatial import cKDTree

    nearest = np.empty(len(points), dtype=np.int64)
    nearest[rows] = np.arange(len(rows))
    others = np.setdiff1d(np.arange(len(points)), rows)
    if len(others):
        nearest[others] = cKDTree(points[rows]).query(points[others])[1]
    return nearest


def _tree(edges: NDArray[Any], labels: Labels, numbers: dict[int, int], counts: Labels) -> Tree:
    """Turn the library's condensed tree into ours.

    `edges` hold parent, child and density; groups are numbered from n on, customers below. `counts` (n,) say how
    many customers each of those drawn stands for.
    """
    n = len(labels)
    groups, own = edges[edges["child"] >= n], edges[edges["child"] < n]
    m = len(groups) + 1
    parents, begins, ends = np.full(m, -1, dtype=np.int64), np.zeros(m), np.zeros(m)
    places = groups["child"] - n
    # Customers who are alike are infinitely dense; a picture ends at the densest of the others.
    density = edges["lambda_val"]
    densest = float(density[np.isfinite(density)].max(initial=0.0)) or 1.0
    parents[places], begins[places] = groups["parent"] - n, np.minimum(groups["lambda_val"], densest)
    np.maximum.at(ends, edges["parent"] - n, np.minimum(density, densest))
    sizes = np.bincount(own["parent"] - n, counts[own["child"]], minlength=m).astype(np.int64)
    for node in range(m - 1, 0, -1):
        sizes[parents[node]] += sizes[node]
    segments = np.full(m, -1, dtype=np.int64)
    for label, number in numbers.items():
        left_at = own["parent"][labels[own["child"]] == label] - n
        segments[_common(parents, np.unique(left_at))] = number
    if not numbers:
        segments[0] = 0
    return Tree(parents, begins.astype(np.float32), ends.astype(np.float32), sizes, segments, "density")


def _common(parents: Labels, nodes: Labels) -> int:
    """Return the deepest node that holds all of these; children have higher numbers than parents."""
    left = set(nodes.tolist())
    while len(left) > 1:
        deepest = max(left)
        left.remove(deepest)
        left.add(int(parents[deepest]))
    return int(left.pop())

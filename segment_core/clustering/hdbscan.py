"""HDBSCAN: dense groups of any shape among scattered customers."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, Tree, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.membership import numbers_of, require_customers, settle
from segment_core.clustering.rows import in_order, narrowed, on_directions
from segment_core.messages import say

MOST_DIMENSIONS = 10
"""In more dimensions everybody is far from everybody, and most customers would be called noise."""


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

    Above ten features the clustering is done on their ten main directions. Customers whom the
    algorithm leaves out join the nearest segment, in the band "outlier". Where nothing is dense
    there is one segment. `tree` is the condensed tree: groups at rising density, of which the
    segments are those that hold on longest.

    Raises
    ------
    OptionError
        If there are fewer than two distinct customers.
    """
    import hdbscan

    require_customers(features, at_least=2)
    progress(0, 1, say("Looking for dense groups"))
    n_customers = features.n_customers
    smallest = options.smallest or max(min(15, n_customers // 2), n_customers // 50, 2)
    model = hdbscan.HDBSCAN(
        min_cluster_size=min(smallest, n_customers),
        min_samples=min(options.caution or min(smallest, 10), n_customers - 1),
        core_dist_n_jobs=1,
    )
    order = in_order(features.matrix)
    found = np.asarray(model.fit_predict(narrowed(features.matrix[order].astype(np.float64), MOST_DIMENSIONS)))
    labels = np.empty(n_customers, dtype=np.int64)
    labels[order] = found
    n_outside = int((labels < 0).sum())
    progress(1, 1, say("Dense groups found: {k}", k=len(set(labels[labels >= 0].tolist()))))
    reasons = (
        say("Customers outside every dense group, who joined the nearest: {n}.", n=n_outside),
        *on_directions(features.matrix.shape[1], MOST_DIMENSIONS),
    )
    made = settle(features, labels, Step("hdbscan", options_to_json(options)), reasons=reasons)
    return replace(made, tree=_tree(model.condensed_tree_.to_numpy(), found.astype(np.int64), numbers_of(made, labels)))


def _tree(edges: NDArray[Any], labels: Labels, numbers: dict[int, int]) -> Tree:
    """Turn the library's condensed tree into ours: `edges` hold parent, child, density and size, groups from n on."""
    n = len(labels)
    groups = edges[edges["child"] >= n]
    m = len(groups) + 1
    parents, begins, sizes = np.full(m, -1, dtype=np.int64), np.zeros(m), np.full(m, n, dtype=np.int64)
    places = groups["child"] - n
    parents[places], begins[places], sizes[places] = groups["parent"] - n, groups["lambda_val"], groups["child_size"]
    density = edges["lambda_val"]
    # Customers who are alike are infinitely dense; a picture ends at the densest of the others.
    densest = float(density[np.isfinite(density)].max(initial=0.0)) or 1.0
    ends = np.zeros(m)
    np.maximum.at(ends, edges["parent"] - n, np.minimum(density, densest))
    begins = np.minimum(begins, densest)
    own = edges[edges["child"] < n]
    segments = np.full(m, -1, dtype=np.int64)
    for label, number in numbers.items():
        left_at = own["parent"][labels[own["child"]] == label] - n
        segments[_common(parents, np.unique(left_at))] = number
    if not (labels >= 0).any():
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

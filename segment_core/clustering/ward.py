"""Ward: segments merged step by step, so that smaller ones nest in larger ones."""

from dataclasses import dataclass

import numpy as np

from segment_core.artifacts import Clustering, Features, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.membership import require_customers, settle, squared_distances
from segment_core.messages import say

MOST_MERGED = 6_000
"""Customers whose tree is built: its memory grows with the square of their number (6,000 take about 150 MB)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WardOptions:
    """Options of hierarchical clustering."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="Where the tree is cut.")
    seed: int = option(0, "Random seed", low=0, help="Which customers build the tree, where there are many.")


def cluster(features: Features, options: WardOptions = WardOptions(), progress: Progress = silent) -> Clustering:
    """Merge the two groups whose union spreads least, until `n_segments` are left (Ward 1963).

    Above 6,000 customers the tree is built on a random sample, and everybody else joins the nearest
    centre of the cut.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    """
    from sklearn.cluster import AgglomerativeClustering

    require_customers(features, at_least=options.n_segments)
    progress(0, 1, say("Building the tree of segments"))
    matrix = features.matrix.astype(np.float64)
    rows = np.arange(len(matrix))
    if len(rows) > MOST_MERGED:
        rows = np.sort(np.random.default_rng(options.seed).choice(rows, MOST_MERGED, replace=False))
    found = AgglomerativeClustering(options.n_segments, linkage="ward").fit_predict(matrix[rows])
    labels = np.empty(len(matrix), dtype=np.int64)
    if len(rows) < len(matrix):
        centres = np.stack([matrix[rows][found == number].mean(axis=0) for number in range(options.n_segments)])
        labels[:] = squared_distances(matrix, centres).argmin(axis=1)
    labels[rows] = found
    progress(1, 1, say("Segments found: {k}", k=options.n_segments))
    return settle(features, labels, Step("ward", options_to_json(options)))

"""HDBSCAN: dense groups of any shape among scattered customers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.membership import require_customers, settle
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
    there is one segment.

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
    labels = np.asarray(model.fit_predict(_narrow(features.matrix.astype(np.float64))), dtype=np.int64)
    n_outside = int((labels < 0).sum())
    progress(1, 1, say("Dense groups found: {k}", k=len(set(labels[labels >= 0].tolist()))))
    reasons = (say("Customers outside every dense group, who joined the nearest: {n}.", n=n_outside),)
    return settle(features, labels, Step("hdbscan", options_to_json(options)), reasons=reasons)


def _narrow(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    if matrix.shape[1] <= MOST_DIMENSIONS:
        return matrix
    centred = matrix - matrix.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    return np.asarray(centred @ directions[:, ::-1][:, :MOST_DIMENSIONS])

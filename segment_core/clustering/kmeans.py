"""K-means: round segments of similar size, the baseline to beat."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Floats, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.membership import require_customers, settle
from segment_core.clustering.rows import drawn, in_order
from segment_core.messages import say

MOST_STARTED = 10_000
"""Customers on whom the starts are made; the best goes on with everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KMeansOptions:
    """Options of K-Means."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="How many groups to cut.")
    n_starts: int = option(
        10, "Starts", low=1, high=100, help="How often to begin anew from other centres; the best result is kept."
    )
    seed: int = option(0, "Random seed", low=0)


def cluster(features: Features, options: KMeansOptions = KMeansOptions(), progress: Progress = silent) -> Clustering:
    """Cut customers into `n_segments` groups around their means (Lloyd 1982, k-means++ starts).

    Distances are Euclidean, so scale the features first. Every customer gets a segment: for data
    with outliers, see `hdbscan.cluster`.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.

    Examples
    --------
    >>> pairs = Features.of([[0.0], [0.1], [9.0], [9.1]], names=("spend",))
    >>> cluster(pairs, KMeansOptions(n_segments=2)).n_segments
    2
    """
    require_customers(features, at_least=options.n_segments)
    progress(0, 1, say("Cutting {k} segments", k=options.n_segments))
    labels = labels_of(features, options)
    progress(1, 1, say("Segments found: {k}", k=options.n_segments))
    return settle(features, labels, Step("kmeans", options_to_json(options)))


def labels_of(features: Features, options: KMeansOptions) -> Labels:
    """Return raw labels (n,), for those who try many numbers of segments."""
    from threadpoolctl import threadpool_limits

    # Threads add up their parts in the order they finish; one thread gives the same sums every time.
    with threadpool_limits(limits=1, user_api="openmp"):
        if features.n_customers <= MOST_STARTED:
            return _fitted(features.matrix.astype(np.float64), options)[0]
        return _from_some(features.matrix, options)


def _from_some(matrix: Floats, options: KMeansOptions) -> Labels:
    """Make the starts on some customers, and go on from the best centres with everybody."""
    from sklearn.cluster import KMeans

    order = in_order(matrix)
    some = matrix[order[drawn(len(matrix), MOST_STARTED, options.seed)]]
    _, centres = _fitted(some, options)
    model = KMeans(options.n_segments, init=centres, n_init=1, random_state=options.seed)
    labels = np.empty(len(matrix), dtype=np.int64)
    labels[order] = model.fit_predict(matrix[order])
    return labels


def _fitted(matrix: NDArray[Any], options: KMeansOptions) -> tuple[Labels, NDArray[Any]]:
    from sklearn.cluster import KMeans

    model = KMeans(options.n_segments, n_init=options.n_starts, random_state=options.seed)
    return np.asarray(model.fit_predict(matrix), dtype=np.int64), model.cluster_centers_

"""K-means: round segments of similar size, the baseline to beat."""

from dataclasses import dataclass

import numpy as np

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.membership import require_customers, settle
from segment_core.messages import say


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
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    model = KMeans(options.n_segments, n_init=options.n_starts, random_state=options.seed)
    # Threads add up their parts in the order they finish; one thread gives the same sums every time.
    with threadpool_limits(limits=1, user_api="openmp"):
        return np.asarray(model.fit_predict(features.matrix.astype(np.float64)), dtype=np.int64)

"""K-means: round segments of similar size, the baseline to beat."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Floats, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.membership import require_customers, settle
from segment_core.clustering.rows import drawn, in_order, narrowed
from segment_core.messages import say

MOST_STARTED = 10_000
"""Customers on whom the starts are made; the best goes on with everybody."""
MOST_ROUNDS = 50
"""Rounds with everybody; the centres come from a sample where they had settled, and move little."""
FEWEST_DIRECTIONS = 32
"""Main directions in which the starts are made: wide features differ in few, and what is lost is made up for after."""


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
    with outliers, see `hdbscan.cluster`. Above 10,000 customers the starts are made on a sample,
    and the best goes on with everybody.

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
    with threadpool_limits(limits=1):
        order = in_order(features.matrix)
        ordered = features.matrix[order]
        labels = np.empty(len(ordered), dtype=np.int64)
        if len(ordered) <= MOST_STARTED:
            labels[order] = _fitted(ordered.astype(np.float64), options)[0]
        else:
            labels[order] = _from_some(ordered, options)
        return labels


def _from_some(ordered: Floats, options: KMeansOptions) -> Labels:
    """Make the starts on some customers in their main directions, and go on from the best with everybody."""
    some = ordered[drawn(len(ordered), MOST_STARTED, options.seed)]
    narrow = narrowed(some.astype(np.float64), max(FEWEST_DIRECTIONS, options.n_segments)).astype(np.float32)
    cut = _fitted(narrow, options)[0]
    centres = np.stack([some[cut == number].mean(axis=0) for number in range(options.n_segments)])
    for rows, most in ((some, 300), (ordered, MOST_ROUNDS)):
        cut, centres = _fitted(rows, options, centres, most)
    return cut


def _fitted(
    matrix: NDArray[Any], options: KMeansOptions, centres: NDArray[Any] | None = None, most: int = 300
) -> tuple[Labels, NDArray[Any]]:
    from sklearn.cluster import KMeans

    started = {"n_init": options.n_starts} if centres is None else {"init": centres, "n_init": 1}
    model = KMeans(options.n_segments, max_iter=most, random_state=options.seed, **started)
    return np.asarray(model.fit_predict(matrix), dtype=np.int64), model.cluster_centers_

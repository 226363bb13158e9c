"""Mini-batch: K-Means that looks at some customers at a time, for very many of them."""

from dataclasses import dataclass

import numpy as np

from segment_core.artifacts import Clustering, Features, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.membership import require_customers, settle
from segment_core.clustering.rows import in_order
from segment_core.messages import say


@dataclass(frozen=True, slots=True, kw_only=True)
class MiniBatchOptions:
    """Options of mini-batch K-Means."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="How many groups to cut.")
    batch: int = option(
        2_048, "Customers at a time", low=100, high=100_000, help="Fewer are quicker and less exact.", step=100
    )
    n_starts: int = option(10, "Starts", low=1, high=100, help="How often to begin anew; the best start goes on.")
    seed: int = option(0, "Random seed", low=0)


def cluster(
    features: Features, options: MiniBatchOptions = MiniBatchOptions(), progress: Progress = silent
) -> Clustering:
    """Move means by batches of customers drawn at random (Sculley 2010), then give everybody to the nearest.

    Memory stays that of a batch, and segments come out a little less exact than those of `kmeans.cluster`.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    """
    from sklearn.cluster import MiniBatchKMeans
    from threadpoolctl import threadpool_limits

    require_customers(features, at_least=options.n_segments)
    progress(0, 1, say("Cutting {k} segments", k=options.n_segments))
    order = in_order(features.matrix)
    matrix = features.matrix[order]
    model = MiniBatchKMeans(
        options.n_segments,
        batch_size=options.batch,
        n_init=options.n_starts,
        init_size=max(3 * options.batch, 3 * options.n_segments),
        random_state=options.seed,
    )
    labels = np.empty(features.n_customers, dtype=np.int64)
    # Threads add up their parts in the order they finish; one thread gives the same sums every time.
    with threadpool_limits(limits=1):
        labels[order] = model.fit_predict(matrix)
    progress(1, 1, say("Segments found: {k}", k=len(np.unique(labels))))
    return settle(features, labels, Step("minibatch", options_to_json(options)))

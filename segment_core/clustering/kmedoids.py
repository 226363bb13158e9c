"""k-medoids: segments round typical customers, whom far ones pull less than they pull a mean."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.medoids import among_some, around_medoids
from segment_core.clustering.membership import require_customers, settle, squared_distances
from segment_core.clustering.rows import in_order
from segment_core.messages import say


@dataclass(frozen=True, slots=True, kw_only=True)
class KMedoidsOptions:
    """Options of k-medoids on the features' own distance."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="How many groups to cut.")
    n_samples: int = option(
        5, "Samples", low=1, high=50, help="With many customers: how many samples are searched; the best result wins."
    )
    seed: int = option(0, "Random seed", low=0, help="Which customers are sampled, where there are many.")


def cluster(
    features: Features, options: KMedoidsOptions = KMedoidsOptions(), progress: Progress = silent
) -> Clustering:
    """Gather customers round `n_segments` of them, the medoids, at the least total Euclidean distance.

    Distances count once and not squared, so a far customer pulls less than with K-Means. For columns of categories
    and gaps see `gower.cluster`. How medoids are sought, and how far above 2,000 customers: `medoids`.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    """
    require_customers(features, at_least=options.n_segments)
    progress(0, 1, say("Looking for typical customers"))
    order = in_order(features.matrix)
    matrix = features.matrix[order].astype(np.float64)

    def between(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.asarray(np.sqrt(squared_distances(matrix[one], matrix[other])), dtype=np.float32)

    n = features.n_customers
    labels = np.empty(n, dtype=np.int64)
    labels[order] = around_medoids(
        between, n, options.n_segments, progress, n_samples=options.n_samples, seed=options.seed
    )
    made_by = Step("kmedoids", options_to_json(options))
    return settle(features, labels, made_by, reasons=among_some(n, options.n_samples))

"""Matching: which segment of a new run is which of the run before, by the customers in them."""

from collections.abc import Mapping

import numpy as np

from segment_core.study import Study

LEAST = 0.5
"""Jaccard similarity from which on two segments are one and the same."""


def matched(before: Study, now: Study) -> Mapping[str, str]:
    """Return the segment before for each segment now that has one, one to one, as the customers in both runs tell.

    The pairs are those that add up to the most (Kuhn 1955, on Jaccard similarities); a pair below a half is none.
    Customers who are new or gone speak neither for nor against.
    """
    if before.clustering is None or now.clustering is None:
        return {}
    from scipy.optimize import linear_sum_assignment

    places = before.customers.frame.index.get_indexer(now.customers.frame.index)
    both = places >= 0
    new, old = now.clustering.labels[both], before.clustering.labels[places[both]]
    n_new, n_old = now.clustering.n_segments, before.clustering.n_segments
    shared = np.bincount(new * n_old + old, minlength=n_new * n_old).reshape(n_new, n_old)
    either = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    likeness = shared / np.maximum(either, 1)
    rows, columns = linear_sum_assignment(-likeness)
    return {
        now.clustering.segments[row].id: before.clustering.segments[column].id
        for row, column in zip(rows, columns, strict=True)
        if likeness[row, column] >= LEAST
    }

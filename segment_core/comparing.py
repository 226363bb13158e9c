"""Comparing: two cuts of the same customers side by side: who went where, and how far they agree."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Labels
from segment_core.errors import DataError
from segment_core.study import Study


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Who is in which segment: customer ids (n,), labels (n,), and each segment's name."""

    customers: NDArray[np.str_]
    labels: Labels
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two cuts side by side, on the customers that are in both.

    `flows` (k_first, k_second) counts customers by their segments. `matched` names for each segment of the first the
    one of the second that is most like it, -1 where none is left; each is taken once, so that most customers stay.
    `stayed` is the share of customers who are in the match of their old segment. `ari` (adjusted Rand, 0 is by luck)
    and `nmi` (normalised mutual information) run to 1 and do not care what segments are called.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    flows: Labels
    matched: tuple[int, ...]
    stayed: float
    ari: float
    nmi: float
    n_both: int
    n_gone: int
    n_new: int


def cut_of(study: Study) -> Cut | None:
    """Return who is in which segment of a study, or None where there are none yet."""
    if study.clustering is None:
        return None
    names = {persona.segment: persona.name for persona in study.personas.personas} if study.personas else {}
    titles = tuple(names.get(segment.id) or segment.id for segment in study.clustering.segments)
    return Cut(study.customers.frame.index.to_numpy().astype(str), study.clustering.labels, titles)


def compare(first: Cut, second: Cut) -> Comparison:
    """Compare two cuts by customer id, whatever the order of rows.

    The match is the assignment that keeps most customers together (Kuhn 1955).

    Raises
    ------
    DataError
        If no customer is in both.

    Examples
    --------
    >>> one = Cut(np.array(["a", "b", "c"]), np.array([0, 0, 1]), ("Old", "New"))
    >>> two = Cut(np.array(["c", "b", "a"]), np.array([0, 1, 1]), ("Fresh", "Known"))
    >>> compare(one, two).stayed
    1.0
    """
    from scipy.optimize import linear_sum_assignment
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    both, rows, others = np.intersect1d(first.customers, second.customers, return_indices=True)
    if not len(both):
        raise DataError("No customer is in both, so there is nothing to compare.")
    one, two = first.labels[rows], second.labels[others]
    flows = np.zeros((len(first.names), len(second.names)), dtype=np.int64)
    np.add.at(flows, (one, two), 1)
    left, right = linear_sum_assignment(-flows)
    matched = np.full(len(first.names), -1, dtype=np.int64)
    matched[left] = right
    return Comparison(
        first.names,
        second.names,
        flows,
        tuple(int(place) for place in matched),
        round(float(flows[left, right].sum() / len(both)), 4),
        round(float(adjusted_rand_score(one, two)), 4),
        round(float(normalized_mutual_info_score(one, two)), 4),
        len(both),
        len(first.customers) - len(both),
        len(second.customers) - len(both),
    )

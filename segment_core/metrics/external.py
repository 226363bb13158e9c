"""External: how far do the segments agree with labels that are known already?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segment_core.artifacts import Clustering, Score
from segment_core.errors import DataError
from segment_core.messages import Message, say

LABELS = "labels"
MOST_LABELS = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """Segments against known labels: the scores, how many customers had none, and who meets whom.

    `table` counts customers, segments down and labels across, the most frequent label first. `matches` gives a
    segment the label that it stands for in the accuracy; there are none where there are more segments than labels.
    """

    scores: tuple[Score, ...]
    n_without: int
    table: pd.DataFrame
    matches: dict[str, str]


def agreement(clustering: Clustering, known: Sequence[str | None]) -> Agreement:
    """Compare segments with the labels of a column, by customer; those without a label (None or "") are left out.

    - *ari*: adjusted Rand index; 0 is what chance gives, 1 the same groups (Hubert & Arabie 1985).
    - *nmi*: normalised mutual information, by the arithmetic mean; chance gives more than 0 where groups are many.
    - *v_measure*, *homogeneity*, *completeness*: do segments hold one label, are labels in one segment (Rosenberg &
      Hirschberg 2007). V-measure with equal weights is the same number as this NMI; both are named because people ask
      for both.
    - *accuracy*: the part of customers in the segment that stands for their label, one label a segment (Kuhn 1955).

    Raises
    ------
    DataError
        If fewer than two customers have a label, all the same one, or every customer another.
    """
    from scipy.optimize import linear_sum_assignment
    from sklearn.metrics import adjusted_rand_score, homogeneity_completeness_v_measure, normalized_mutual_info_score

    labels = np.array(["" if pd.isna(label) else str(label) for label in known], dtype=object)
    there = labels != ""
    names, codes = np.unique(labels[there].astype(str), return_inverse=True)
    if not 2 <= len(names) <= min(MOST_LABELS, int(there.sum()) - 1):
        raise DataError(
            "Segments can be compared with 2 to {most} different labels that several customers share; "
            "{n} customers have a label, and {found} labels are different.",
            most=MOST_LABELS,
            n=int(there.sum()),
            found=len(names),
        )
    own = clustering.labels[there]
    counts = np.zeros((clustering.n_segments, len(names)), dtype=np.int64)
    np.add.at(counts, (own, codes), 1)
    segments, matched = linear_sum_assignment(-counts)
    homogeneity, completeness, v_measure = homogeneity_completeness_v_measure(codes, own)
    values = {
        "ari": adjusted_rand_score(codes, own),
        "nmi": normalized_mutual_info_score(codes, own),
        "v_measure": v_measure,
        "homogeneity": homogeneity,
        "completeness": completeness,
        "accuracy": counts[segments, matched].sum() / counts.sum(),
    }
    meanings = _meanings()
    n = int(there.sum())
    ids = [segment.id for segment in clustering.segments]
    order = np.argsort(-counts.sum(axis=0), kind="stable")
    return Agreement(
        tuple(
            Score(name, round(float(value), 4), "higher", LABELS, n, meanings[name]) for name, value in values.items()
        ),
        len(labels) - n,
        pd.DataFrame(counts[:, order], index=ids, columns=names[order]),
        {ids[one]: str(names[other]) for one, other in zip(segments, matched, strict=True) if counts[one, other]},
    )


def _meanings() -> dict[str, Message]:
    return {
        "ari": say("Pairs of customers who are together or apart in both; 0 is what chance gives, 1 the same groups."),
        "nmi": say("From 0 to 1: how much knowing the segment tells of the label, and the other way round."),
        "v_measure": say("From 0 to 1: the harmonic mean of homogeneity and completeness."),
        "homogeneity": say("From 0 to 1: does each segment hold one label only?"),
        "completeness": say("From 0 to 1: are customers with the same label in one segment?"),
        "accuracy": say("The part of customers in the segment that stands for their label, one label a segment."),
    }

"""Calinski–Harabasz: how far apart are the centres, against the spread around them?"""

from dataclasses import dataclass

import numpy as np

from segment_core.artifacts import Clustering, Features, Score
from segment_core.choices import option
from segment_core.messages import say
from segment_core.metrics.space import SPACE, Again, can_score, sampled


@dataclass(frozen=True, slots=True, kw_only=True)
class CalinskiHarabaszOptions:
    """Options of the Calinski-Harabasz index."""

    most: int = option(200_000, "Customers at most", low=100, help="Taken on a random sample above this number.")
    seed: int = option(0, "Random seed", low=0)


def score(
    features: Features,
    clustering: Clustering,
    again: Again,
    options: CalinskiHarabaszOptions = CalinskiHarabaszOptions(),
) -> tuple[Score, ...]:
    """Compare spread between segments with spread inside them (Calinski & Harabasz 1974).

    It grows with the number of customers: compare it only between runs on the same ones.
    """
    from sklearn.metrics import calinski_harabasz_score

    matrix, labels = sampled(features, clustering.labels, options.most, options.seed)
    if not can_score(labels):
        return ()
    k = len(np.unique(labels))
    # The index is a ratio times n - k: brought back from the sample to everybody.
    value = float(calinski_harabasz_score(matrix, labels)) * (features.n_customers - k) / (len(labels) - k)
    meaning = say("How far apart the centres are, against the spread around them; compare only on the same customers.")
    return (Score("calinski_harabasz", round(value, 2), "higher", SPACE, len(labels), meaning),)

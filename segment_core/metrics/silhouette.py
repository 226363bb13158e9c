"""Silhouette: are customers nearer to their own segment than to the next?"""

from dataclasses import dataclass

import numpy as np

from segment_core.artifacts import Clustering, Features, Score
from segment_core.choices import option
from segment_core.messages import say
from segment_core.metrics.space import SPACE, Again, can_score, sampled


@dataclass(frozen=True, slots=True, kw_only=True)
class SilhouetteOptions:
    """Options of the silhouette."""

    most: int = option(5_000, "Customers at most", low=100, help="Taken on a random sample above this number.")
    seed: int = option(0, "Random seed", low=0)


def score(
    features: Features, clustering: Clustering, again: Again, options: SilhouetteOptions = SilhouetteOptions()
) -> tuple[Score, ...]:
    """Score from -1 (in the wrong segment) to 1 (far from every other), overall and by segment (Rousseeuw 1987).

    Real customers rarely reach 0.5; in many dimensions 0.1 to 0.3 is usual for useful segments.
    """
    from sklearn.metrics import silhouette_samples

    matrix, labels = sampled(features, clustering.labels, options.most, options.seed)
    if not can_score(labels):
        return ()
    values = silhouette_samples(matrix, labels)
    meaning = say("From -1 to 1: how much nearer customers are to their own segment than to the next one.")
    found = [Score("silhouette", round(float(values.mean()), 4), "higher", SPACE, len(labels), meaning)]
    for number, segment in enumerate(clustering.segments):
        own = labels == number
        if own.any():
            value = round(float(values[own].mean()), 4)
            found.append(Score("silhouette", value, "higher", SPACE, int(np.sum(own)), meaning, segment.id))
    return tuple(found)

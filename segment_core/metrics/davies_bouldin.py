"""Davies–Bouldin: how much does each segment overlap the one most like it?"""

from dataclasses import dataclass

from segment_core.artifacts import Clustering, Features, Score
from segment_core.choices import option
from segment_core.messages import say
from segment_core.metrics.space import SPACE, Again, can_score, sampled


@dataclass(frozen=True, slots=True, kw_only=True)
class DaviesBouldinOptions:
    """Options of the Davies-Bouldin index."""

    most: int = option(200_000, "Customers at most", low=100, help="Taken on a random sample above this number.")
    seed: int = option(0, "Random seed", low=0)


def score(
    features: Features, clustering: Clustering, again: Again, options: DaviesBouldinOptions = DaviesBouldinOptions()
) -> tuple[Score, ...]:
    """Average each segment's worst ratio of widths to distance of centres (Davies & Bouldin 1979); 0 is apart."""
    from sklearn.metrics import davies_bouldin_score

    matrix, labels = sampled(features, clustering.labels, options.most, options.seed)
    if not can_score(labels):
        return ()
    value = round(float(davies_bouldin_score(matrix, labels)), 4)
    meaning = say("How much each segment overlaps the one most like it; 0 is no overlap, above 2 is much.")
    return (Score("davies_bouldin", value, "lower", SPACE, len(labels), meaning),)

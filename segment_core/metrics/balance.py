"""Balance: are the segments of a size one can work with?"""

from dataclasses import dataclass

import numpy as np

from segment_core.artifacts import Clustering, Features, Score
from segment_core.messages import say
from segment_core.metrics.space import Again, can_score
from segment_core.separation import evenness

SIZES = "sizes"


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceOptions:
    """Balance asks nothing: it counts everybody."""


def score(
    features: Features, clustering: Clustering, again: Again, options: BalanceOptions = BalanceOptions()
) -> tuple[Score, ...]:
    """Return the evenness of the sizes, 0 to 1, and the share of the smallest segment.

    More of `evenness` is not better as such: kinds of customers are seldom equally many. A low value says that one
    segment holds nearly everybody.
    """
    if not can_score(clustering.labels):
        return ()
    n = len(clustering.labels)
    sizes = np.array([segment.size for segment in clustering.segments])
    meaning = say("From 0 to 1: how even the sizes are; near 0 one segment holds nearly everybody.")
    smallest = say("The share of the smallest segment; below 0.02 it is seldom worth a campaign of its own.")
    return (
        Score("balance", round(evenness(sizes), 4), "higher", SIZES, n, meaning),
        Score("smallest_share", round(float(sizes.min()) / n, 4), "higher", SIZES, n, smallest),
    )

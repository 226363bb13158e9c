"""Stability: would these segments come back with other customers?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Score
from segment_core.choices import option
from segment_core.messages import say
from segment_core.metrics.space import SPACE, Again, can_score, drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityOptions:
    """Options of bootstrap stability."""

    n_draws: int = option(20, "Draws", low=5, high=200, help="How many other sets of customers are imagined.")
    most: int = option(2_000, "Customers at most", low=100, help="Customers in each draw.")
    seed: int = option(0, "Random seed", low=0)


def score(
    features: Features, clustering: Clustering, again: Again, options: StabilityOptions = StabilityOptions()
) -> tuple[Score, ...]:
    """Draw customers with replacement, cut them anew, and see how much of each segment returns (Hennig 2007).

    For each segment the largest Jaccard overlap with a new segment is averaged over all draws: above
    0.85 it is the same segment every time, from 0.75 it can be trusted, below 0.5 it dissolves. The
    overall value is the mean over customers.
    """
    if not can_score(clustering.labels):
        return ()
    random = np.random.default_rng(options.seed)
    n_customers = features.n_customers
    overlaps = np.zeros((options.n_draws, clustering.n_segments))
    for draw in range(options.n_draws):
        rows = np.unique(random.integers(n_customers, size=min(n_customers, options.most)))
        found = again(drawn(features, rows), int(random.integers(2**31)), rows)
        overlaps[draw] = best_overlaps(clustering.labels[rows], found, clustering.n_segments)
    values = overlaps.mean(axis=0)
    sizes = np.array([segment.size for segment in clustering.segments])
    meaning = say("From 0 to 1: how much of a segment comes back when other customers are cut; trust it from 0.75.")
    overall = round(float(np.average(values, weights=sizes)), 4)
    n_drawn = min(n_customers, options.most)
    return (
        Score("stability", overall, "higher", SPACE, n_drawn, meaning),
        *(
            Score("stability", round(float(value), 4), "higher", SPACE, n_drawn, meaning, segment.id)
            for segment, value in zip(clustering.segments, values, strict=True)
        ),
    )


def best_overlaps(old: Labels, new: Labels, n_segments: int) -> NDArray[np.float64]:
    """Return for each old segment its largest Jaccard overlap with a new one; 0 where nobody of it was drawn."""
    both = np.zeros((n_segments, int(new.max()) + 1))
    np.add.at(both, (old, new), 1)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    return np.asarray((both / np.maximum(either, 1)).max(axis=1))

"""Stability: would these segments come back with other customers?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Score
from segment_core.choices import option
from segment_core.messages import say
from segment_core.metrics.space import SPACE, Again, can_score, drawn

BANDS = ("core", "fringe", "outlier")


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
    came, drawn_at_all = np.zeros(n_customers), np.zeros(n_customers)
    for draw in range(options.n_draws):
        rows = np.unique(random.integers(n_customers, size=min(n_customers, options.most)))
        found = again(drawn(features, rows), int(random.integers(2**31)), rows)
        shared = _overlaps(clustering.labels[rows], found, clustering.n_segments)
        overlaps[draw] = shared.max(axis=1)
        came[rows] += shared.argmax(axis=1)[clustering.labels[rows]] == found
        drawn_at_all[rows] += 1
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
        *reappearance(clustering, came, drawn_at_all),
    )


def reappearance(
    clustering: Clustering, came: NDArray[np.float64], drawn_at_all: NDArray[np.float64]
) -> tuple[Score, ...]:
    """Return how often customers came back in their own segment: all of them, then those of each band.

    `came` (n,) counts the draws in which a customer was in the new segment that overlaps the own one most,
    `drawn_at_all` (n,) those in which the customer was drawn. That the core comes back more often than the fringe is
    what the bands are worth.
    """
    everybody = say("From 0 to 1: how often a customer is in the same segment again when other customers are cut.")
    of_band = say(
        "From 0 to 1: how often customers of this band are in the same segment again when others are cut; the core "
        "should come back more often than the fringe."
    )
    found = []
    for name, own in (
        ("reappearance", np.ones(len(came), dtype=bool)),
        *((f"reappearance_{band}", clustering.bands == band) for band in BANDS),
    ):
        total = float(drawn_at_all[own].sum())
        if total:
            meaning = everybody if name == "reappearance" else of_band
            n = int((drawn_at_all[own] > 0).sum())
            found.append(Score(name, round(float(came[own].sum()) / total, 4), "higher", SPACE, n, meaning))
    return tuple(found)


def best_overlaps(old: Labels, new: Labels, n_segments: int) -> NDArray[np.float64]:
    """Return for each old segment its largest Jaccard overlap with a new one; 0 where nobody of it was drawn."""
    return np.asarray(_overlaps(old, new, n_segments).max(axis=1))


def _overlaps(old: Labels, new: Labels, n_segments: int) -> NDArray[np.float64]:
    both = np.zeros((n_segments, int(new.max()) + 1))
    np.add.at(both, (old, new), 1)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    return np.asarray(both / np.maximum(either, 1))

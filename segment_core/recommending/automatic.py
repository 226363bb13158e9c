"""Automatic: EASE where its matrix of all pairs is small, neighbours above."""

import dataclasses
from dataclasses import dataclass

from segment_core.artifacts import Progress, silent
from segment_core.recommending import ease, neighbours
from segment_core.recommending.blending import Picks
from segment_core.recommending.interactions import Interactions
from segment_core.recommending.options import BlendOptions

MOST_FOR_EASE = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticOptions(BlendOptions):
    """What every way to recommend can be told."""


def recommend(
    interactions: Interactions, options: AutomaticOptions = AutomaticOptions(), progress: Progress = silent
) -> Picks:
    """Recommend by EASE up to 4,000 items, by neighbours above.

    Raises
    ------
    DataError
        If there are fewer than two items.
    """
    given = dataclasses.asdict(options)
    if interactions.n_items <= MOST_FOR_EASE:
        return ease.recommend(interactions, ease.EaseOptions(**given), progress)
    return neighbours.recommend(interactions, neighbours.NeighboursOptions(**given), progress)

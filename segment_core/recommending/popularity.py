"""Popularity: what the segment buys, then what many buy; for customers of whom little is known."""

from dataclasses import dataclass

from segment_core.artifacts import Progress, silent
from segment_core.recommending.blending import Picks, blend
from segment_core.recommending.interactions import Interactions, require_items
from segment_core.recommending.options import BlendOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class PopularityOptions(BlendOptions):
    """Nothing to learn: only what is blended."""


def recommend(
    interactions: Interactions, options: PopularityOptions = PopularityOptions(), progress: Progress = silent
) -> Picks:
    """Recommend what the segment and many customers buy lately.

    Raises
    ------
    DataError
        If there are fewer than two items.
    """
    require_items(interactions)
    return blend(interactions, None, options, progress)

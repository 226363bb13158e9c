"""Scoring: a segmentation that can be kept: who comes where, why, and what would move them."""

from segment_core.scoring.explaining import Fact, Why, explain
from segment_core.scoring.moving import Change, Step, changeable, smallest_change
from segment_core.scoring.saying import change_said, fact_said
from segment_core.scoring.scorer import fit, score

__all__ = [
    "Change",
    "Fact",
    "Step",
    "Why",
    "change_said",
    "changeable",
    "explain",
    "fact_said",
    "fit",
    "score",
    "smallest_change",
]

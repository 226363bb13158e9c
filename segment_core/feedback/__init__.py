"""Feedback: what an analyst said about segments and customers, replayed on whatever segments were found."""

from segment_core.feedback.entries import SHAPING, VERDICTS, counting, shaping, to_redo, to_undo, waiting
from segment_core.feedback.links import Violation, violated
from segment_core.feedback.replaying import Nearest, Outcome, nearest_mean, replay
from segment_core.feedback.returning import Change, returned
from segment_core.feedback.witnesses import known, spread, witnessed

__all__ = [
    "SHAPING",
    "VERDICTS",
    "Change",
    "Nearest",
    "Outcome",
    "Violation",
    "counting",
    "known",
    "nearest_mean",
    "replay",
    "returned",
    "shaping",
    "spread",
    "to_redo",
    "to_undo",
    "violated",
    "waiting",
    "witnessed",
]

"""Feedback: the analyst answers back: edits are replayed on whatever segments were found, answers are learned from."""

from segment_core.feedback.agreeing import kappa
from segment_core.feedback.entries import SHAPING, VERDICTS, counting, shaping, to_redo, to_undo, waiting
from segment_core.feedback.judging import Trial, judge
from segment_core.feedback.learning import Answer, held_out, learn, told_same
from segment_core.feedback.links import Violation, violated
from segment_core.feedback.pieces import cut_into_pieces
from segment_core.feedback.questions import Question, questions
from segment_core.feedback.replaying import Nearest, Outcome, nearest_mean, replay
from segment_core.feedback.returning import Change, returned
from segment_core.feedback.witnesses import known, spread, witnessed

__all__ = [
    "SHAPING",
    "VERDICTS",
    "Answer",
    "Change",
    "Nearest",
    "Outcome",
    "Question",
    "Trial",
    "Violation",
    "counting",
    "cut_into_pieces",
    "held_out",
    "judge",
    "kappa",
    "known",
    "learn",
    "nearest_mean",
    "questions",
    "replay",
    "returned",
    "shaping",
    "spread",
    "to_redo",
    "to_undo",
    "told_same",
    "violated",
    "waiting",
    "witnessed",
]

"""Feedback: the analyst answers back, and what was said is learned from, measured, and kept or refused."""

from segment_core.feedback.judging import Trial, judge
from segment_core.feedback.learning import Answer, held_out, learn, told_same
from segment_core.feedback.pieces import cut_into_pieces
from segment_core.feedback.questions import Question, questions

__all__ = ["Answer", "Question", "Trial", "cut_into_pieces", "held_out", "judge", "learn", "questions", "told_same"]

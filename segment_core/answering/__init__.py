"""Answering: questions in plain words, answered from computed tables only, or said to have no answer in them."""

from segment_core.answering.asked import SEGMENTS, Answer, Asked, CannotAnswer, Understood
from segment_core.answering.asking import ASK
from segment_core.answering.forms import read_from_json, read_to_json
from segment_core.answering.modelled import ask_model, letter
from segment_core.answering.querying import run_sql, sql_of
from segment_core.answering.running import FEWEST, run
from segment_core.answering.saying import figure, group_label, query, subject, worded
from segment_core.answering.speaking import TOPICS
from segment_core.answering.trying import examples
from segment_core.answering.understanding import understand

__all__ = [
    "ASK",
    "FEWEST",
    "SEGMENTS",
    "TOPICS",
    "Answer",
    "Asked",
    "CannotAnswer",
    "Understood",
    "ask_model",
    "examples",
    "figure",
    "group_label",
    "letter",
    "query",
    "read_from_json",
    "read_to_json",
    "run",
    "run_sql",
    "sql_of",
    "subject",
    "understand",
    "worded",
]

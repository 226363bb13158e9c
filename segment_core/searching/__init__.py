"""Searching: customers by words, by what they mean, and by conditions; with what they said of it."""

from segment_core.searching.asking import ASK, answer, answer_key, ask, base_key
from segment_core.searching.finding import Found, Quote, as_conditions, find, quotes
from segment_core.searching.index import Index, index_key, index_of
from segment_core.searching.meaning import NOTHING, Alike, alike, cut_of
from segment_core.searching.passages import Passages, passages_of
from segment_core.searching.sending import Sending, is_read, sending, server
from segment_core.searching.words import scored

__all__ = [
    "ASK",
    "NOTHING",
    "Alike",
    "Found",
    "Index",
    "Passages",
    "Quote",
    "Sending",
    "alike",
    "answer",
    "answer_key",
    "as_conditions",
    "ask",
    "base_key",
    "cut_of",
    "find",
    "index_key",
    "index_of",
    "is_read",
    "passages_of",
    "quotes",
    "scored",
    "sending",
    "server",
]

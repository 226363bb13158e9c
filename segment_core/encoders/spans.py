"""Spans: where the words of a text stand, in any language."""

import re

from segment_core.language import CJK

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def spans(text: str) -> list[tuple[int, int]]:
    """Return the places (start, end) of the words of a text, without punctuation; Chinese is cut by jieba.

    Examples
    --------
    >>> spans("Don't, 2nd!")
    [(0, 5), (7, 10)]
    """
    found = [match.span() for match in WORD.finditer(text)]
    if not CJK.search(text):
        return found
    return [inner for start, end in found for inner in _cut(text, start, end)]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if not CJK.search(text, start, end):
        return [(start, end)]
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    return [(start + first, start + last) for _, first, last in jieba.tokenize(text[start:end])]

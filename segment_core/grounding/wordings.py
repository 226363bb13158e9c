"""Wordings: what stands in a text, whatever it is about."""

import re
from collections.abc import Sequence

from segment_core.grounding import slots
from segment_core.grounding.problems import Problem
from segment_core.llm import filters
from segment_core.messages import say

_MARKS = re.compile(r"<<|>>|\b[A-Za-z]{2,}\([A-Za-z0-9$]+[:!,;]")
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b")
SHOUTED = Problem("shouting", say("Write no words in capitals."))
_UNFIT = {
    "link": say("Give no links or addresses."),
    "email": say("Give no e-mail addresses."),
    "phone": say("Give no phone numbers."),
    "html": say("Use no HTML."),
    "markdown": say("Use no markdown."),
}


def text_problems(text: str, longest: int) -> list[Problem]:
    """Return what speaks against a text as such: empty, too long, invisible characters, links, HTML, markdown."""
    found = []
    if not text.strip():
        found.append(Problem("empty", say("Write a sentence.")))
    if len(text) > longest:
        found.append(Problem("too-long", say("Write at most {n} characters.", n=longest)))
    if any(filters.is_unseen(letter) and letter != "\n" for letter in text) or filters.looks_alike(text):
        found.append(Problem("invisible", say("Use no control or invisible characters.")))
    if filters.reads_like_a_command(text):
        found.append(Problem("command", say("Write about customers, and nothing that reads like a command.")))
    if (
        text.lstrip().startswith(("=", "＝", "+", "＋"))
        or any(letter in "{}|" for letter in text)
        or _MARKS.search(text)
    ):
        found.append(Problem("formula", say("Use no formulas, braces or markers.")))
    found += [Problem(code, _UNFIT[code]) for code in filters.unfit(slots.without(text))]
    return found


def matches(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    """Tell whether any of the patterns stands in a text."""
    return any(pattern.search(text) for pattern in patterns)


def shouts(text: str, allowed: str) -> bool:
    """Tell whether a word of four or more Latin letters stands in capitals, which none of what is allowed holds."""
    return any(word not in allowed for word in _SHOUTED.findall(text))

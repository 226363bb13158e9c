"""Wordings: what stands in a text, whatever it is about."""

import re
from collections.abc import Sequence

from segment_core.grounding import slots
from segment_core.grounding.problems import Problem
from segment_core.llm import filters
from segment_core.messages import say

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
    if any(filters.is_unseen(letter) and letter != "\n" for letter in text):
        found.append(Problem("invisible", say("Use no control or invisible characters.")))
    found += [Problem(code, _UNFIT[code]) for code in filters.unfit(slots.without(text))]
    return found


def matches(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    """Tell whether any of the patterns stands in a text."""
    return any(pattern.search(text) for pattern in patterns)

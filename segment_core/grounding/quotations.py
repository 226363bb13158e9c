"""Quotations: words that a sentence puts into customers' mouths, which are given by id and never written out."""

import re

from segment_core.llm.filters import fold

_MARKED = re.compile(
    r"“([^”]*)”|\"([^\"]*)\"|„([^“”]*)[“”]|«([^»]*)»|「([^」]*)」|『([^』]*)』|《([^》]*)》|‘([^’]{3,})’(?!\w)"
    r"|(?<!\w)'([^']{3,})'(?!\w)"
)
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:'[a-z]+)?")
_RUN, _CHINESE_RUN = 5, 7
"""So many words, or Chinese characters, in a row are a repetition and no chance."""


def stand_in(text: str) -> bool:
    """Tell whether anything stands between quotation marks, once what is cited has been blanked out."""
    return any(any(map(str.isalnum, "".join(filter(None, match.groups())))) for match in _MARKED.finditer(text))


def repeats(text: str, quote: str) -> bool:
    """Tell whether a run of the quote stands in a text word for word, whatever the punctuation."""
    words, plain = _TOKEN.findall(fold(quote)), f" {' '.join(_TOKEN.findall(fold(text)))} "
    run = _CHINESE_RUN if sum(len(one) == 1 and not one.isascii() for one in words) * 2 > len(words) else _RUN
    if len(words) < run:
        return len(quote) >= 8 and f" {' '.join(words)} " in plain
    return any(f" {' '.join(words[start : start + run])} " in plain for start in range(len(words) - run + 1))

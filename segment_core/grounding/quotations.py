"""Quotations: words that a sentence puts into customers' mouths, which are given by id and never written out."""

import re
from functools import lru_cache

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


def is_short(quote: str) -> bool:
    """Tell a quote of so few words, or of Chinese terms, that cited terms and labels may add up to it."""
    words = _tokens(quote)
    return len(words) <= _RUN + 1 or _is_chinese(words)


def repeats(text: str, quote: str) -> bool:
    """Tell whether a run of the quote stands in a text word for word, whatever the punctuation."""
    words, said = _tokens(quote), _tokens(text)
    run = _CHINESE_RUN if _is_chinese(words) else _RUN
    if len(words) < run:
        return len(quote) >= 8 and bool(words) and words in _runs(said, len(words))
    return not _runs(words, run).isdisjoint(_runs(said, run))


# A sheet's quotes are asked about for each sentence: they are taken apart once.
@lru_cache(8192)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(fold(text)))


@lru_cache(8192)
def _runs(words: tuple[str, ...], length: int) -> frozenset[tuple[str, ...]]:
    return frozenset(words[start : start + length] for start in range(len(words) - length + 1))


@lru_cache(8192)
def _is_chinese(words: tuple[str, ...]) -> bool:
    return sum(len(one) == 1 and not one.isascii() for one in words) * 2 > len(words)

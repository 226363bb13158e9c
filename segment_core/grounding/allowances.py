"""Allowances: the words of cited labels and terms, which a sentence may repeat as they are."""

import re
from collections.abc import Iterable

from segment_core.artifacts import EvidenceItem
from segment_core.llm.filters import fold
from segment_core.phrasing.wording import LONG, SHORT, clean, humanise, word


def known_words(cited: Iterable[EvidenceItem]) -> tuple[str, ...]:
    """Return the wordings that the cited items allow, longest first."""
    found: set[str] = set()
    for item in cited:
        if item.kind == "term":
            found.update((item.text or item.label, clean(item.text or item.label)))
        elif item.kind != "quote":
            found.update((item.label, item.column, clean(item.label), humanise(item.column), humanise(item.label)))
        if item.kind in ("share", "median", "mean", "date"):
            for wording in (word(item, LONG), word(item, SHORT)):
                found.update((wording.column, wording.value))
                found.update((f"{wording.column} “{wording.value}”", f"{wording.column} {wording.value}"))
    folded = {fold(text).strip() for text in found}
    return tuple(sorted((text for text in folded if text), key=lambda text: (-len(text), text)))


def mask_known(text: str, known: Iterable[str]) -> str:
    """Blank out allowed wordings where they stand as whole words; bare numbers only where they are quoted.

    A column called "2019" does not free the digits 2019 everywhere, only “2019”.
    """
    for words in known:
        if any(letter.isalpha() for letter in words):
            text = re.sub(rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])", " ", text)
        else:
            text = text.replace(f"“{words}”", " ")
    return text

"""Sensitive: what no message may be built on or name, whatever the evidence says."""

from collections.abc import Iterable, Sequence

from segment_core.artifacts import Evidence, EvidenceItem
from segment_core.grounding.promises import has_word
from segment_core.llm.filters import fold
from segment_core.phrasing.themes import theme
from segment_core.phrasing.wording import can_stand_alone, humanise, word

_ABOUT_PEOPLE = ("people", "means")


def unsaid(evidence: Evidence, sensitive: Sequence[str], more: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the words that may not stand in a message: sensitive columns, their categories, and `more` of those.

    A category that says nothing by itself, such as "1" or "yes", cannot give anybody away and is left out: it would
    forbid half the language.
    """
    found: list[str] = []
    for column in sensitive:
        found += [column, humanise(column)]
    for item in evidence.items:
        if item.column in sensitive and item.kind == "share":
            found.append(word(item).value)
    found += more
    return tuple(dict.fromkeys(text.strip() for text in found if can_stand_alone(text.strip())))


def may_use(item: EvidenceItem, sensitive: Sequence[str], banned: Sequence[str]) -> bool:
    """Tell whether a message may be built on a fact: not on a sensitive column, nor on who people are."""
    if item.kind == "quote" or item.column in sensitive:
        return False
    if item.kind != "size" and theme(item) in _ABOUT_PEOPLE and item.kind != "term":
        return False
    said = fold(f"{item.label} {item.text}")
    return not any(has_word(said, banned_word) for banned_word in banned)

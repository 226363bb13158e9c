"""Phrases: a fact as a few words, "high income" or "city mostly “Rome”", in English and Chinese."""

import re

from segment_core.artifacts import EvidenceItem
from segment_core.llm.filters import unfit
from segment_core.phrasing.things import part_of_speech
from segment_core.phrasing.wording import (
    LONG,
    SHORT,
    Wording,
    can_stand_alone,
    is_plain,
    term_of,
    uncapital,
    word,
)

_LEVELS = {
    "en": {
        "amount": ("high {c}", "low {c}"),
        "count": ("many {c}", "few {c}"),
        "time": ("recent {c}", "early {c}"),
        "flag": ("{c} often “yes”", "{c} rarely “yes”", "{c} mostly “yes”"),
        "category": ("{c} often “{v}”", "{c} rarely “{v}”", "{c} mostly “{v}”"),
    },
    "zh": {
        "amount": ("{c}偏高", "{c}偏低"),
        "count": ("{c}偏多", "{c}偏少"),
        "time": ("{c}较近", "{c}较早"),
        "flag": ("{c}偏多", "{c}偏少", "大多{c}"),
        "category": ("{c}“{v}”偏多", "{c}“{v}”偏少", "{c}多为“{v}”"),
    },
}
_NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "flag": ("{c}: often yes", "{c}: rarely yes", "{c}: mostly yes"),
        "category": ("often {v}", "rarely {v}", "mostly {v}"),
        "labelled": ("often {c} {v}", "rarely {c} {v}", "mostly {c} {v}"),
    },
    "zh": {
        "flag": ("{c}偏多", "{c}偏少", "大多{c}"),
        "category": ("{v}偏多", "{v}偏少", "多为{v}"),
        "labelled": ("{c}“{v}”偏多", "{c}“{v}”偏少", "{c}多为“{v}”"),
    },
}
_OF_TERMS = {"en": ("talks of {v}", "says “{v}”"), "zh": ("常提{v}", "常说“{v}”")}
"""For a thing, and for any other word."""


def can_be_said(item: EvidenceItem) -> bool:
    """Tell whether a fact's words are harmless enough to stand in a sentence."""
    if item.kind == "term":
        return is_plain(term_of(item)) and len(item.text or item.label) <= SHORT + 7
    wording = word(item)
    spoken = f"{wording.column} {wording.value}"
    return is_plain(wording.column) and not unfit(spoken) and (wording.sort != "category" or _is_sayable(wording.value))


def phrase(item: EvidenceItem, language: str) -> str:
    """Say in a few words how the segment differs: "high income", "city mostly “Rome”"."""
    wording = word(item, LONG)
    return _fill(_LEVELS[language][wording.sort], item, wording, language)


def noun(item: EvidenceItem, language: str) -> str:
    """Name what the fact is about: "income", "city “Rome”"."""
    wording = word(item, LONG)
    column = _in_sentence(wording.column, language)
    return spaced(f"{column} “{wording.value}”" if wording.value else column, language)


def name_part(item: EvidenceItem, language: str, longest: int = LONG) -> str:
    """Say a fact as half of a name: "high income", "mostly Rome", "talks of delivery"."""
    table = _NAMES[language]
    if item.kind == "term":
        thing, other = _OF_TERMS[language]
        said = thing if part_of_speech(item) == "thing" else other
        return spaced(said.format(v=term_of(item)), language)
    wording = word(item, longest)
    if wording.sort == "category":
        levels = table["category" if can_stand_alone(wording.value) else "labelled"]
    else:
        levels = table.get(wording.sort, _LEVELS[language][wording.sort])
    return _fill(levels, item, wording, language)


def listed(words: list[str], language: str) -> str:
    """Join words as a list."""
    if language == "zh":
        return "、".join(words)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def shortest(item: EvidenceItem, language: str) -> str:
    """Say half of a name in as little room as there may be."""
    return name_part(item, language, SHORT)


def spaced(text: str, language: str) -> str:
    """Put a space between Latin and Chinese letters, as print does."""
    if language != "zh":
        return text
    text = re.sub(r"(?<=[A-Za-z0-9)])(?=[\u4e00-\u9fff])", " ", text)
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9(])", " ", text)


def _fill(levels: tuple[str, ...], item: EvidenceItem, wording: Wording, language: str) -> str:
    level = levels[1] if item.direction == "under" else levels[0]
    if len(levels) > 2 and item.direction == "over" and item.value is not None and item.value > 0.5:
        level = levels[2]
    return spaced(level.format(c=_in_sentence(wording.column, language), v=wording.value), language)


def _in_sentence(column: str, language: str) -> str:
    return uncapital(column) if language == "en" else column


def _is_sayable(value: str) -> bool:
    is_bare = bool(value.strip()) and not any(map(str.isalpha, value)) and value[0] not in "=+-@"
    return is_bare or is_plain(value)

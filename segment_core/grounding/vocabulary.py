"""Vocabulary: what a sentence names of the sheet must be what it cites."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from segment_core.artifacts import Evidence, EvidenceItem
from segment_core.llm.filters import fold
from segment_core.phrasing.wording import can_stand_alone, humanise, is_plain, word

_SAID_ANYWAY = (
    "account accounts all amount app average avg base buy bought category channel class cnt count customer customers "
    "date dates day days email event first flag group has have index item items kind last level line list local "
    "message mnt mode month months name new num number off offer offers old online order orders other per phone "
    "place plan price prices product products purchase purchases quality rate region response review reviews sales "
    "score service session sessions share shop shops site size spend spending state status store stores sum text time "
    "title total type unit user value values visit visits web website week weeks with work year years accepted cmp "
    "home delivery experience quantity method preferred past how any use used using was and the for from our your you "
    "this that not are but its long short high low city country what when who why way own sheet special leave good"
)
_ORDINARY_VALUES = (
    "basic standard regular normal high low medium middle small large big good bad new old other online offline email "
    "web store shop phone mobile app mail single first last top main full open home work all some none never always "
    "often sometimes rarely free gold silver active inactive general trend quick simple pop rock light dark fine best"
)
_GENERIC = frozenset(_SAID_ANYWAY.split())
"""Words that advice needs, whatever columns are called; of these a column is known by its whole name only."""
_ORDINARY = frozenset(_ORDINARY_VALUES.split())
"""Categories that are ordinary words; they are known beside their column only."""
_LONGEST_NAME = 4
_CHINESE_TAIL = re.compile(r"(?:次数|金额|日期|数量|时间|总额|比例|占比|数|率|额)$")
_WORD = re.compile(r"[^\W\d_]+")


def strangers(said: str, cited: Sequence[EvidenceItem], quoted: str, segment: str, evidence: Evidence) -> bool:
    """Tell whether a sentence names a column or a category of the sheet that none of its evidence speaks of.

    `said` is folded, with the wordings of the cited items blanked out; `quoted` is the text of a cited quote. A
    sentence without evidence may name what stands out in its own segment, and speaks of columns freely.
    """
    words = _WORD.findall(said)
    own = cited or [item for item in evidence.of(segment) if item.direction != "under"]
    known = " ".join([*(_all_of(item) for item in own), fold(quoted)])
    known_words = [_stem(one) for one in _WORD.findall(known)]
    plain = " ".join(words)
    for name in dict.fromkeys(_names(evidence, columns=bool(cited))):
        if _is_named(name, words, plain, said) and not _is_known(name, known, known_words):
            return True
    return False


def _names(evidence: Evidence, *, columns: bool) -> Iterator[str]:
    for item in evidence.items:
        found, categories = _names_of(item)
        yield from (found + categories if columns else categories)


@lru_cache(8192)
def _names_of(item: EvidenceItem) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of an item's column or term, and those of its category."""
    if item.kind == "term":
        text = fold(item.text or item.label)
        return ((text,) if len(text.split()) > 1 or (not text.isascii() and len(text) > 2) else ()), ()
    if item.kind in ("size", "quote"):
        return (), ()
    column, value = fold(humanise(item.column or item.label)), fold(word(item, 80).value)
    if not value or not can_stand_alone(value) or not is_plain(value):
        return tuple(_of_column(column)), ()
    return tuple(_of_column(column)), (f"{value} {column}" if value in _ORDINARY else value,)


def _of_column(column: str) -> Iterator[str]:
    if not column.isascii():
        head = _CHINESE_TAIL.sub("", column)
        yield head if len(head) > 1 else column
        return
    words = column.split()
    if len(words) > _LONGEST_NAME or not is_plain(column):
        return
    if len(words) > 1:
        yield " ".join(one for one in words if one not in ("num", "mnt", "dt", "avg", "total", "number", "of"))
    for one in words:
        if len(one) > 2 and one not in _GENERIC and one.isalpha():
            yield one


def _is_named(name: str, words: Sequence[str], plain: str, said: str) -> bool:
    if not name.isascii():
        return name in said
    parts = _WORD.findall(name)
    if len(parts) == 1:
        return parts[0] not in _GENERIC and any(_same(parts[0], one) for one in words)
    if not parts or all(len(part) < 3 for part in parts):
        return False
    return bool(re.search(r"\b" + r"\s+".join(rf"{re.escape(_stem(part))}\w{{0,3}}" for part in parts) + r"\b", plain))


def _is_known(name: str, known: str, known_words: Sequence[str]) -> bool:
    if not name.isascii():
        return name in known
    return all(any(_same(part, one) for one in known_words) for part in _WORD.findall(name))


def _same(one: str, other: str) -> bool:
    """Tell whether two words are forms of one another, such as catalog and catalogues, complain and complaints."""
    one, other = _stem(one), _stem(other)
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= 5 and longer.startswith(shorter) and len(longer) - len(shorter) <= 3


@lru_cache(maxsize=20_000)
def _stem(one: str) -> str:
    for tail, to in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("s", "")):
        if len(one) > len(tail) + 2 and one.endswith(tail) and not one.endswith("ss"):
            return one[: -len(tail)] + to
    return one


def _all_of(item: EvidenceItem) -> str:
    parts: Iterable[str] = (item.label, item.column, humanise(item.column), humanise(item.label), item.text)
    return fold(" ".join(parts))

"""Speech: facts as clauses with a subject, joined into sentences, in English and Chinese."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from segment_core.artifacts import EvidenceItem
from segment_core.llm.filters import fold
from segment_core.personas import speech_en, speech_zh
from segment_core.personas.senses import sense, thing
from segment_core.phrasing.phrases import spaced
from segment_core.phrasing.wording import LONG, capital, term_of, uncapital, word

_BOOKS = {"en": speech_en, "zh": speech_zh}
_LINKS = frozenset({"show", "are", "come"})
_NOTHING = frozenset({"none", "无", "没有"})
_TIERS = ("membership", "tier", "loyalty", "会员")
_HOUSEHOLDS = ("household", "家庭类型", "住户")
_BEINGS = ("gender", "sex", "marital", "性别", "婚姻", "婚")
_SMALL = 0.25
"""A share below this may be called few; above it, only fewer than usual."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What is said of whom; the subject is "" where the predicate brings its own, or Chinese needs none."""

    subject: str
    predicate: str
    whole: bool = False

    def sentence(self, language: str) -> str:
        """Return subject and predicate as one."""
        if not self.subject:
            return self.predicate
        return f"{self.subject}{'' if language == 'zh' else ' '}{self.predicate}"


def words_of(item: EvidenceItem, language: str) -> dict[str, str]:
    """Return what fills `{c}`, `{v}` and `{o}` in a wording."""
    if item.kind == "term":
        return {"t": term_of(item)}
    wording = word(item, LONG)
    column = uncapital(wording.column) if language == "en" else _foreign(wording.column)
    bought = thing(item) if language == "en" else _foreign(thing(item))
    return {"c": column, "v": wording.value, "o": bought or column}


def clauses(item: EvidenceItem, language: str) -> tuple[Clause, ...]:
    """Return the ways to say a fact: a share is true of some of them, a number of the typical customer."""
    book, about = _BOOKS[language], sense(item)
    place = 0 if item.kind != "share" else 1 + _level(item)
    known = book.PREDICATES[_key(item) if place else about]
    words = words_of(item, language) | {"most": book.WHOM[max(place - 1, 0)]}
    return tuple(
        Clause("", spaced(text[1:].format(**words), language), whole=True)
        if text.startswith("~")
        else Clause(book.SUBJECTS[place], spaced(text.format(**words), language))
        for text in known
    )


def joined(one: Clause, other: Clause, language: str, *, contrast: bool) -> Iterator[tuple[str, Clause]]:
    """Yield the ways to say two clauses as one, each with the pattern used."""
    pairs = _BOOKS[language].PAIRS
    book = _BOOKS[language]
    if not one.whole and not other.whole and one.subject == other.subject == book.SUBJECTS[0]:
        for pattern in pairs["but" if contrast else "and"]:
            yield pattern, Clause(one.subject, pattern.format(a=one.predicate, b=_shortened(one, other)))
        return
    # What most do and what most do is not what most do together: a share keeps its own subject.
    again = dict(zip(book.SUBJECTS, book.AGAIN, strict=True))
    second = Clause(again.get(other.subject, ""), other.predicate) if one.subject == other.subject else other
    for pattern in pairs["against" if contrast else "two"]:
        said = pattern.format(x=one.sentence(language), y=second.sentence(language))
        yield pattern, Clause("", said, whole=True)


def merged(one: EvidenceItem, other: EvidenceItem, language: str) -> Iterator[Clause]:
    """Yield the ways to name two numbers of one sense in one predicate: "spend freely on wines and meat"."""
    book = _BOOKS[language]
    if "share" in (one.kind, other.kind) or sense(one) != sense(other):
        return
    words, others = words_of(one, language), words_of(other, language)
    both = {name: f"{words[name]}{book.AND}{others[name]}" for name in words}
    for text in book.PREDICATES[sense(one)]:
        if "{" in text and not text.startswith("~"):
            yield Clause(book.SUBJECTS[0], spaced(text.format(**both), language))


def of_term(item: EvidenceItem, language: str) -> Clause:
    """Say that they write of something."""
    said = _BOOKS[language].WRITE.format(t=term_of(item))
    return Clause("", spaced(said, language), whole=True)


def taglines(clause: Clause, language: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to set a clause as a headline, each with the frame used."""
    book = _BOOKS[language]
    for frame in book.TAGLINES:
        if "{p}" not in frame or (not clause.whole and clause.subject == book.SUBJECTS[0]):
            yield frame, capital(frame.format(s=clause.sentence(language), p=clause.predicate))


@lru_cache(8192)
def name_words(item: EvidenceItem, language: str) -> tuple[str, str]:
    """Return what a fact gives to a name as an adjective and as a noun, "" for what it does not give."""
    book, about = _BOOKS[language], sense(item)
    words = words_of(item, language)
    words["o"] = words["o"].removesuffix("s") if not words["o"].endswith("ss") else words["o"]
    words["v"] = words["v"] if about.startswith("place") or " " in words["v"] else uncapital(words["v"])
    if item.kind == "share" and item.direction == "under" and about[:-1] not in ("rating", "response", "price"):
        return "", ""
    return tuple(spaced(table.get(about, "").format(**words), language) for table in (book.FIRST, book.SECOND))  # type: ignore[return-value]


def _shortened(one: Clause, other: Clause) -> str:
    """Return a predicate without the verb that was said just before."""
    verb, _, rest = other.predicate.partition(" ")
    return rest if verb in _LINKS and one.predicate.startswith(f"{verb} ") else other.predicate


def _key(item: EvidenceItem) -> str:
    """Return what a share is spoken of as; who has little is said by the subject."""
    wording, about = word(item), sense(item)[:-1]
    name = fold(wording.column)
    if wording.value.casefold() in _NOTHING:
        return "tierless+" if _named(name, _TIERS) else "empty+"
    if about != "people" or wording.sort != "category":
        return f"{wording.sort}+" if about == "people" else f"{about}+"
    return "household+" if _named(name, _HOUSEHOLDS) else "person+" if _named(name, _BEINGS) else "category+"


def _named(name: str, known: tuple[str, ...]) -> bool:
    return any(one in (name if not one.isascii() else name.split()) for one in known)


def _foreign(words: str) -> str:
    """Quote words of another script, so that they do not run into the Chinese around them."""
    return f"“{words}”" if any("a" <= letter <= "z" for letter in words.casefold()) else words


def customers(language: str) -> str:
    """Return what a name calls them where no fact does."""
    return str(_BOOKS[language].CUSTOMERS)


def _level(item: EvidenceItem) -> int:
    value = item.value or 0.0
    if item.direction == "under":
        return 2 if value < _SMALL else 3
    return 0 if value > 0.5 else 1

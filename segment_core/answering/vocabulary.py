"""Vocabulary: what a study's columns, categories and segments are called, and where a question names them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from segment_core.answering.speaking import TOPICS
from segment_core.answering.words import (
    COMPLAIN,
    FILLER,
    GENERIC,
    LEAST,
    MENTION,
    MOST,
    ROOT,
    root,
    tokens,
    translated,
    words_of,
)
from segment_core.artifacts import Role
from segment_core.labelling.rules import folded
from segment_core.phrasing.wording import humanise
from segment_core.study import Study

Kind = Literal["number", "category", "flag", "value", "segment"]
KIND: dict[Role, Kind] = {
    "number": "number", "money": "number", "count": "number", "category": "category", "place": "category",
    "yes/no": "flag",
}  # fmt: skip
MOST_VALUES = 500
NAMELESS = words_of("none no yes other unknown na true false")
ENOUGH, AS_GOOD, NEARLY, SHORTEST = 0.4, 0.02, 86.0, 5


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that a question can name, by its words."""

    kind: Kind
    column: str
    value: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a question names a thing: places of its tokens; `rivals` are named as well by the same words."""

    named: Named
    places: frozenset[int]
    rivals: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The names of a study."""

    columns: tuple[Named, ...]
    values: tuple[Named, ...]
    segments: tuple[str, ...]
    personas: tuple[tuple[str, str], ...]
    known: frozenset[str] = field(repr=False)

    @property
    def ages(self) -> tuple[Named, ...]:
        """Return the columns that hold an age."""
        return tuple(one for one in self.columns if one.kind == "number" and "age" in one.words)

    def prepared(self, question: str) -> list[str]:
        """Return a question as tokens, with personas by their segment's id, and slips of the pen mended."""
        text = folded(question)
        for name, segment in self.personas:
            text = text.replace(name, f" {segment} ")
        return [self._mended(token) for token in tokens(translated(text))]

    def mentions(self, words: Sequence[str]) -> list[Mention]:
        """Find what is named, each token once: several words of a column first, then categories, then single words."""
        found = [
            Mention(Named("segment", "", word.upper(), (word,)), frozenset([place]))
            for place, word in enumerate(words)
            if word.upper() in self.segments
        ]
        used = {place for mention in found for place in mention.places}
        found += self._columns(words, used, fewest=2)
        found += self._values(words, used)
        found += self._columns(words, used, fewest=1)
        return found

    def _columns(self, words: Sequence[str], used: set[int], fewest: int) -> list[Mention]:
        found: list[Mention] = []
        while True:
            scored = []
            for one in self.columns:
                places = _window(words, used, one.words)
                telling = {root(words[place]) for place in places} - GENERIC
                if len(telling) >= fewest or (places and len(places) == len(one.words) and fewest == 1):
                    scored.append((_weight({root(words[p]) for p in places}) / _weight(set(one.words)), one, places))
            if not scored or max(score for score, *_ in scored) < ENOUGH:
                return found
            best = max(score for score, *_ in scored)
            first, *rest = [(one, places) for score, one, places in scored if score >= best - AS_GOOD]
            rivals = tuple(one for one, places in rest if places & first[1])
            found.append(Mention(first[0], first[1], rivals))
            used |= first[1]

    def _values(self, words: Sequence[str], used: set[int]) -> list[Mention]:
        found: list[Mention] = []
        stems = [root(word) for word in words]
        for one in sorted(self.values, key=lambda value: -len(value.words)):
            n = len(one.words)
            for start in range(len(words) - n + 1):
                places = frozenset(range(start, start + n))
                same = [mention for mention in found if mention.places == places]
                if tuple(stems[start : start + n]) != one.words or (places & used and not same):
                    continue
                if same:
                    found[found.index(same[0])] = Mention(same[0].named, places, (*same[0].rivals, one))
                else:
                    found.append(Mention(one, places))
                    used |= places
        return found

    def _mended(self, word: str) -> str:
        from rapidfuzz import fuzz, process

        if len(word) < SHORTEST or word in self.known or root(word) in self.known or not word.isalpha():
            return word
        if any(_is_topic(word, pattern) for pattern in TOPICS.values()):
            return word
        best = process.extractOne(word, sorted(self.known), scorer=fuzz.ratio, score_cutoff=NEARLY)
        return best[0] if best and len(best[0]) >= SHORTEST else word


def vocabulary(study: Study) -> Vocabulary:
    """Gather the names of a study."""
    customers = study.customers
    columns = tuple(
        Named(KIND[column.role], column.name, "", _words(column.name))
        for column in customers.columns
        if column.role in KIND and _words(column.name)
    )
    values = []
    for column in columns:
        if column.kind == "category":
            for value in sorted(customers.frame[column.column].dropna().astype(str).unique())[:MOST_VALUES]:
                words = _words(value, whole=True)
                if words and folded(value) not in NAMELESS and not set(words) <= FILLER:
                    values.append(Named("value", column.column, value, words))
    segments = tuple(one.id for one in study.clustering.segments) if study.clustering else ()
    personas = study.personas.personas if study.personas else ()
    names = tuple((folded(one.name), one.segment.lower()) for one in personas if len(one.name) > 3)
    plain = {word for one in (*columns, *values) for word in one.words if len(word) > 2}
    known = frozenset(plain | FILLER | set(TOPICS) | MOST | LEAST | COMPLAIN | MENTION | set(ROOT))
    return Vocabulary(columns, tuple(values), segments, names, known)


def topics_in(words: Sequence[str]) -> list[tuple[str, int]]:
    """Return the topics that words name, each with its first place."""
    found: dict[str, int] = {}
    for place, word in enumerate(words):
        for topic, pattern in TOPICS.items():
            if _is_topic(word, pattern) or word == topic:
                found.setdefault(topic, place)
    return list(found.items())


def _is_topic(word: str, pattern: str) -> bool:
    import re

    return len(word) > 2 and bool(re.match(pattern, word))


def _words(name: str, *, whole: bool = False) -> tuple[str, ...]:
    text = name if whole else humanise(name)
    return tuple(root(word) for word in tokens(translated(text.replace("_", " "))))


def _weight(words: set[str]) -> float:
    return sum(0.25 if word in GENERIC else 1.0 for word in words)


def _window(words: Sequence[str], used: set[int], name: tuple[str, ...]) -> frozenset[int]:
    """Return the best run of tokens that belong to a name, at most two others between them, each word once."""
    hits = [place for place, word in enumerate(words) if place not in used and root(word) in name]
    runs: list[list[int]] = []
    for place in hits:
        if runs and place - runs[-1][-1] <= 3 and root(words[place]) not in {root(words[p]) for p in runs[-1]}:
            runs[-1].append(place)
        else:
            runs.append([place])
    best = max(runs, key=lambda run: _weight({root(words[place]) for place in run}), default=[])
    return frozenset(best)

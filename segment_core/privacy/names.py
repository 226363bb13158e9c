"""Names: the values of columns marked as name, found wherever they turn up in a text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import pairwise

from segment_core.privacy.found import Found
from segment_core.privacy.ordinary import DOUBLE_SURNAMES, EASTERN_TITLES, ORDINARY, PARTICLES, TITLES

_EASTERN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_WORD = re.compile(rf"[^\W\d_{_EASTERN}]+(?:['’`-][^\W\d_{_EASTERN}]+)*")
_EAST = re.compile(rf"[{_EASTERN}]{{2,8}}")
_GAP = re.compile(r",?[ .\u00a0\t]{0,3}")
_TITLED = re.compile("|".join(EASTERN_TITLES))
_SHORTEST, _MOST_WORDS = 3, 6


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """An index of names; make it with `names_index`.

    `phrases` maps a first word to the words that follow it in full names; `parts` are single words
    that stand for a person by themselves, `titled` those that do so only behind "Mrs"; `eastern`
    are names without blanks by their first character, `surnames` their first parts.
    """

    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    parts: Set[str]
    titled: Set[str]
    eastern: Mapping[str, tuple[str, ...]]
    surnames: Set[str]

    def find(self, text: str) -> Iterator[Found]:
        """Find the names in a text, left to right; what overlaps is left to the caller."""
        if self.phrases or self.parts:
            yield from self._western(text)
        if self.eastern and not text.isascii():
            yield from self._found_eastern(text)

    def _western(self, text: str) -> Iterator[Found]:
        words = set(_WORD.findall(text.casefold().replace("’", "'")))
        if self.parts.isdisjoint(words) and self.phrases.keys().isdisjoint(words) and self.titled.isdisjoint(words):
            return
        tokens = [(match.start(), match.end(), _key(match.group())) for match in _WORD.finditer(text)]
        place = 0
        while place < len(tokens):
            length = self._length_at(text, tokens, place)
            if length:
                start, end = tokens[place][0], tokens[place + length - 1][1]
                keys = sorted(key for _, _, key in tokens[place : place + length])
                yield Found("NAME", start, end, text[start:end], " ".join(keys))
            place += length or 1

    def _length_at(self, text: str, tokens: list[tuple[int, int, str]], place: int) -> int:
        """Return how many words from here are a name; 0 is none."""
        start, _, key = tokens[place]
        for rest in self.phrases.get(key, ()):
            follows = tokens[place + 1 : place + 1 + len(rest)]
            if tuple(word for _, _, word in follows) != rest:
                continue
            span = tokens[place : place + 1 + len(rest)]
            gaps = [text[one[1] : two[0]] for one, two in pairwise(span)]
            if all(_GAP.fullmatch(gap) for gap in gaps) and _is_said(text, span, gaps):
                return len(span)
        if not text[start].isupper():
            return 0
        if key in self.parts:
            return 1
        behind_title = place > 0 and tokens[place - 1][2] in TITLES and start - tokens[place - 1][1] <= 2
        return 1 if behind_title and key in self.titled else 0

    def _found_eastern(self, text: str) -> Iterator[Found]:
        for place in [place for place, letter in enumerate(text) if letter in self.eastern]:
            for name in self.eastern[text[place]]:
                if text.startswith(name, place):
                    yield Found("NAME", place, place + len(name), name, name)
                    break
        for title in _TITLED.finditer(text):
            for length in (2, 1):
                start = title.start() - length
                if start >= 0 and text[start : title.start()] in self.surnames:
                    value = text[start : title.end()]
                    yield Found("NAME", start, title.end(), value, value)
                    break


def names_index(values: Iterable[str]) -> Names:
    """Index the values of columns marked as name: "Anna Kowalska", "KOWALSKA, Anna", 苗宇怡.

    Full names are found in any case; a first or last name alone only where it is capitalised and no
    ordinary word ("Will", "Rose", "May" need the full name or a title).

    Examples
    --------
    >>> index = names_index(["Anna Kowalska", "Rose Ellington"])
    >>> [found.value for found in index.find("Rose tea from anna kowalska and Ellington")]
    ['anna kowalska', 'Ellington']
    """
    phrases: dict[str, set[tuple[str, ...]]] = {}
    parts: set[str] = set()
    titled: set[str] = set()
    eastern: dict[str, set[str]] = {}
    surnames: set[str] = set()
    for value in set(values):
        for name in _EAST.findall(value):
            surnames.add(name[:2] if name[:2] in DOUBLE_SURNAMES else name[0])
            eastern.setdefault(name[0], set()).add(name)
        words = [_key(word) for word in _WORD.findall(value)][:_MOST_WORDS]
        words = [word for word in words if word not in TITLES or word in PARTICLES]
        for phrase in _phrases(words):
            phrases.setdefault(phrase[0], set()).add(phrase[1:])
        for word in words:
            if len(word) >= _SHORTEST and word not in PARTICLES:
                (titled if word in ORDINARY else parts).add(word)
    _drop_words(eastern)
    longest_first = {
        first: tuple(sorted(rest, key=lambda words: (-len(words), words))) for first, rest in phrases.items()
    }
    by_length = {first: tuple(sorted(names, key=lambda name: (-len(name), name))) for first, names in eastern.items()}
    return Names(longest_first, parts, titled, by_length, surnames)


def _phrases(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield a name in both orders, without its middle names, and a last name with its particles."""
    if len(words) < 2:
        return
    yield tuple(words)
    yield (*words[1:], words[0])
    yield (words[-1], *words[:-1])
    if len(words) > 2 and not PARTICLES.intersection(words):
        yield (words[0], words[-1])
        yield (words[-1], words[0])
    first = next((place for place, word in enumerate(words) if word in PARTICLES), 0)
    if 0 < first < len(words) - 1:
        yield tuple(words[first:])


def _is_said(text: str, span: list[tuple[int, int, str]], gaps: list[str]) -> bool:
    """Tell whether words are meant as a name: those made of ordinary words or initials must be written as one."""
    plain = all(key in ORDINARY or key in PARTICLES or len(key) < _SHORTEST for _, _, key in span)
    capitals = all(text[start].isupper() for start, _, key in span if key not in PARTICLES)
    return not plain or (capitals and all(gap.strip(" \u00a0") in ("", ".") for gap in gaps))


def _drop_words(eastern: dict[str, set[str]]) -> None:
    """Drop names of two characters that are ordinary Chinese words, such as 高兴."""
    short = [name for names in eastern.values() for name in names if len(name) == 2]
    if not short:
        return
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    kinds = jieba.posseg.dt.word_tag_tab
    for name in short:
        if not kinds.get(name, "nr").startswith("nr"):
            eastern[name[0]].discard(name)


def _key(word: str) -> str:
    return word.casefold().replace("’", "'").replace("`", "'")

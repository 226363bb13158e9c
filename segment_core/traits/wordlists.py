"""Word lists: the plain data of a language made ready for finding its words in a text, longest first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Generic, TypeVar

T = TypeVar("T")
CUE_PLACES = 4
"""Cues of so many points in a text make the top of a trait's scale."""


@dataclass(frozen=True, slots=True)
class Finder(Generic[T]):
    """Finds entries of several units (words, or Chinese characters) in a clause, the longest at each place."""

    entries: Mapping[str, T]
    longest: Mapping[str, int]
    joiner: str

    def find(self, units: Sequence[str]) -> Iterator[tuple[int, int, str, T]]:
        """Yield start, end, the entry as listed and what it holds, from left to right, never overlapping."""
        longest, entries, n = self.longest, self.entries, len(units)
        place = 0
        while place < n:
            most = longest.get(units[place])
            stop = place + 1
            if most is not None:
                for end in range(min(place + most, n), place, -1):
                    key = units[place] if end == place + 1 else self.joiner.join(units[place:end])
                    if key in entries:
                        yield place, end, key, entries[key]
                        stop = end
                        break
            place = stop


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word does to the mood of a clause: a valence of its own, a negation, a factor, or a turn of it."""

    valence: float = 0.0
    negates: bool = False
    factor: float = 0.0
    turns: bool = False


@dataclass(frozen=True, slots=True)
class WordLists:
    """One language: how moods, aspects and cues of traits are found. `reach` is how far a negation carries, in units.

    Cues hold pairs of a trait and points: 1 in passing, 2 clearly, 0 for the opposite of the trait.
    """

    moods: Finder[Sense]
    aspects: Finder[frozenset[str]]
    cues: Finder[tuple[tuple[str, int], ...]]
    units: frozenset[str]
    common: frozenset[str]
    reach: int


@cache
def english() -> WordLists:
    """Return the English lists."""
    from segment_core.traits import words_en

    common = frozenset(_listed(words_en.FUNCTION_WORDS))
    return _made(words_en, " ", lambda entry: entry.replace("-", " ").split(), common, reach=3)


@cache
def chinese() -> WordLists:
    """Return the Chinese lists."""
    from segment_core.traits import words_zh

    return _made(words_zh, "", list, frozenset(), reach=2)


STRONGER, WEAKER = 1.35, 0.6


def _made(
    words: ModuleType, joiner: str, cut: Callable[[str], list[str]], common: frozenset[str], *, reach: int
) -> WordLists:
    moods: dict[str, Sense] = {entry: Sense(factor=STRONGER) for entry in _listed(words.STRONGER)}
    moods |= {entry: Sense(factor=WEAKER) for entry in _listed(words.WEAKER)}
    for valence, entries in words.VALENCES.items():
        for entry in _listed(entries):
            own = moods.get(entry)
            moods[entry] = Sense(valence, factor=own.factor if own else 0.0)
    for entry in _listed(words.NEGATORS):
        moods[entry] = Sense(negates=True)
    for entry in _listed(words.CONTRASTS):
        moods[entry] = Sense(moods[entry].valence if entry in moods else 0.0, turns=True)
    aspects: dict[str, set[str]] = {}
    for aspect, entries in words.ASPECTS.items():
        for entry in _listed(entries):
            aspects.setdefault(entry, set()).add(aspect)
    cues: dict[str, list[tuple[str, int]]] = {}
    for trait, levels in words.CUES.items():
        known: dict[str, int] = {}
        for points, entries in levels.items():
            for entry in _listed(entries):
                known.setdefault(entry, points)
        for entry, points in known.items():
            cues.setdefault(entry, []).append((trait, points))
    listed = (*moods, *aspects, *cues, *_listed(words.IDLE))
    units = frozenset(unit for entry in listed for unit in cut(entry.lower()))
    idle_aspects: dict[str, frozenset[str]] = dict.fromkeys(_listed(words.IDLE), frozenset())
    idle_cues: dict[str, tuple[tuple[str, int], ...]] = dict.fromkeys(_listed(words.IDLE), ())
    return WordLists(
        _finder(moods, joiner, cut, units),
        _finder(idle_aspects | {entry: frozenset(found) for entry, found in aspects.items()}, joiner, cut, units),
        _finder(idle_cues | {entry: tuple(found) for entry, found in cues.items()}, joiner, cut, units),
        units,
        common,
        reach,
    )


def stems(word: str) -> Iterator[str]:
    """Yield the plain forms that an English word may be an inflection of.

    Examples
    --------
    >>> list(stems("stopped")), list(stems("pockets"))
    (['stoppe', 'stopp', 'stop'], ['pocket'])
    """
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            stem = word[: -len(ending)] + instead
            yield stem
            if not instead and ending != "s" and len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2]:
                yield stem[:-1]


_SHORTEST_STEM = 3
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ier", "y"), ("iest", "y"), ("ily", "y"), ("es", ""), ("s", ""),
    ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""), ("est", ""), ("est", "e"), ("ly", ""),
)  # fmt: skip


def _finder(entries: Mapping[str, T], joiner: str, cut: Callable[[str], list[str]], units: frozenset[str]) -> Finder[T]:
    longest: dict[str, int] = {}
    kept: dict[str, T] = {}
    for entry, value in entries.items():
        found = cut(entry.lower())
        kept.setdefault(joiner.join(found), value)
        longest[found[0]] = max(longest.get(found[0], 0), len(found))
    # A word that another list knows as it stands is still an inflection here.
    for unit in units if joiner else ():
        stem = next((stem for stem in stems(unit) if unit not in kept and stem in kept), None)
        if stem is not None:
            kept[unit] = kept[stem]
            longest[unit] = max(longest.get(unit, 0), 1)
    return Finder(kept, longest, joiner)


def _listed(text: str) -> list[str]:
    return [entry for part in text.split("|") if (entry := " ".join(part.split()))]

"""Names: two facts that tell a segment from the others, never the same two for two segments."""

import itertools
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from segment_core.artifacts import Evidence, EvidenceItem
from segment_core.grounding import check_name
from segment_core.personas.senses import sense
from segment_core.personas.speech import customers, name_words
from segment_core.phrasing.facts import differences, is_missing, says_nothing, segments_of, strength, terms, too_few
from segment_core.phrasing.phrases import can_be_said, name_part, shortest, spaced
from segment_core.phrasing.themes import TELLING, theme
from segment_core.phrasing.things import part_of_speech
from segment_core.phrasing.wording import capital, uncapital, word

BEST_LENGTH, LONGEST = 40, 60
_CUT = "…"
_AVERAGE = {"en": "Close to the average", "zh": "接近平均"}
_APART = {"en": "A group of its own", "zh": "自成一群"}
"""For segments that differ only in facts whose labels are not fit to be spoken."""
_JOINT = " · "

Feature = tuple[str, str]
Named = tuple[str, tuple[EvidenceItem, ...]]

ALIKE = 0.75
"""Likeness (Ratcliff and Obershelp 1988) above which two categories are one said twice."""


def feature(item: EvidenceItem) -> Feature:
    """Return what a fact compares, and its direction: a category is a feature of its own."""
    if item.kind == "term":
        return (item.text or item.label, "over")
    return (item.label if item.kind == "share" else item.column or item.label, item.direction)


def features_of(basis: Sequence[EvidenceItem]) -> frozenset[Feature]:
    """Return the set that no two segments may share."""
    return frozenset(feature(item) for item in basis)


def name_segments(evidence: Evidence, language: str) -> Mapping[str, Named]:
    """Name every segment, the largest first, each with the facts its name rests on.

    A fact counts for more the stronger it is and the fewer other segments share it.
    """
    candidates = {segment: _candidates(segment, evidence) for segment in segments_of(evidence)}
    found: dict[str, Named] = {}
    sets: set[frozenset[Feature]] = set()
    taken: set[str] = set()
    for segment, items in candidates.items():
        worth = {item.id: _worth(item, candidates, segment) for item in items}
        bases = sorted(_bases(items), key=lambda basis: -_score(basis, worth, language))
        fresh = [basis for basis in bases if features_of(basis) not in sets] or bases
        basis = next(
            (basis for basis in fresh if _named(basis, segment, evidence, language).casefold() not in taken), fresh[0]
        )
        name = _named(basis, segment, evidence, language) if basis else _unspoken(evidence, segment, language)
        name = distinct(name, segment, taken)
        found[segment] = (
            name,
            basis
            or tuple(differences(evidence, segment)[:2])
            or evidence.of(segment, "size")[:1]
            or evidence.of(segment)[:1],
        )
        sets.add(features_of(basis))
        taken.add(name.casefold())
    return found


def make_name(basis: Sequence[EvidenceItem], language: str) -> str:
    """Write the name that rests on these facts, shortened where it grows too long."""
    name = _JOINT.join(name_part(item, language) for item in basis)
    if len(name) > BEST_LENGTH:
        short = _JOINT.join(shortest(item, language) for item in basis)
        name = name if _CUT in short and _CUT not in name and len(name) <= LONGEST else short
    return capital(name)


def spoken_name(basis: Sequence[EvidenceItem], language: str) -> str:
    """Write the name in which one fact describes what the other calls the customers; "" where they have no words."""
    if len(basis) != 2 or any(item.kind == "term" for item in basis):
        return ""
    link = "的" if language == "zh" else " "
    for one, other in (basis, basis[::-1]):
        first, second = name_words(one, language)[0], name_words(other, language)[1]
        if first and second and sense(one)[:-1] != sense(other)[:-1]:
            return capital(spaced(f"{first}{link}{second}", language))
    firsts = [name_words(item, language)[0] for item in basis]
    if all(firsts) and sense(basis[0]) != sense(basis[1]):
        second = firsts[1] if language == "zh" else uncapital(firsts[1])
        return capital(spaced(f"{firsts[0]}{link}{second}{customers(language)}", language))
    return ""


def half_spoken_name(basis: Sequence[EvidenceItem], language: str) -> str:
    """Write the name in which one fact calls the customers and the other stands beside; "" where neither does."""
    for one, other in (basis, basis[::-1]) if len(basis) == 2 else ():
        second = name_words(one, language)[1] if one.kind != "term" else ""
        if second:
            return capital(f"{second}{_JOINT}{shortest(other, language)}")
    return ""


def _named(basis: tuple[EvidenceItem, ...], segment: str, evidence: Evidence, language: str) -> str:
    """Return the liveliest name that the checker lets pass and that has room."""
    ids = tuple(item.id for item in basis)
    for name in (spoken_name(basis, language), half_spoken_name(basis, language)):
        if name and len(name) <= BEST_LENGTH and not check_name(name, ids, segment, evidence):
            return name
    return make_name(basis, language)


def distinct(name: str, segment: str, taken: set[str]) -> str:
    """Return the name, with the segment's id behind it if another segment has the same."""
    return f"{name} ({segment})" if name.casefold() in taken else name


def _unspoken(evidence: Evidence, segment: str, language: str) -> str:
    return (_APART if differences(evidence, segment) or too_few(evidence, segment) else _AVERAGE)[language]


def _candidates(segment: str, evidence: Evidence) -> list[EvidenceItem]:
    said = [item for item in differences(evidence, segment) if can_be_said(item) and not is_missing(item)]
    words = sorted(terms(evidence, segment), key=lambda item: part_of_speech(item) != "thing")
    return said[:10] + words[:3]


def _worth(item: EvidenceItem, candidates: Mapping[str, list[EvidenceItem]], segment: str) -> float:
    rivals = sum(
        any(feature(other) == feature(item) and strength(other) > strength(item) / 2 for other in items)
        for name, items in candidates.items()
        if name != segment
    )
    telling = 0.7 if item.kind == "share" and (item.direction == "under" or says_nothing(item)) else 1.0
    return telling * strength(item) / (1 + 0.6 * rivals)


def _bases(items: list[EvidenceItem]) -> list[tuple[EvidenceItem, ...]]:
    pairs: list[tuple[EvidenceItem, ...]] = [
        _ordered(pair)
        for pair in itertools.combinations(items, 2)
        if pair[0].kind == "term" or _column(pair[0]) != _column(pair[1])
    ]
    return pairs or [tuple(items[:1])]


def _column(item: EvidenceItem) -> str:
    return item.column or item.label


def _ordered(pair: tuple[EvidenceItem, EvidenceItem]) -> tuple[EvidenceItem, ...]:
    return tuple(sorted(pair, key=lambda item: (item.kind == "term", item.direction == "under")))


def _score(basis: tuple[EvidenceItem, ...], worth: Mapping[str, float], language: str) -> float:
    """Prefer strong facts from different corners, at least one of them above the rest, in a short name."""
    if len(basis) < 2:
        return 0.0
    score = sum(worth[item.id] for item in basis) + min(worth[item.id] for item in basis)
    words = [set(word(item).column.casefold().split()) if item.kind != "term" else {item.text} for item in basis]
    score *= 0.7 if words[0] & words[1] else 1.0
    # Two columns often hold one thing at two depths, such as a department and its classes.
    values = [word(item).value.casefold() for item in basis]
    score *= 0.5 if all(values) and SequenceMatcher(None, values[0], values[1]).ratio() > ALIKE else 1.0
    score *= 0.75 if theme(basis[0]) == theme(basis[1]) in TELLING else 1.0
    score *= 1.0 if any(item.direction == "over" and item.kind != "term" for item in basis) else 0.8
    score *= 0.5 if all(item.kind != "term" for item in basis) and sense(basis[0]) == sense(basis[1]) else 1.0
    lively = spoken_name(basis, language)
    lively = lively if len(lively) <= BEST_LENGTH else ""
    score *= 1.25 if lively else 1.0
    made = lively or make_name(basis, language)
    # What had to be cut may be one category as well as another.
    score *= 0.4 if _CUT in made else 1.0
    return score * (1.0 if len(made) <= BEST_LENGTH else 0.75)

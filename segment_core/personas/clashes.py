"""Clashes: no two segments bear one name, or names that rest on the same facts."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from segment_core.artifacts import Evidence, EvidenceItem, Persona
from segment_core.grounding.checks import check_name
from segment_core.llm.filters import fold
from segment_core.personas.contrasts import contrasts, tellings
from segment_core.personas.names import Feature, features_of
from segment_core.phrasing.phrases import can_be_said, shortest

_PARTS = re.compile(r"[·,;:/|&+–—，、；：与和且但又]|\b(?:and|but|with|yet)\b")
_WORDS = re.compile(r"[^\W_\u3400-\u9fff]+|[\u3400-\u9fff]+")
_GENERIC = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "for",
        "to",
        "by",
        "who",
        "their",
        "our",
        "is",
        "are",
        "customer",
        "buyer",
        "shopper",
        "people",
        "person",
        "segment",
        "group",
        "cluster",
        "client",
        "user",
        "member",
        "folk",
        "crowd",
        "type",
        "kind",
        "set",
        "band",
        "audience",
        "consumer",
    ]
)
_GENERIC_CHINESE = re.compile(r"消费者|客户|顾客|用户|买家|会员|人群|群体|人士|一族|[群组型类者族派们党的]")
_ALIKE = 0.6

Words = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Naming:
    """A segment's name, and the evidence it rests on."""

    segment: str
    name: str
    basis: tuple[str, ...]


def naming_of(persona: Persona) -> Naming:
    """Return a persona's name with what it rests on."""
    return Naming(persona.segment, persona.name, persona.basis)


def words_of(name: str) -> Words:
    """Return what a name says, whatever the order: the words of its parts, without endings and generic words.

    Examples
    --------
    >>> words_of("Online bargain shoppers") == words_of("The bargain online group")
    True
    >>> words_of("High income · low age") == words_of("Low income · high age")
    False
    """
    parts = (frozenset(_tokens(part)) for part in _PARTS.split(fold(name)))
    found = frozenset(part for part in parts if part)
    return found or frozenset({frozenset({fold(name).strip()})})


def basis_of(basis: Iterable[str], evidence: Evidence) -> frozenset[Feature]:
    """Return the (feature, direction) set that a name rests on; a size is no feature."""
    items: list[EvidenceItem] = [item for item in map(evidence.item, basis) if item]
    return features_of([item for item in items if item.kind not in ("size", "quote")])


def clash(one: Naming, other: Naming, evidence: Evidence) -> str:
    """Say in which way two names clash: "name" (the same words), "basis" (the same facts), or "" where they do not."""
    if fold(one.name).strip() == fold(other.name).strip() or words_of(one.name) == words_of(other.name):
        return "name"
    features = basis_of(one.basis, evidence)
    return "basis" if features and features == basis_of(other.basis, evidence) else ""


def clashes(given: Sequence[Naming], evidence: Evidence) -> list[tuple[Naming, Naming]]:
    """Return pairs of names that clash, each segment in one pair at most, so that pairs can be settled side by side."""
    found: list[tuple[Naming, Naming]] = []
    paired: set[str] = set()
    for number, one in enumerate(given):
        for other in given[number + 1 :]:
            if not paired & {one.segment, other.segment} and clash(one, other, evidence):
                found.append((one, other))
                paired |= {one.segment, other.segment}
    return found


def alike(given: Sequence[Naming]) -> list[tuple[str, str]]:
    """Return pairs of segments whose names share most of their words: worth a look, and no fault."""
    found = []
    for number, one in enumerate(given):
        for other in given[number + 1 :]:
            here, there = (frozenset().union(*words_of(naming.name)) for naming in (one, other))
            if len(here & there) / max(len(here | there), 1) >= _ALIKE:
                found.append((one.segment, other.segment))
    return found


def settle(
    personas: Sequence[Persona], evidence: Evidence, language: str, pinned: Collection[str] = ()
) -> tuple[Persona, ...]:
    """Tell clashing names apart by the widest contrast between their segments, or by the segment's id as a last resort.

    Names of `pinned` segments stay as they are; of the others, the one that comes first does. A name with a contrast
    behind it ("… · mostly store") rests on that fact too.
    """
    order = sorted(personas, key=lambda persona: persona.segment not in pinned)
    taken: list[Naming] = []
    found: dict[str, Persona] = {}
    for persona in order:
        settled = persona if persona.segment in pinned else _told_apart(persona, taken, evidence, language)
        taken.append(naming_of(settled))
        found[persona.segment] = settled
    return tuple(found[persona.segment] for persona in personas)


def _told_apart(persona: Persona, taken: Sequence[Naming], evidence: Evidence, language: str) -> Persona:
    rivals = [other for other in taken if clash(naming_of(persona), other, evidence)]
    if not rivals:
        return persona
    for item in _suffixes(persona, rivals, evidence):
        tried = replace(persona, name=f"{persona.name} · {shortest(item, language)}", basis=(*persona.basis, item.id))
        if not check_name(tried.name, tried.basis, tried.segment, evidence) and not _taken(tried, taken, evidence):
            return tried
    name, marks = persona.name, persona.segment
    while any(fold(other.name) == fold(f"{name} ({marks})") for other in taken):
        marks += "'"
    return replace(persona, name=f"{name} ({marks})")


def _suffixes(persona: Persona, rivals: Sequence[Naming], evidence: Evidence) -> list[EvidenceItem]:
    found: Mapping[str, EvidenceItem] = {
        item.id: item
        for rival in rivals
        for item in (
            *contrasts(evidence, persona.segment, rival.segment),
            *tellings(evidence, persona.segment),
        )
    }
    return [item for item in found.values() if item.id not in persona.basis and can_be_said(item)]


def _taken(persona: Persona, taken: Sequence[Naming], evidence: Evidence) -> bool:
    return any(clash(naming_of(persona), other, evidence) for other in taken)


def _tokens(part: str) -> Iterable[str]:
    for word in _WORDS.findall(part):
        if "\u3400" <= word[0] <= "\u9fff":
            yield from _GENERIC_CHINESE.sub("", word)
        elif (stem := _stem(word)) not in _GENERIC:
            yield stem


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word

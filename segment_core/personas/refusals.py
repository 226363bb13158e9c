"""Refusals: a model's answer held against the evidence, and what can be kept of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from segment_core.artifacts import SECTIONS, Claim, Evidence, EvidenceItem, Persona
from segment_core.grounding import Problem, check_claim, check_name, slots
from segment_core.llm.filters import fold
from segment_core.personas.names import Feature, distinct, features_of

if TYPE_CHECKING:
    from segment_core.personas.answers import ClaimAnswer, PersonaAnswer, PersonasAnswer

_ADVICE = ("channels", "tone")
_MOST_SHOWN = 5
_NO_QUOTE = ("", "none", "null", "n/a", "-")


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What is kept of an answer, with how many sentences and names were refused."""

    personas: tuple[Persona, ...]
    sentences: int
    names: int


def problems_in(answer: "PersonasAnswer", segments: Sequence[str], evidence: Evidence) -> list[str]:
    """Say what to correct, in ids and rules only: none of the answer's or the customers' words go back."""
    given = {persona.segment: persona for persona in answer.personas if persona.segment in segments}
    found = [f"{segment}: write this persona." for segment in segments if segment not in given]
    for segment, persona in given.items():
        found += _said(f"{segment}.name", check_name(persona.name, persona.basis, segment, evidence))
        for place, claim in _claims(persona):
            found += _said(f"{segment}.{place}", _problems(claim, place, segment, evidence))
    return found + _clashes(given, evidence)


def salvage(answer: "PersonasAnswer", plain: Mapping[str, Persona], evidence: Evidence) -> Salvaged:
    """Keep what passes; where nothing of a section passes, take the built-in writer's."""
    given = {persona.segment: persona for persona in answer.personas if persona.segment in plain}
    sentences, names, found = 0, 0, []
    for segment, fallback in plain.items():
        persona = given.get(segment)
        if persona is None:
            found.append(fallback)
            continue
        kept: dict[str, list[Claim]] = {"tagline": []}
        for place, claim in _claims(persona):
            refused = bool(_problems(claim, place, segment, evidence))
            sentences += refused
            kept.setdefault(place.split("[")[0], [])
            if not refused:
                kept[place.split("[")[0]].append(_as_claim(claim))
        mended = _filled(fallback, kept)
        if check_name(persona.name, persona.basis, segment, evidence):
            names += 1
        else:
            mended = replace(mended, name=persona.name.strip(), basis=tuple(persona.basis), name_author="model")
        found.append(mended)
    return Salvaged(tuple(found), sentences, names)


def tell_apart(personas: Sequence[Persona], plain: Mapping[str, Persona], evidence: Evidence) -> tuple[Persona, ...]:
    """Make sure that no two segments share a name, or the facts that their names rest on.

    The later one falls back to the built-in writer's name, and to its segment's id if even that is taken.
    """
    taken: set[str] = set()
    sets: set[frozenset[Feature]] = set()
    found = []
    for persona in personas:
        if fold(persona.name) in taken or _features(persona.basis, evidence) in sets:
            other = plain[persona.segment]
            renamed = replace(persona, name=other.name, basis=other.basis, name_author="builtin")
        else:
            renamed = persona
        found.append(replace(renamed, name=distinct(renamed.name, persona.segment, taken)))
        taken.add(fold(found[-1].name))
        sets.add(_features(renamed.basis, evidence))
    return tuple(found)


def _claims(persona: "PersonaAnswer") -> Iterator[tuple[str, "ClaimAnswer"]]:
    yield "tagline", persona.tagline
    for section in SECTIONS:
        for number, claim in enumerate(getattr(persona, section, ())):
            yield f"{section}[{number}]", claim


def _problems(answer: "ClaimAnswer", place: str, segment: str, evidence: Evidence) -> tuple[Problem, ...]:
    claim = _as_claim(answer)
    creative = place.split("[", maxsplit=1)[0] in _ADVICE
    found = check_claim(claim.text, claim.evidence, claim.quote, segment, evidence, creative=creative)
    if creative and not claim.evidence:
        found += check_claim(claim.text, (), "", segment, evidence)
    return found


def _as_claim(answer: "ClaimAnswer") -> Claim:
    """Take a sentence over; an id in a slot counts as cited."""
    text, quote = answer.text.strip(), answer.quote.strip()
    cited = tuple(dict.fromkeys([*answer.evidence, *slots.ids_in(text)]))
    return Claim(text, cited, "" if quote.casefold() in _NO_QUOTE else quote, "model")


def _filled(fallback: Persona, kept: Mapping[str, list[Claim]]) -> Persona:
    parts: dict[str, Any] = {
        name: tuple(kept.get(name, ())[:_MOST_SHOWN]) or getattr(fallback, name) for name in SECTIONS
    }
    tagline = kept["tagline"][0] if kept["tagline"] else fallback.tagline
    return replace(fallback, tagline=tagline, **parts)


def _said(place: str, problems: Sequence[Problem]) -> list[str]:
    return [f"{place}: {problem.message}" for problem in problems]


def _clashes(given: Mapping[str, "PersonaAnswer"], evidence: Evidence) -> list[str]:
    names: dict[str, str] = {}
    bases: dict[frozenset[Feature], str] = {}
    found = []
    for segment, persona in given.items():
        first = names.setdefault(fold(persona.name.strip()), segment)
        if first != segment:
            found.append(f"{first}.name and {segment}.name: the same name; tell the two apart.")
        first = bases.setdefault(_features(persona.basis, evidence), segment)
        if first != segment:
            found.append(f"{first}.basis and {segment}.basis: the same facts; rest the names on different ones.")
    return found


def _features(basis: Sequence[str], evidence: Evidence) -> frozenset[Feature]:
    items: list[EvidenceItem] = [item for item in map(evidence.item, basis) if item]
    return features_of(items)

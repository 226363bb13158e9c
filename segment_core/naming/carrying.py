"""Carrying: after a new run, segments keep their names as long as these hold, and what was written by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from segment_core.artifacts import SECTIONS, Claim, Evidence, EvidenceItem, Note, Persona
from segment_core.grounding import check_claim, check_name, slots
from segment_core.messages import say
from segment_core.naming.matching import matched
from segment_core.personas.clashes import settle
from segment_core.personas.contrasts import tellings
from segment_core.personas.names import feature
from segment_core.study import Study


def carried(study: Study, before: Study, whole: frozenset[str] = frozenset()) -> Study:
    """Let the segments of a new run keep names and handwriting of the segments before that they are.

    A name written by hand stays in any case; another one while all that it rests on still stands on the new sheet,
    unless another writer or language was asked for. Sentences by hand stay, their figures drawn from the new sheet; one
    whose figure is no longer there goes. The notes say what lapsed, and which handwriting found no segment. Segments
    in `whole` keep what any writer wrote of them, as far as it still holds.
    """
    if study.personas is None or study.evidence is None or before.personas is None or before.evidence is None:
        return study
    pairs = matched(before, study)
    same_writer = _asked(study) == _asked(before)
    work = _Carrying(before.evidence, study.evidence, same_writer, whole)
    found = []
    for persona in study.personas.personas:
        old = before.personas.of(pairs.get(persona.segment, ""))
        found.append(persona if old is None else work.persona(persona, old))
    homeless = [
        persona for persona in before.personas.personas if persona.segment not in pairs.values() and _by_hand(persona)
    ]
    settled = settle(found, study.evidence, _asked(study)[1], sorted(work.pinned))
    notes = (*study.personas.notes, *work.notes, *_homeless(homeless))
    return study.having(personas=replace(study.personas, personas=settled, notes=notes))


@dataclass(slots=True)
class _Carrying:
    """The two sheets, which names stay, and what is to be said of those that do not."""

    before: Evidence
    now: Evidence
    same_writer: bool
    whole: frozenset[str] = frozenset()
    pinned: set[str] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)

    def persona(self, new: Persona, old: Persona) -> Persona:
        """Return the new persona with what stays of the old one."""
        meant = self._counterparts(old.segment, new.segment)
        parts = self._name(new, old, meant)
        lost = 0
        stays = new.segment in self.whole
        if stays or old.tagline.author == "analyst":
            tagline = self._claim(old.tagline, meant, new.segment)
            lost += tagline is None and old.tagline.author == "analyst"
            parts |= {} if tagline is None else {"tagline": tagline}
        for section in SECTIONS:
            claims = old.section(section)
            if stays or any(claim.author == "analyst" for claim in claims):
                kept = [self._claim(claim, meant, new.segment) for claim in claims]
                lost += sum(
                    made is None and claim.author == "analyst" for made, claim in zip(kept, claims, strict=True)
                )
                parts |= {section: tuple(made for made in kept if made) or new.section(section)}
        if lost:
            said = say(
                "{segment}: sentences written by hand whose figure is not on the new sheet: {n}. They stay in the run "
                "before.",
                segment=new.segment,
                n=lost,
            )
            self.notes.append(Note("handwriting-lapsed", said, lost, "warning"))
        return replace(new, **parts)

    def _name(self, new: Persona, old: Persona, meant: Mapping[str, str]) -> dict[str, Any]:
        basis = tuple(meant[id_] for id_ in old.basis if id_ in meant)
        if old.name_author == "analyst":
            self.pinned.add(new.segment)
            return {"name": old.name, "name_author": "analyst", "basis": basis or new.basis}
        if not self.same_writer:
            return {}
        if self._still_rests(old, new.segment, basis):
            self.pinned.add(new.segment)
            tagline = self._claim(old.tagline, meant, new.segment)
            parts: dict[str, Any] = {"name": old.name, "name_author": old.name_author, "basis": basis}
            return parts if tagline is None else parts | {"tagline": tagline}
        if old.name != new.name:
            said = say("{segment} was “{name}”: that no longer holds.", segment=new.segment, name=old.name)
            self.notes.append(Note("name-lapsed", said, 1))
        return {}

    def _still_rests(self, old: Persona, segment: str, basis: tuple[str, ...]) -> bool:
        """Tell whether all that a name rests on stands on the new sheet, in the same direction."""
        items = [self.before.item(id_) for id_ in old.basis]
        held = {feature(item) for item in tellings(self.now, segment)}
        stands = bool(items) and all(item is not None and feature(item) in held for item in items)
        return stands and len(basis) == len(items) and not check_name(old.name, basis, segment, self.now)

    def _claim(self, claim: Claim, meant: Mapping[str, str], segment: str = "") -> Claim | None:
        """Tie a sentence to the new sheet; None where a figure has no counterpart, or the writer's no longer holds."""
        if any(id_ not in meant for id_ in slots.ids_in(claim.text)):
            return None
        text = slots.SLOT.sub(lambda match: f"⟦{meant[match[1]]}⟧", claim.text)
        cited = tuple(meant[id_] for id_ in claim.evidence if id_ in meant)
        made = replace(claim, text=text, evidence=cited, quote=meant.get(claim.quote, ""))
        if claim.author == "analyst":
            return made
        whole = len(cited) == len(claim.evidence) and bool(made.quote) == bool(claim.quote)
        return made if whole and not check_claim(text, cited, made.quote, segment, self.now) else None

    def _counterparts(self, old: str, new: str) -> Mapping[str, str]:
        """Return the id on the new sheet for each on the old one that speaks of the same thing."""
        there = {_about(item): item.id for item in reversed(self.now.of(new))}
        return {item.id: there[_about(item)] for item in self.before.of(old) if _about(item) in there}


def _about(item: EvidenceItem) -> tuple[str, ...]:
    if item.kind in ("term", "quote"):
        return (item.kind, item.text or item.label, item.source)
    return (item.kind, item.column, "" if item.kind == "size" else item.label)


def _asked(study: Study) -> tuple[str, str]:
    step = study.plan.personas
    return step.name, str(step.options.get("language", "en"))


def _by_hand(persona: Persona) -> bool:
    return persona.name_author == "analyst" or any(claim.author == "analyst" for claim in persona.claims)


def _homeless(personas: list[Persona]) -> list[Note]:
    if not personas:
        return []
    said = say(
        "Written by hand, and no segment is like the one it was written on: {names}. The run before still holds it.",
        names=", ".join(persona.name for persona in personas),
    )
    return [Note("handwriting-homeless", said, len(personas), "warning")]

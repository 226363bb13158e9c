"""Merging: what was written anew takes its place beside what was not asked for, and what the analyst wrote wins."""

from dataclasses import replace
from typing import Any

from segment_core.artifacts import SECTIONS, Evidence, Persona, Personas
from segment_core.personas.clashes import settle


def merged(made: Personas, before: Personas | None, evidence: Evidence, part: str = "") -> Personas:
    """Take new personas, or just a `part` of them, and keep the rest; no two names clash afterwards."""
    if before is None:
        return made
    kept = [_taken(made.of(old.segment), old, part) for old in before.personas]
    fresh = [persona for persona in made.personas if before.of(persona.segment) is None]
    order = dict.fromkeys(item.segment for item in evidence.items)
    found = sorted((*kept, *fresh), key=lambda persona: list(order).index(persona.segment))
    if part not in ("", "name"):
        return replace(made, personas=tuple(found))
    new = {persona.segment for persona in made.personas}
    pinned = [one.segment for one in found if one.segment not in new or one.name_author == "analyst"]
    language = str(made.made_by.options.get("language", "en"))
    return replace(made, personas=settle(found, evidence, language, pinned))


def _taken(new: Persona | None, old: Persona, part: str) -> Persona:
    if new is None:
        return old
    if part == "name":
        name = {"name": new.name, "name_author": new.name_author, "basis": new.basis}
        parts: dict[str, Any] = {} if old.name_author == "analyst" else name
        if old.tagline.author != "analyst" and old.name_author != "analyst":
            parts |= {"tagline": new.tagline}
        return replace(old, **parts)
    if part:
        own = tuple(claim for claim in old.section(part) if claim.author == "analyst")
        parts = {part: (*own, *(claim for claim in new.section(part) if claim not in own))}
        return replace(old, **parts)
    return _handwritten(new, old)


def _handwritten(new: Persona, old: Persona) -> Persona:
    parts: dict[str, Any] = {}
    if old.name_author == "analyst":
        parts |= {"name": old.name, "name_author": "analyst", "basis": old.basis}
    if old.tagline.author == "analyst":
        parts["tagline"] = old.tagline
    for section in SECTIONS:
        claims = old.section(section)
        if any(claim.author == "analyst" for claim in claims):
            parts[section] = claims
    return replace(new, **parts)

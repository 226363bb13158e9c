"""Portraits: the personas in the language of the report, wherever the built-in writer wrote them."""

from dataclasses import replace
from typing import Any

from segment_core.artifacts import SECTIONS, Claim, Evidence, Persona, Personas
from segment_core.personas.builtin import write
from segment_core.personas.options import BuiltinOptions


def spoken_in(personas: Personas, evidence: Evidence, language: str) -> tuple[Personas, frozenset[Claim]]:
    """Return the personas with what the built-in writer said said in a language, and the sentences that are new.

    What a model or the analyst wrote stays as it is, in whichever language: nobody here translates it.
    """
    own = write(evidence, BuiltinOptions(language=language))
    found = tuple(_with(persona, own.of(persona.segment)) for persona in personas.personas)
    new = frozenset(claim for persona in own.personas for claim in persona.claims)
    return replace(personas, personas=found), new


def _with(persona: Persona, own: Persona | None) -> Persona:
    if own is None:
        return persona
    parts: dict[str, Any] = {
        section: own.section(section)
        for section in SECTIONS
        if all(claim.author == "builtin" for claim in persona.section(section)) and persona.section(section)
    }
    named: dict[str, Any] = {"name": own.name, "basis": own.basis} if persona.name_author == "builtin" else {}
    tagline = own.tagline if persona.tagline.author == "builtin" else persona.tagline
    return replace(persona, tagline=tagline, **parts, **named)

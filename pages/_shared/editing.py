"""Editing: what an analyst typed into a part of a persona becomes claims again, purely."""

import dataclasses
from collections.abc import Sequence

from segment_core import grounding
from segment_core.artifacts import CREATIVE, SECTIONS, Claim, Evidence, Persona, Personas
from segment_core.grounding import Problem

PARTS = ("name", "tagline", *SECTIONS)
"""What of a persona is edited, or written again, by itself."""


def claims(persona: Persona, part: str) -> tuple[Claim, ...]:
    """Return the claims of a part; a name has none."""
    return () if part == "name" else (persona.tagline,) if part == "tagline" else persona.section(part)


def typed(claim: Claim, evidence: Evidence, language: str) -> str:
    """Return a claim as the text to edit: its figures written out."""
    return grounding.render(claim.text, evidence, language)


def by_analyst(persona: Persona, part: str) -> bool:
    """Tell whether the analyst wrote any of a part."""
    if part == "name":
        return persona.name_author == "analyst"
    return any(claim.author == "analyst" for claim in claims(persona, part))


def edited(persona: Persona, part: str, texts: Sequence[str], evidence: Evidence, language: str) -> Persona:
    """Return the persona with a part as typed: what was changed is the analyst's, what was emptied is gone.

    `texts` are those of the part's claims in their order, then new sentences. A name and a tagline cannot be emptied:
    they stay as they were.
    """
    if part == "name":
        name = " ".join(texts[0].split()) or persona.name
        return persona if name == persona.name else dataclasses.replace(persona, name=name, name_author="analyst")
    found = claims(persona, part)
    before = [*found, *[Claim("")] * (len(texts) - len(found))]
    after = tuple(
        revised(claim, text, evidence, language) for claim, text in zip(before, texts, strict=False) if text.strip()
    )
    if part == "tagline":
        return dataclasses.replace(persona, tagline=after[0]) if after else persona
    return dataclasses.replace(persona, **{part: after})


def revised(claim: Claim, text: str, evidence: Evidence, language: str) -> Claim:
    """Return a claim with another text; a figure that was left as it stood stays tied to the evidence."""
    text = " ".join(text.split())
    if text == " ".join(typed(claim, evidence, language).split()):
        return claim
    for cited in claim.evidence:
        item = evidence.item(cited)
        if item is not None:
            text = text.replace(grounding.figure(item, language), f"⟦{cited}⟧")
    return dataclasses.replace(claim, text=text, author="analyst")


def problems(
    persona: Persona, part: str, claim: Claim, text: str, *, evidence: Evidence, language: str
) -> tuple[Problem, ...]:
    """Return what the checker would say against a part's sentence, or name, as typed; nothing where it is as before."""
    if part == "name":
        name = " ".join(text.split())
        same = not name or name == persona.name
        return () if same else grounding.check_name(name, persona.basis, persona.segment, evidence)
    after = revised(claim, text, evidence, language)
    if after == claim or not text.strip():
        return ()
    return grounding.check_claim(
        after.text, after.evidence, after.quote, persona.segment, evidence, creative=part in CREATIVE
    )


def replaced(personas: Personas, persona: Persona) -> Personas:
    """Return all personas with one replaced by its edited self."""
    kept = tuple(persona if other.segment == persona.segment else other for other in personas.personas)
    return dataclasses.replace(personas, personas=kept)

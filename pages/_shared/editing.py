"""Editing: what an analyst typed into a persona becomes claims again, purely."""

import dataclasses
from collections.abc import Mapping, Sequence

from segment_core import grounding
from segment_core.artifacts import SECTIONS, Claim, Evidence, Persona, Personas


def typed(claim: Claim, evidence: Evidence, language: str) -> str:
    """Return a claim as the text to edit: its figures written out."""
    return grounding.render(claim.text, evidence, language)


def edited(
    persona: Persona,
    evidence: Evidence,
    language: str,
    *,
    name: str,
    tagline: str,
    sections: Mapping[str, Sequence[str]],
) -> Persona:
    """Return the persona as edited: what was changed is the analyst's, what was emptied is gone.

    `sections` holds the texts of each section in the order of its claims; texts beyond them are
    new sentences. A name or tagline cannot be emptied: it stays as it was.
    """
    parts: dict[str, tuple[Claim, ...]] = {}
    for section in SECTIONS:
        claims: tuple[Claim, ...] = getattr(persona, section)
        texts = sections.get(section, [typed(claim, evidence, language) for claim in claims])
        before = [*claims, *[Claim("")] * (len(texts) - len(claims))]
        pairs = zip(before, texts, strict=False)
        parts[section] = tuple(_claim(claim, text, evidence, language) for claim, text in pairs if text.strip())
    name = " ".join(name.split()) or persona.name
    return dataclasses.replace(
        persona,
        name=name,
        name_author=persona.name_author if name == persona.name else "analyst",
        tagline=_claim(persona.tagline, tagline, evidence, language) if tagline.strip() else persona.tagline,
        **parts,
    )


def replaced(personas: Personas, persona: Persona) -> Personas:
    """Return all personas with one replaced by its edited self."""
    kept = tuple(persona if other.segment == persona.segment else other for other in personas.personas)
    return dataclasses.replace(personas, personas=kept)


def _claim(claim: Claim, text: str, evidence: Evidence, language: str) -> Claim:
    text = " ".join(text.split())
    if text == " ".join(typed(claim, evidence, language).split()):
        return claim
    for cited in claim.evidence:  # a figure that was left as it stood stays tied to the evidence
        item = evidence.item(cited)
        if item is not None:
            text = text.replace(grounding.figure(item, language), f"⟦{cited}⟧")
    return dataclasses.replace(claim, text=text, author="analyst")

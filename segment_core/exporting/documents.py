"""Documents: scorecard and personas as JSON, with every figure filled in from the evidence."""

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from segment_core.artifacts import SECTIONS, Audited, Claim, Evidence, Persona
from segment_core.errors import DataError
from segment_core.grounding import figure, render

if TYPE_CHECKING:  # the frame imports the steps, never the other way round
    from segment_core.study import Study


def scorecard_json(study: "Study") -> str:
    """Write scores, checks and the verdict: solid, soft, artefact or nothing-there."""
    card = study.scorecard
    if card is None:
        raise DataError("There are no scores yet. Find segments first.")
    scores = [{**dataclasses.asdict(score), "meaning": str(score.meaning)} for score in card.scores]
    checks = [
        {"code": check.code, "passed": check.passed, "finding": str(check.finding), "advice": str(check.advice)}
        for check in card.checks
    ]
    found = {"verdict": card.verdict, "scores": scores, "checks": checks}
    if study.audit is not None:
        found["audit"] = [_audited(column) for column in study.audit.columns]
    return _json(found)


def personas_json(study: "Study") -> str:
    """Write every persona with its sentences as shown, the evidence each cites, and who wrote it."""
    personas, evidence = study.personas, study.evidence
    if personas is None or evidence is None:
        raise DataError("There are no personas yet. Find segments first.")
    language = str(personas.made_by.options.get("language", "en"))
    cited = {id_ for persona in personas.personas for id_ in _cited(persona)}
    items = [
        {name: value for name, value in dataclasses.asdict(item).items() if value not in (None, "")}
        for item in evidence.items
        if item.id in cited or item.kind == "size"
    ]
    return _json(
        {
            "written_by": personas.made_by.name,
            "language": language,
            "personas": [_persona(persona, study, evidence, language) for persona in personas.personas],
            "evidence": items,
            "notes": [str(note.message) for note in personas.notes],
        }
    )


def _audited(found: Audited) -> dict[str, Any]:
    return {
        "column": found.column,
        "flagged": found.flagged,
        "association": dataclasses.asdict(found.association) if found.association else None,
        "used": found.used,
        "finding": str(found.finding),
        "advice": str(found.advice),
        "segments": [
            {"segment": item.segment, "fact": figure(item), "from": item.low, "to": item.high, "n": item.n}
            for item in found.leanings
        ],
        "told_by_everything_else": found.told,
        "leaks": [dataclasses.asdict(leak) for leak in found.leaks],
    }


def _persona(persona: Persona, study: "Study", evidence: Evidence, language: str) -> dict[str, Any]:
    assert study.clustering is not None  # there are no personas without segments
    size = next((segment.size for segment in study.clustering.segments if segment.id == persona.segment), 0)
    found: dict[str, Any] = {
        "segment": persona.segment,
        "name": persona.name,
        "name_by": persona.name_author,
        "name_rests_on": list(persona.basis),
        "customers": size,
        "share": round(size / max(1, len(study.customers)), 4),
        "tagline": _claim(persona.tagline, evidence, language),
    }
    follows = [(column, column.of(persona.segment)) for column in (study.audit.flagged if study.audit else ())]
    found["sensitive"] = [
        {"column": column.column, "finding": str(column.finding), "here": [figure(item, language) for item in items]}
        for column, items in follows
        if items
    ]
    for section in SECTIONS:
        found[section] = [_claim(claim, evidence, language) for claim in getattr(persona, section)]
    return found


def _claim(claim: Claim, evidence: Evidence, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "text": claim.text if claim.author == "analyst" else render(claim.text, evidence, language),
        "evidence": list(claim.evidence),
        "by": claim.author,
    }
    quote = evidence.item(claim.quote) if claim.quote else None
    if quote is not None:
        found["quote"] = {"text": quote.text, "customer": quote.source}
    return found


def _cited(persona: Persona) -> set[str]:
    claims = persona.claims
    return {*persona.basis, *(id_ for claim in claims for id_ in (*claim.evidence, claim.quote) if id_)}


def _json(found: Any) -> str:
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"

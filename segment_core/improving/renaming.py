"""Renaming: a name that the ledger gives or takes back is that of the segment it was said of, wherever that is now."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from segment_core.artifacts import Edit, Evidence, Persona
from segment_core.feedback import counting, known
from segment_core.messages import say
from segment_core.personas.clashes import settle
from segment_core.personas.contrasts import tellings
from segment_core.personas.names import features_of, name_segments
from segment_core.study import Study

JOINERS, UNSEEN = "\u200c\u200d", ("Cc", "Cf", "Cs")
"""What joins letters and emoji, and the kinds of other characters that nobody sees in a name."""


def tidied(value: str) -> str:
    """Return it on one line, without marks that nobody sees or that turn what stands beside them round."""
    kept = "".join(
        letter for letter in " ".join(value.split()) if letter in JOINERS or unicodedata.category(letter) not in UNSEEN
    )
    return " ".join(kept.split()) if kept.strip(JOINERS + " ") else ""


def segment_of(study: Study, edit: Edit) -> str | None:
    """Return the id of the segment now that is like the one an edit was said of, or None."""
    if study.clustering is None:
        return None
    label = known(edit, edit.segment, study.customers.frame.index, study.clustering.labels, alike=True)
    return None if label is None else study.clustering.segments[label].id


def named_as(study: Study, edit: Edit) -> Study:
    """Do at once what an edit asks for, if nothing has to be made anew for it."""
    persona = _named(study, edit) if edit.what == "rename" else None
    if persona is None:
        return study
    return _with(_remembering(study, persona), replace(persona, name=edit.value, name_author="analyst"))


def unnamed(study: Study, edit: Edit) -> Study:
    """Take a name back. One of a writer's has to rest on the same facts as then, or the built-in writer names anew."""
    persona = _named(study, edit) if edit.what == "rename" else None
    if persona is None or study.personas is None or persona.name != edit.value or "name" not in edit.before:
        return study
    before: Any = edit.before.get("author", "builtin")
    found = replace(persona, name=edit.before["name"], name_author=before)
    holds = before == "analyst" or edit.run == study.run or study.evidence is None
    if not holds and edit.before.get("rests") != rests_on(persona, study.evidence):
        found = _anew(study, found)
    return _with(_remembering(study, persona), found)


def _anew(study: Study, persona: Persona) -> Persona:
    """Let the built-in writer name a segment, other than all others are named."""
    assert study.personas is not None and study.evidence is not None
    language = str(study.personas.made_by.options.get("language", "en"))
    name, items = name_segments(study.evidence, language)[persona.segment]
    found = replace(persona, name=name, name_author="builtin", basis=tuple(item.id for item in items))
    others = [one for one in study.personas.personas if one.segment != persona.segment]
    *_, settled = settle((*others, found), study.evidence, language, [one.segment for one in others])
    return settled


def caught_up(study: Study, then: Sequence[Edit]) -> Study:
    """Give segments of a run that was left when the ledger was `then` the names said and taken back since."""
    if tuple(study.edits[: len(then)]) != tuple(then):
        return study
    before, now = dict(counting(then)), dict(counting(study.edits))
    for place in sorted(before.keys() - now.keys(), reverse=True):
        study = unnamed(study, before[place])
    for place in sorted(now.keys() - before.keys()):
        study = named_as(study, now[place])
    return study


def renamed(study: Study, taken: Sequence[str]) -> Study:
    """Give segments the names that the ledger has for them, but for those `taken` that have theirs from a run before.

    For a study that was just made: where a segment is known again that the run before did not have.
    """
    for _, edit in counting(study.edits):
        persona = _named(study, edit) if edit.what == "rename" else None
        if persona is not None and persona.segment not in taken:
            study = _with(study, replace(persona, name=edit.value, name_author="analyst"))
    return study


def rests_on(persona: Persona, evidence: Evidence | None) -> str:
    """Return a fingerprint of the facts that a name rests on, as far as they still tell the segment apart."""
    items = [item for id_ in persona.basis if evidence is not None and (item := evidence.item(id_)) is not None]
    telling = features_of(tellings(evidence, persona.segment)) if evidence is not None else frozenset()
    text = repr(sorted(features_of(items) & telling))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _remembering(study: Study, persona: Persona) -> Study:
    return study.remembering(say("{name} was edited.", name=f"{persona.name} ({persona.segment})"))


def _named(study: Study, edit: Edit) -> Persona | None:
    segment = segment_of(study, edit)
    return study.personas.of(segment) if study.personas and segment is not None else None


def _with(study: Study, persona: Persona) -> Study:
    assert study.personas is not None
    kept = tuple(persona if other.segment == persona.segment else other for other in study.personas.personas)
    return replace(study, personas=replace(study.personas, personas=kept))

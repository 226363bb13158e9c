"""Versions: what personas and messages were, how two versions differ, and how one comes back, purely."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from pages._shared import editing
from pages._shared.editing import PARTS
from segment_core.artifacts import Claim, Contents, Evidence, Persona, Personas, Piece, Version
from segment_core.messages import say
from segment_core.study import Study


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of one segment that is not the same in two versions: its texts in the one and in the other.

    `part` is a part of a persona, or "messages".
    """

    segment: str
    part: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def differences(
    before: Version, after: Version, evidence: Evidence, language: str, segment: str = ""
) -> list[Difference]:
    """Return how two versions differ, in all segments or one; what only one of them holds at all is left out."""
    found = []
    if before.personas is not None and after.personas is not None:
        for persona in before.personas.personas:
            other = after.personas.of(persona.segment)
            if other is not None and other != persona and segment in ("", persona.segment):
                found += _parts(persona, other, evidence, language)
    if before.contents is not None and after.contents is not None:
        segments = dict.fromkeys(piece.segment for piece in (*before.contents.pieces, *after.contents.pieces))
        for each in segments:
            mine, other_pieces = before.contents.of(each), after.contents.of(each)
            if mine != other_pieces and segment in ("", each):
                lost = [_said(piece) for piece in mine if piece not in other_pieces]
                new = [_said(piece) for piece in other_pieces if piece not in mine]
                found.append(Difference(each, "messages", tuple(lost), tuple(new)))
    return found


def now(study: Study) -> Version:
    """Return the study's personas and messages as a version: what they are now."""
    return Version(0.0, say("Now"), study.personas, study.contents)


def after(study: Study, number: int) -> Version:
    """Return the version that followed the one with this number in the history: the next, or what is now."""
    return study.version(number + 1) if number + 1 < len(study.history or ()) else now(study)


def restored(study: Study, version: Version, segment: str = "") -> dict[str, Personas | Contents]:
    """Return the personas and messages to keep so that a version, or one segment of it, is as it was.

    What the version does not hold stays as it is.
    """
    found: dict[str, Personas | Contents] = {}
    if version.personas is not None:
        found["personas"] = version.personas
        if segment and study.personas is not None:
            old = version.personas.of(segment)
            found["personas"] = editing.replaced(study.personas, old) if old is not None else study.personas
    if version.contents is not None:
        found["contents"] = version.contents
        if segment and study.contents is not None:
            others = [piece for piece in study.contents.pieces if piece.segment != segment]
            order = dict.fromkeys(piece.segment for piece in (*version.contents.pieces, *study.contents.pieces))
            places = {each: place for place, each in enumerate(order)}
            pieces = sorted([*others, *version.contents.of(segment)], key=lambda piece: places[piece.segment])
            found["contents"] = dataclasses.replace(study.contents, pieces=tuple(pieces))
    return found


def edited_at(study: Study, segment: str, part: str) -> float | None:
    """Return when a part of a persona last became what it is now, in seconds since 1970; None where nobody knows."""
    present = study.personas.of(segment) if study.personas else None
    for version in reversed(study.history or ()):
        old = version.personas.of(segment) if version.personas else None
        if present is not None and old is not None and _part(old, part) != _part(present, part):
            return version.at
    return None


def _part(persona: Persona, part: str) -> object:
    return (persona.name, persona.name_author) if part == "name" else editing.claims(persona, part)


def _parts(before: Persona, after: Persona, evidence: Evidence, language: str) -> list[Difference]:
    found = []
    for part in PARTS:
        if part == "name":
            old, new = (before.name,), (after.name,)
        else:
            old = _texts(editing.claims(before, part), evidence, language)
            new = _texts(editing.claims(after, part), evidence, language)
        if old != new:
            lost, gained = tuple(x for x in old if x not in new), tuple(x for x in new if x not in old)
            found.append(Difference(before.segment, part, lost, gained))
    return found


def _texts(claims: Sequence[Claim], evidence: Evidence, language: str) -> tuple[str, ...]:
    quotes = {claim.quote: item.text for claim in claims if claim.quote and (item := evidence.item(claim.quote))}
    return tuple(
        editing.typed(claim, evidence, language) + (f" “{quotes[claim.quote]}”" if claim.quote in quotes else "")
        for claim in claims
    )


def _said(piece: Piece) -> str:
    return f"{piece.channel} {piece.variant}: " + " / ".join(claim.text for claim in piece.lines.values())

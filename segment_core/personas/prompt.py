"""Prompt: what a language model is told, and the evidence it may use."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from segment_core.artifacts import CREATIVE, SECTIONS, Evidence, EvidenceItem, Personas
from segment_core.grounding import figure
from segment_core.llm.filters import reads_like_a_command
from segment_core.llm.outbound import Outbound, seal
from segment_core.personas.contrasts import contrasts, nearest, neighbourhoods, tellings
from segment_core.personas.names import feature
from segment_core.personas.options import ModelOptions
from segment_core.personas.wordings import NAMES, PAIR, PERSONA, SECTION
from segment_core.phrasing.facts import segments_of

SIDE_BY_SIDE = 12
"""So many segments are shown to a model at once, so that it can tell them apart."""
ASKED = tuple(name for name in SECTIONS if name != "worth")
"""The sections a model writes; what a segment is worth is counted, not worded."""
PARTS = ("", "name", *SECTIONS)
"""What can be written by itself: everything, the name with its tagline, or one section."""
LONGEST_NAME = 40
FEWEST, MOST = 1, 3
"""Sentences in a section."""
NOT_YET = "(chosen in the call before this one)"

_MOST_FACTS, _MOST_TERMS, _MOST_QUOTES, _MOST_CONTRASTS = 16, 10, 8, 6
_SHORT_FACTS, _SHORT_TERMS = 9, 5
_LANGUAGES = {"en": "English", "zh": "Simplified Chinese"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A sealed letter, the segments to be written, and the evidence that read like a command and was withheld (ids)."""

    sealed: Outbound
    segments: tuple[str, ...]
    withheld: tuple[str, ...]


def letters(
    evidence: Evidence,
    options: ModelOptions,
    only: Sequence[str] = (),
    part: str = "",
    known: Personas | None = None,
) -> tuple[Letter, ...]:
    """Compose what will be sent first for each call: a letter for the names, then one for each persona.

    Names that are still to be chosen stand as a remark. A model may be asked again about what its answer lacked.
    """
    asked = tuple(segment for segment in segments_of(evidence) if not only or segment in only)
    names = {persona.segment: persona.name for persona in known.personas} if known else {}
    found: list[Letter] = []
    if part in ("", "name"):
        found += name_letters(evidence, options, asked, names)
        names |= dict.fromkeys(asked, NOT_YET)
    if part != "name":
        sections = ASKED if not part else tuple(name for name in ASKED if name == part)
        found += [persona_letter(evidence, options, segment, names, sections) for segment in asked if sections]
    return tuple(found)


def name_letters(
    evidence: Evidence, options: ModelOptions, asked: Collection[str], names: Mapping[str, str] = {}
) -> tuple[Letter, ...]:
    """Ask for names side by side: in one letter up to twelve segments, above that in one a group of neighbours.

    Segments that are not `asked` are shown with the names they have; `names` of segments elsewhere are taken.
    """
    found = []
    for group in neighbourhoods(evidence, SIDE_BY_SIDE):
        wanted = tuple(segment for segment in group if segment in asked)
        if wanted:
            rules = NAMES.format(language=_LANGUAGES[options.language], longest=LONGEST_NAME)
            found.append(_side_by_side(evidence, rules, group, wanted, names))
    return tuple(found)


def pair_letter(
    evidence: Evidence, options: ModelOptions, pair: tuple[str, str], asked: Collection[str], names: Mapping[str, str]
) -> Letter:
    """Ask again for the names of two segments that clashed, with what tells just these two apart."""
    rules = PAIR.format(language=_LANGUAGES[options.language], longest=LONGEST_NAME)
    wanted = tuple(segment for segment in pair if segment in asked)
    rivals = {pair[0]: pair[1], pair[1]: pair[0]}
    return _side_by_side(evidence, rules, pair, wanted, names, rivals=rivals)


def persona_letter(
    evidence: Evidence,
    options: ModelOptions,
    segment: str,
    names: Mapping[str, str],
    sections: Sequence[str] = ASKED,
) -> Letter:
    """Ask for one persona, or some sections of it, from its own sheet; of the others go names and figures."""
    told = {"language": _LANGUAGES[options.language], "most": MOST, "fewest": FEWEST}
    rules = PERSONA.format(**told) if len(sections) > 1 else SECTION.format(**told, section=sections[0])
    items = [item for item in evidence.of(segment) if not _is_command(item)]
    other = nearest(evidence, segment)
    data = {
        "segment": {"id": segment, "name": names.get(segment, "")} | _sheet(items),
        "sections": list(sections),
        "creative": [name for name in sections if name in CREATIVE],
        "others": [{"id": one, "name": names.get(one, "")} for one in segments_of(evidence) if one != segment],
        "contrasts": _contrasted(evidence, segment, other),
    }
    return Letter(seal(rules, data, purpose="personas"), (segment,), _withheld(evidence, segment))


def _side_by_side(
    evidence: Evidence,
    rules: str,
    shown: Sequence[str],
    wanted: Sequence[str],
    names: Mapping[str, str],
    *,
    rivals: Mapping[str, str] = {},
) -> Letter:
    sheets = []
    for segment in shown:
        items = [item for item in evidence.of(segment) if not _is_command(item)]
        other = rivals.get(segment) or nearest(evidence, segment)
        sheet: dict[str, Any] = {"id": segment, "write": segment in wanted}
        if segment in names and (segment not in wanted or rivals):
            sheet["name"] = names[segment]
        sheet |= _short(items) | {"contrasts": _contrasted(evidence, segment, other)}
        sheets.append(sheet)
    taken = [name for segment, name in names.items() if segment not in shown]
    data = {"segments": sheets, "taken": taken}
    return Letter(
        seal(rules, data, purpose="names"),
        tuple(wanted),
        tuple(id_ for one in shown for id_ in _withheld(evidence, one)),
    )


def _contrasted(evidence: Evidence, segment: str, other: str | None) -> dict[str, Any]:
    if other is None:
        return {}
    there = {feature(item)[0]: item for item in tellings(evidence, other) if item.kind != "term"}
    found = [item for item in contrasts(evidence, segment, other) if not _is_command(item)][:_MOST_CONTRASTS]
    return {
        "with": other,
        "facts": [{"id": item.id, "there": _beside(there.get(feature(item)[0]))} for item in found],
    }


def _beside(item: EvidenceItem | None) -> str:
    return figure(item) if item is not None and not _is_command(item) else "does not stand out"


def _short(items: Sequence[EvidenceItem]) -> dict[str, Any]:
    """Show what a name can rest on: facts and terms, and nobody's sentences."""
    return {"facts": _facts(items, _SHORT_FACTS), "terms": _terms(items, _SHORT_TERMS)}


def _sheet(items: Sequence[EvidenceItem]) -> dict[str, Any]:
    return {
        "facts": _facts(items, _MOST_FACTS),
        "terms": _terms(items, _MOST_TERMS),
        "quotes": [
            {"id": item.id, "text": item.text, "from": "the border of the segment" if item.boundary else "its centre"}
            for item in items
            if item.kind == "quote"
        ][:_MOST_QUOTES],
    }


def _facts(items: Sequence[EvidenceItem], most: int) -> list[dict[str, str]]:
    facts = [item for item in items if item.kind not in ("term", "quote")]
    return [
        {"id": item.id, "label": item.label, "direction": item.direction, "shown_as": figure(item)}
        for item in facts[:most]
    ]


def _terms(items: Sequence[EvidenceItem], most: int) -> list[dict[str, str]]:
    return [{"id": item.id, "text": item.text or item.label} for item in items if item.kind == "term"][:most]


def _withheld(evidence: Evidence, segment: str) -> tuple[str, ...]:
    return tuple(item.id for item in evidence.of(segment) if _is_command(item))


def _is_command(item: EvidenceItem) -> bool:
    return reads_like_a_command(f"{item.label} {item.text}")

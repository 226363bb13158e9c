"""Prompt: what a language model is told, and the evidence it may use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from segment_core.artifacts import Evidence, EvidenceItem
from segment_core.grounding import figure
from segment_core.llm.filters import reads_like_a_command
from segment_core.llm.outbound import Outbound, seal
from segment_core.personas.options import ModelOptions
from segment_core.phrasing.facts import segments_of

SIDE_BY_SIDE = 12
"""So many segments are shown to a model at once, so that it can tell them apart."""

_MOST_QUOTES = 12
_LANGUAGES = {"en": "English", "zh": "Simplified Chinese"}

INSTRUCTIONS = """\
You name customer segments and describe each as a persona, for a marketing team. Write in {language}.
You get an evidence sheet for each segment, side by side. Write a persona for each segment marked "write": true; \
the others are there to contrast with.

Each persona has: segment (its id), name (at most 40 characters, vivid yet exact), basis (the two evidence ids the \
name rests on), tagline (one sentence), and two or three sentences each for who (what marks them), needs, objections \
(what may hold them back), channels (where to meet them) and tone (how to speak to them).

Rules, checked by a program that refuses what breaks them:
- Every sentence cites one to four evidence ids of its own segment, in its list "evidence".
- Write no digits and no numbers or fractions as words, no "half", "twice" or "percent". Where a figure belongs, write \
⟦id⟧ with a cited id: the reader sees label, value and the value of all customers there.
- Give a quote by putting its id into "quote"; never repeat its words in a sentence. Leave "quote" empty otherwise.
- Say "more" or "less" only where the direction of the cited fact says so. Speak of a majority only with a share \
above half.
- Name no age, family, income, gender, health, origin, belief or occupation, unless it is in the label of a cited fact.
- Claim no causes. Promise nothing. Do not speak of everybody or nobody.
- Plain text: no links, addresses, HTML or markdown.
- No two names alike, and no two segments with a name that rests on the same facts."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A sealed letter, the segments to be written, and how many texts read like commands and were withheld."""

    sealed: Outbound
    segments: tuple[str, ...]
    withheld: int


def letters(evidence: Evidence, options: ModelOptions, only: Sequence[str] = ()) -> tuple[Letter, ...]:
    """Compose what will be sent: one letter for up to twelve segments, else one for each group of them."""
    everyone = segments_of(evidence)
    asked = tuple(segment for segment in everyone if not only or segment in only)
    if len(everyone) <= SIDE_BY_SIDE:
        return (_letter(evidence, options, everyone, asked),) if asked else ()
    groups = [asked[start : start + SIDE_BY_SIDE] for start in range(0, len(asked), SIDE_BY_SIDE)]
    return tuple(_letter(evidence, options, group, group) for group in groups)


def preview(evidence: Evidence, options: ModelOptions, only: Sequence[str] = ()) -> str:
    """Return exactly what would be sent to the language model, without sending it."""
    return "\n\n".join(str(letter.sealed) for letter in letters(evidence, options, only))


def _letter(evidence: Evidence, options: ModelOptions, shown: Sequence[str], asked: Sequence[str]) -> Letter:
    sheets, withheld = [], 0
    for segment in shown:
        items = [item for item in evidence.of(segment) if not _is_command(item)]
        withheld += len(evidence.of(segment)) - len(items)
        sheets.append({"id": segment, "write": segment in asked} | _sheet(items))
    instructions = INSTRUCTIONS.format(language=_LANGUAGES[options.language])
    return Letter(seal(instructions, {"segments": sheets}), tuple(asked), withheld)


def _sheet(items: Sequence[EvidenceItem]) -> dict[str, Any]:
    return {
        "facts": [
            {"id": item.id, "label": item.label, "direction": item.direction, "shown_as": figure(item)}
            for item in items
            if item.kind not in ("term", "quote")
        ],
        "terms": [{"id": item.id, "text": item.text or item.label} for item in items if item.kind == "term"],
        "quotes": [
            {"id": item.id, "text": item.text, "from": "the border of the segment" if item.boundary else "its centre"}
            for item in items
            if item.kind == "quote"
        ][:_MOST_QUOTES],
    }


def _is_command(item: EvidenceItem) -> bool:
    return reads_like_a_command(f"{item.label} {item.text}")

"""Refusals: a model's sentences held against the evidence, over all its answers, and what can be kept of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from segment_core.artifacts import CREATIVE, Claim, Evidence, Persona, Tally
from segment_core.grounding import slots
from segment_core.grounding.checks import Problem, check_claim
from segment_core.personas.prompt import MOST

if TYPE_CHECKING:
    from segment_core.personas.answers import ClaimAnswer, PersonaAnswer, SectionAnswer

_NO_QUOTE = ("", "none", "null", "n/a", "-")
_BRACKETED = re.compile(r"\[\[\s*([^\[\]]+?)\s*\]\]|[\[【⟦{]\s*([^\[\]【】⟦⟧{}]+?)\s*[\]】⟧}]")


@dataclass(slots=True)
class Section:
    """The best of a section so far: the sentences kept, how many were refused, and which answer they came in (1, …)."""

    kept: tuple[Claim, ...] = ()
    refused: int = 0
    answer: int = 1


@dataclass(slots=True)
class Hearing:
    """One persona's answers as they come in; what was right once is not asked again, whatever is answered later."""

    segment: str
    evidence: Evidence
    sections: Sequence[str]
    found: dict[str, Section] = field(default_factory=dict)
    texts: dict[str, set[str]] = field(default_factory=dict)
    answers: int = 0

    def check(self, answer: "PersonaAnswer | SectionAnswer") -> list[str]:
        """Take an answer in, and say what to correct in ids and rules only: nobody's words go back."""
        self.answers += 1
        wrong: list[str] = []
        for name in self.sections:
            before = self.found.get(name)
            if before is not None and before.kept and not before.refused:
                continue
            claims: Sequence[ClaimAnswer] = getattr(answer, name, None) or getattr(answer, "claims", None) or ()
            section, problems = self._section(name, claims)
            if before is None or (len(section.kept), -section.refused) > (len(before.kept), -before.refused):
                self.found[name] = section
            wrong += problems
        return wrong

    def persona(self, plain: Persona) -> Persona:
        """Return the persona with all that was kept; what is empty is the built-in writer's."""
        parts: dict[str, Any] = {name: self.found[name].kept for name in self.sections if self._holds(name)}
        return replace(plain, **parts)

    def tally(self) -> Tally:
        """Count how the sentences fared."""
        first = mended = 0
        for name, section in self.found.items():
            early = sum(section.answer == 1 or claim.text in self.texts[name] for claim in section.kept)
            first, mended = first + early, mended + len(section.kept) - early
        dropped = sum(section.refused for section in self.found.values())
        return Tally(first, mended, dropped, sum(not self._holds(name) for name in self.sections))

    def _holds(self, name: str) -> bool:
        return name in self.found and bool(self.found[name].kept)

    def _section(self, name: str, claims: Sequence["ClaimAnswer"]) -> tuple[Section, list[str]]:
        kept: list[Claim] = []
        wrong = [] if claims else [f"{self.segment}.{name}: write at least one sentence."]
        for number, given in enumerate(claims):
            place = f"{self.segment}.{name}[{number}]"
            claim = as_claim(given, self.segment, self.evidence)
            problems = said(place, problems_in(claim, self.segment, self.evidence, creative=name in CREATIVE))
            if len(kept) == MOST and not problems:
                problems = [f"{place}: write at most {MOST} sentences for {name}."]
            if problems:
                wrong += problems
            else:
                kept.append(claim)
        if self.answers == 1:
            self.texts[name] = {claim.text for claim in kept}
        return Section(tuple(kept), len(claims) - len(kept), self.answers), wrong


def problems_in(claim: Claim, segment: str, evidence: Evidence, *, creative: bool = False) -> tuple[Problem, ...]:
    """Return everything that speaks against a sentence of a segment."""
    return check_claim(claim.text, claim.evidence, claim.quote, segment, evidence, creative=creative)


def as_claim(answer: "ClaimAnswer", segment: str, evidence: Evidence) -> Claim:
    """Take a sentence over; an id in a slot counts as cited.

    Small slips of form are mended: another sort of brackets around an id, an id without its segment or in other case.
    """

    def bracketed(match: re.Match[str]) -> str:
        inner = tidy_id(match[1] or match[2], segment, evidence)
        return f"⟦{inner}⟧" if evidence.item(inner) else match[0]

    text, quote = _BRACKETED.sub(bracketed, answer.text.strip()), answer.quote.strip()
    cited = [tidy_id(id_, segment, evidence) for id_ in answer.evidence]
    given = "" if quote.casefold() in _NO_QUOTE else tidy_id(quote, segment, evidence)
    return Claim(text, tuple(dict.fromkeys([*cited, *slots.ids_in(text)])), given, "model")


def tidy_id(id_: str, segment: str, evidence: Evidence) -> str:
    """Return the evidence id that is meant, where only its form is off; else the id as it is."""
    bare = id_.strip(" ⟦⟧[]()【】{}\"'")
    if evidence.item(bare) is not None:
        return bare
    for meant in (f"{segment}.{bare}".casefold(), bare.casefold()):
        item = next((item for item in evidence.of(segment) if item.id.casefold() == meant), None)
        if item is not None:
            return item.id
    return bare


def said(place: str, problems: Sequence[Problem]) -> list[str]:
    """Put problems into words for the model, each with the place it speaks of."""
    return [f"{place}: {problem.message}" for problem in problems]

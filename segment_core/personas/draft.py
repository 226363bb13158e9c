"""Draft: what the built-in writer knows while it writes one segment, and how it words a claim."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from segment_core.artifacts import Claim, Evidence, EvidenceItem
from segment_core.personas.sentences import ADVICE, BETWEEN, FRAMES, JOIN
from segment_core.phrasing.facts import differences, quotes, terms
from segment_core.phrasing.phrases import can_be_said, phrase, spaced
from segment_core.phrasing.themes import theme
from segment_core.phrasing.wording import capital


@dataclass
class Draft:
    """One segment on its way to a persona; `used` counts the wordings taken so far, in all segments.

    `hidden` are facts whose labels are not fit for a sentence; they appear only as figures.
    """

    segment: str
    evidence: Evidence
    language: str
    used: Counter[str]
    basis: tuple[EvidenceItem, ...]
    facts: list[EvidenceItem] = field(init=False)
    hidden: list[EvidenceItem] = field(init=False)
    terms: list[EvidenceItem] = field(init=False)
    quotes: list[EvidenceItem] = field(init=False)
    quoted: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        found = differences(self.evidence, self.segment)
        self.facts = [item for item in found if can_be_said(item)]
        self.hidden = [item for item in found if not can_be_said(item)]
        self.terms = terms(self.evidence, self.segment)
        self.quotes = quotes(self.evidence, self.segment)

    def say(self, frame: str, items: Sequence[EvidenceItem], quote: str = "", **words: str) -> Claim:
        """Word a claim in the variant of a frame that was used least."""
        return self._claim(FRAMES[self.language][frame], items, quote, words)

    def plainly(self, variants: Sequence[str], items: Sequence[EvidenceItem]) -> Claim:
        """Take the variant that was used least as it stands; its figures are one click away, not in the sentence."""
        text = min(variants, key=lambda variant: self.used[variant])
        self.used[text] += 1
        return Claim(text, tuple(item.id for item in items))

    def beside(self, variants: Sequence[str], item: EvidenceItem) -> tuple[str, ...]:
        """Put the fact that is meant behind each variant."""
        words = phrase(item, self.language)
        if self.language == "zh":
            return tuple(f"{variant[:-1]}（{words}）。" for variant in variants)
        return tuple(f"{variant[:-1]} ({words})." for variant in variants)

    def is_fresh(self, variants: Sequence[str]) -> bool:
        """Tell whether a wording is left that no segment was given."""
        return any(not self.used[variant] for variant in variants)

    def advise(self, section: str, item: EvidenceItem, beside: EvidenceItem | None = None) -> Claim | None:
        """Word what a fact suggests for a section; None where its theme says nothing for it.

        Where another segment has taken all variants with the same fact, it is named together with the one beside it.
        """
        table = ADVICE[self.language][section]
        about = theme(item)
        if section == "tone" and about not in table:
            about = "other"
        if about not in table:
            return None
        variants = table[about][1 if item.direction == "under" else 0]
        words = {"x": phrase(item, self.language)}
        fresh = any(spaced(variant.format(**words), self.language) not in self.used for variant in variants)
        if fresh or beside is None or beside.id == item.id:
            return self._claim(variants, [item], "", words)
        both = FRAMES[self.language]["both"]
        words |= {"y": phrase(beside, self.language)}
        return self._claim([frame.format(a=a, x="{y}") for a in variants for frame in both], [item, beside], "", words)

    def _claim(
        self, variants: Sequence[str], items: Sequence[EvidenceItem], quote: str, words: dict[str, str]
    ) -> Claim:
        """Fill the variant that was used least, with these facts and at all."""
        counts = {
            variant: (self.used[spaced(variant.format(**words), self.language)], self.used[variant])
            for variant in variants
        }
        variant = min(variants, key=lambda variant: counts[variant])
        text = spaced(variant.format(**words), self.language)
        self.used.update({variant, text})
        between = BETWEEN[self.language][all(item.kind == "term" for item in items)]
        slots = between.join(f"⟦{item.id}⟧" for item in items)
        joined = f"{capital(text)}{JOIN[self.language]}{slots}" if slots else capital(text)
        return Claim(joined, tuple(item.id for item in items), quote)

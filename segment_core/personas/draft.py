"""Draft: what the built-in writer knows while it writes one segment, and how it chooses a wording."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from segment_core.artifacts import Claim, Evidence, EvidenceItem
from segment_core.grounding import check_claim
from segment_core.personas.senses import OPPOSITES, sense
from segment_core.personas.sentences import BETWEEN, FRAMES, JOIN, suggested
from segment_core.personas.speech import clauses, of_term, words_of
from segment_core.phrasing.facts import differences, is_missing, quotes, says_nothing, terms
from segment_core.phrasing.phrases import can_be_said, spaced
from segment_core.phrasing.things import part_of_speech
from segment_core.phrasing.wording import capital, term_of


@dataclass(frozen=True, slots=True)
class Option:
    """A way to word something: the text, the facts it rests on, its pattern, and whether their figures follow."""

    text: str
    items: tuple[EvidenceItem, ...]
    pattern: str
    figures: bool = True
    quote: str = ""


@dataclass
class Draft:
    """One segment on its way to a persona; `used` counts the wordings and patterns taken so far, in all segments.

    `hidden` are facts whose labels are not fit for a sentence; they appear only as figures. `leading` are the facts
    that advice rests on: one for each sense, and none that points the other way than a stronger one.
    """

    segment: str
    evidence: Evidence
    language: str
    used: Counter[str]
    basis: tuple[EvidenceItem, ...]
    facts: list[EvidenceItem] = field(init=False)
    hidden: list[EvidenceItem] = field(init=False)
    leading: list[EvidenceItem] = field(init=False)
    terms: list[EvidenceItem] = field(init=False)
    quotes: list[EvidenceItem] = field(init=False)
    quoted: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        found = differences(self.evidence, self.segment)
        self.facts = [item for item in found if can_be_said(item) and not is_missing(item)]
        self.hidden = [item for item in found if not can_be_said(item)]
        self.leading = _leading([item for item in self.facts if not says_nothing(item)])
        self.terms = terms(self.evidence, self.segment)
        self.quotes = quotes(self.evidence, self.segment)

    def pick(self, options: Iterable[Option], *, creative: bool = False) -> Claim | None:
        """Return the option that was used least, as it stands and as a pattern, of those that the checker lets pass."""
        ranked = sorted(options, key=lambda option: (self.used[option.text], self.used[option.pattern]))
        for option in ranked:
            claim = self._claim(option)
            about = (claim.text, claim.evidence, claim.quote, self.segment, self.evidence)
            if not check_claim(*about) and not (creative and check_claim(*about, creative=True)):
                self.used.update({option.text, option.pattern})
                return claim
        return None

    def say(
        self, frame: str, items: Sequence[EvidenceItem], quote: str = "", *, figures: bool = True, **words: str
    ) -> list[Claim]:
        """Word a claim by a frame; nothing where no wording of it may be said."""
        variants = FRAMES[self.language][frame]
        options = [
            Option(spaced(variant.format(**words), self.language), tuple(items), variant, figures, quote)
            for variant in variants
        ]
        claim = self.pick(options)
        return [claim] if claim else []

    def advise(
        self, section: str, item: EvidenceItem, *, figures: bool = False, creative: bool = False, fresh: bool = False
    ) -> Claim | None:
        """Word what a fact suggests for a section; None where its sense says nothing for it.

        Where other segments have taken all wordings, they stand beside another fact of this segment, or, with `fresh`,
        nothing is said.
        """
        variants = suggested(self.language, section, sense(item))
        words = words_of(item, self.language)
        plain = [
            Option(spaced(variant.format(**words), self.language), (item,), variant, figures) for variant in variants
        ]
        untold = [option for option in plain if not self.used[option.text]]
        if fresh:
            return self.pick(untold, creative=creative) if untold else None
        return self.pick(untold or [*self.beside(plain), *plain], creative=creative)

    def beside(self, plain: Sequence[Option]) -> Iterator[Option]:
        """Yield wordings beside another fact or word of this segment, so that they are its own."""
        for option in plain:
            end = "。" if self.language == "zh" else "."
            text, stop = (option.text[:-1], end) if option.text.endswith(end) else (option.text, "")
            named = [item for item in self.terms if part_of_speech(item) == "thing"][:3]
            for other in [item for item in [*self.facts[:5], *named] if item not in option.items]:
                spoken = (of_term(other, self.language),) if other.kind == "term" else clauses(other, self.language)[:2]
                for frame, clause in itertools.product(FRAMES[self.language]["beside"], spoken):
                    said = frame.format(t=text, s=clause.sentence(self.language)) + stop
                    yield Option(said, (*option.items, other), frame, option.figures)

    def _claim(self, option: Option) -> Claim:
        """Set the facts' figures behind the words."""
        items = option.items
        between = BETWEEN[self.language][bool(items) and all(item.kind == "term" for item in items)]
        slots = between.join(f"⟦{item.id}⟧" for item in items if _has_slot(item, option.text)) if option.figures else ""
        text = capital(option.text)
        if slots:
            text += f"{JOIN[self.language]}{slots}"
        elif not option.quote and not text.endswith((".", "。")):
            text += "。" if self.language == "zh" else "."
        return Claim(text, tuple(dict.fromkeys(item.id for item in items)), option.quote)


def _has_slot(item: EvidenceItem, text: str) -> bool:
    """Tell whether something of a fact is left to show: a word that stands in the text is there already."""
    return item.kind != "quote" and not (item.kind == "term" and f"“{term_of(item)}”" in text)


_SAME = {"basket": "spend"}


def _leading(facts: Sequence[EvidenceItem]) -> list[EvidenceItem]:
    """Keep one fact for each sense, and of what is chosen among (categories, channels) what is chosen, not left."""
    found: dict[str, EvidenceItem] = {}
    signs: dict[str, str] = {}
    chosen = [item for item in facts if not (item.kind == "share" and item.direction == "under")]
    for item in [*chosen, *(item for item in facts if item not in chosen)]:
        about, sign = sense(item)[:-1], sense(item)[-1]
        about = _SAME.get(about, about)
        if about not in found and signs.setdefault(OPPOSITES.get(about, about), sign) == sign:
            found[about] = item
    return [item for item in facts if item in found.values()]

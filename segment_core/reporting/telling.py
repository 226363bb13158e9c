"""Telling: what is said of a study in one language, as plain text that shows as it is and gives nobody away."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from segment_core.artifacts import Claim, Evidence, EvidenceItem, Personas, Segment
from segment_core.errors import DataError
from segment_core.exporting import contactable
from segment_core.grounding import figure
from segment_core.improving.colouring import places
from segment_core.intake.marks import sensitive
from segment_core.messages import Message, say
from segment_core.phrasing.wording import clean
from segment_core.privacy import mask
from segment_core.reporting.pieces import Quote
from segment_core.reporting.portraits import spoken_in
from segment_core.reporting.speaking import teller
from segment_core.study import Study

LONGEST_QUOTE, LONGEST_NAME = 420, 120


@dataclass(frozen=True)
class Telling:
    """A study, the language it is told in, and whether customers' own words may stand in it."""

    study: Study
    language: str
    quoting: bool = True

    def __post_init__(self) -> None:
        """Refuse a study of which nothing can be told yet."""
        if self.study.clustering is None or self.study.evidence is None:
            raise DataError("There are no segments yet. Find segments first.")
        teller(self.language)

    def tell(self, message: Message) -> str:
        """Say a message; what customers put into its values is made harmless."""
        return clean(teller(self.language)(message), 2000)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Return the segments in their order."""
        assert self.study.clustering is not None  # __post_init__ has looked
        return self.study.clustering.segments

    @property
    def evidence(self) -> Evidence:
        """Return the evidence sheet."""
        assert self.study.evidence is not None  # __post_init__ has looked
        return self.study.evidence

    @property
    def total(self) -> int:
        """Count the customers."""
        return len(self.study.customers)

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Return each segment's place in the palette."""
        return places(self.study)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Return each segment's name, with its id where two share one."""
        personas = self.personas
        found = {}
        for segment in self.segments:
            persona = personas.of(segment.id) if personas else None
            found[segment.id] = clean(persona.name, LONGEST_NAME) if persona and persona.name.strip() else segment.id
        taken = list(found.values())
        return {id_: f"{name} ({id_})" if taken.count(name) > 1 else name for id_, name in found.items()}

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """Return the columns marked as sensitive."""
        return frozenset(sensitive(self.study.customers, self.study.plan.sensitive))

    @property
    def personas(self) -> Personas | None:
        """Return the personas, in this language wherever the built-in writer wrote them."""
        return self._spoken[0]

    def spoken(self, claim: Claim) -> str:
        """Return the language that a sentence of a persona is written in."""
        return self.language if self._written == self.language or claim in self._spoken[1] else self._written

    @property
    def foreign(self) -> bool:
        """Tell whether a sentence of a persona stands in another language than the report."""
        personas = self.personas.personas if self.personas else ()
        return any(self.spoken(claim) != self.language for persona in personas for claim in persona.claims)

    @cached_property
    def _written(self) -> str:
        personas = self.study.personas
        found = str(personas.made_by.options.get("language", "en")) if personas else self.language
        return found if found in ("en", "zh") else "en"

    @cached_property
    def _spoken(self) -> tuple[Personas | None, frozenset[Claim]]:
        personas = self.study.personas
        if personas is None or self._written == self.language:
            return personas, frozenset()
        return spoken_in(personas, self.evidence, self.language)

    def quotes(self, segment: str) -> tuple[EvidenceItem, ...]:
        """Return the quotes of a segment that may stand in the report."""
        return tuple(item for item in self.evidence.of(segment, "quote") if self.quotable(item))

    def quotable(self, item: EvidenceItem) -> bool:
        """Tell whether a quote may stand in the report: its customer may be contacted, or the file asks for no consent.

        Everybody is counted. But a report is passed on, and somebody's words can be known by what they tell, masked or
        not.
        """
        return self.quoting and (not item.source or item.source in self._open)

    def sayable(self, claim: Claim) -> bool:
        """Tell whether a sentence may stand in the report: one that rests on a quote goes with it."""
        item = self.evidence.item(claim.quote) if claim.quote else None
        return not claim.quote if item is None else self.quotable(item)

    @cached_property
    def unquoted(self) -> int:
        """Count the quotes that are left out because their customers may not be contacted."""
        quotes = [item for item in self.evidence.items if item.kind == "quote"]
        return sum(self.quoting and not self.quotable(item) for item in quotes)

    @cached_property
    def _open(self) -> frozenset[str]:
        may = contactable(self.study.customers)
        return frozenset(may.index[may].astype(str))

    def share(self, part: float) -> str:
        """Write a share."""
        return f"{part:.1%}"

    def masked(self, text: str, longest: int = LONGEST_QUOTE) -> str:
        """Return a customer's words on one line, with tags where e-mail addresses, numbers and the like stood."""
        return clean(mask(text)[0], longest)

    def quote(self, item: EvidenceItem) -> Quote:
        """Return a quote, and the row that it stands in."""
        said = f"“{self.masked(item.text)}”"
        if item.row is None:
            return Quote(said)
        where = say("{column}, row {n:,} of {table}", column=item.column, n=item.row, table=item.table)
        return Quote(said, self.tell(where))

    def label(self, item: EvidenceItem) -> str:
        """Name what an item speaks of, and say so where the column is sensitive."""
        label = self.masked(item.label, 90)
        if item.kind == "size":
            label = self.tell(say("Customers"))
        return f"{label} ({self.tell(say('sensitive'))})" if item.column in self.sensitive else label

    def numbers(self, item: EvidenceItem) -> tuple[str, str, str]:
        """Write an item's value, that of all customers, and the interval, each so that it can be told from the rest."""
        if item.kind in ("term", "quote") and item.value is None:
            return "–", "–", "–"
        if item.kind == "size":
            return f"{item.n:,}", f"{self.total:,}", "–"
        ends = [_written(item, end) for end in (item.low, item.high)]
        interval = "–" if "–" in ends else self.tell(say("{low} to {high}", low=ends[0], high=ends[1]))
        return _written(item, item.value), _written(item, item.base), interval

    def said(self, item: EvidenceItem) -> str:
        """Say an item in full, in this language."""
        return mask(figure(item, self.language))[0]


def _written(item: EvidenceItem, value: float | None) -> str:
    from datetime import date, timedelta

    if value is None or not math.isfinite(value):
        return "–"
    if item.kind == "date":
        return (date(1970, 1, 1) + timedelta(days=round(value))).isoformat()
    if item.unit == "%":
        return f"{value:.1%}"
    if abs(value) >= 1000 and "year" not in item.label.lower():
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 0.1 else f"{value:.2f}".rstrip("0").rstrip(".")

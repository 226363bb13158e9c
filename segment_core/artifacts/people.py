"""People: the evidence on each segment, and the personas that cite it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from segment_core.artifacts.basics import Note, Step
from segment_core.artifacts.contents import Contents
from segment_core.artifacts.saying import Author, Claim, Tally
from segment_core.messages import Message

Direction = Literal["over", "under", "same", "describes"]


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One fact about one segment, which a persona may cite by `id` ("S2.f3").

    Attributes
    ----------
    kind : "size", "worth" (of all the money in a column, with the share of customers as base), "share" (of a
        category or a yes), "median" (of a number), "mean" (of a number whose
        median is the same everywhere), "date", "term" or "quote".
    column : the customer column behind it; "" for size.
    label : the fact's name in the analyst's words, such as "Income" or "City = Rome".
    value, base : in the segment, and among all customers; shares lie in [0, 1]; dates are days since 1970.
    unit : "%" for shares, "days" for dates, else "".
    low, high : 95 % interval of `value`; None where it has none.
    n : customers in the segment behind the value.
    effect : Cliff's delta (numbers, dates), Cohen's h (shares) or c-TF-IDF weight (terms); sign gives direction.
    effect_low, effect_high : 95 % interval of `effect`; None where it has none.
    lift : a share by that among all, with its 95 % interval `lift_low` to `lift_high`; None for what is no share.
    text : the term or quote itself; `source` is the quote's customer id, `row` its data row, from 1, in `table`.
    boundary : a quote from the segment's border, not its centre.
    """

    id: str
    segment: str
    kind: Literal["size", "worth", "share", "median", "mean", "date", "term", "quote"]
    label: str
    direction: Direction
    n: int
    column: str = ""
    value: float | None = None
    base: float | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    effect: float = 0.0
    text: str = ""
    source: str = ""
    row: int | None = None
    table: str = ""
    boundary: bool = False
    effect_low: float | None = None
    effect_high: float | None = None
    lift: float | None = None
    lift_low: float | None = None
    lift_high: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence sheet: what is known of each segment, and its typical and boundary customers (ids)."""

    items: tuple[EvidenceItem, ...]
    typical: Mapping[str, tuple[str, ...]]
    boundary: Mapping[str, tuple[str, ...]]
    n_customers: int

    def of(self, segment: str, *kinds: str) -> tuple[EvidenceItem, ...]:
        """Return a segment's items, of these kinds if any are named, strongest first as made."""
        return tuple(item for item in self.items if item.segment == segment and (not kinds or item.kind in kinds))

    def item(self, id: str) -> EvidenceItem | None:  # noqa: A002 - the artifact's own word
        """Return an item by id, or None."""
        return next((item for item in self.items if item.id == id), None)


SECTIONS = (
    "who",
    "worth",
    "needs",
    "frustrations",
    "objections",
    "values",
    "channels",
    "tone",
    "dos",
    "donts",
    "day",
)
"""The sections of a persona, in the order in which it is read; each is a tuple of claims."""

CREATIVE = frozenset({"tone", "dos", "donts", "day"})
"""Sections of advice and of pictures: they may stand without evidence, and then say nothing that could be checked."""


@dataclass(frozen=True, slots=True)
class Persona:
    """A segment as a person one can talk about. `basis` is the evidence its name rests on.

    Attributes
    ----------
    tagline : the segment in one sentence.
    who, needs, frustrations, objections, values, channels : what marks them, may serve, trouble and hold back, what
        they value, where to meet them; every sentence cites evidence.
    worth : how many they are, and what they are worth, from the evidence alone.
    tone, dos, donts, day : how to speak to them, what to do and not to do, and a day with the product.
    """

    segment: str
    name: str
    basis: tuple[str, ...]
    tagline: Claim
    who: tuple[Claim, ...]
    needs: tuple[Claim, ...]
    objections: tuple[Claim, ...]
    channels: tuple[Claim, ...]
    tone: tuple[Claim, ...]
    name_author: Author = "builtin"
    worth: tuple[Claim, ...] = ()
    frustrations: tuple[Claim, ...] = ()
    values: tuple[Claim, ...] = ()
    dos: tuple[Claim, ...] = ()
    donts: tuple[Claim, ...] = ()
    day: tuple[Claim, ...] = ()

    def section(self, name: str) -> tuple[Claim, ...]:
        """Return the claims of a section by its name in `SECTIONS`."""
        found: tuple[Claim, ...] = getattr(self, name)
        return found

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Return all claims, the tagline first."""
        return (self.tagline, *(claim for name in SECTIONS for claim in self.section(name)))


@dataclass(frozen=True, slots=True)
class Personas:
    """All personas, who wrote them, what the checker refused on the way, and how a model's sentences fared."""

    personas: tuple[Persona, ...]
    made_by: Step
    notes: tuple[Note, ...] = ()
    tally: Tally | None = None

    def of(self, segment: str) -> Persona | None:
        """Return a segment's persona, or None."""
        return next((persona for persona in self.personas if persona.segment == segment), None)


@dataclass(frozen=True, slots=True)
class Version:
    """Personas and contents as they were until time `at` (seconds since 1970), when `note` happened to them."""

    at: float
    note: Message
    personas: Personas | None = None
    contents: Contents | None = None

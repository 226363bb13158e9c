"""Audits: how far segments tell what should decide nothing, and which columns give it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from segment_core.artifacts.basics import Note, Step
from segment_core.artifacts.people import EvidenceItem
from segment_core.messages import Message

Strength = Literal["none", "negligible", "small", "medium", "large"]


@dataclass(frozen=True, slots=True)
class Association:
    """How strongly two columns, or a column and the segments, go together.

    Attributes
    ----------
    measure : "v" (bias-corrected Cramér's V, of categories) or "eta squared" (of ranks, less what chance gives).
    value, low, high : in [0, 1], with a 95 % interval; 0 is what chance gives.
    chance : the probability of as much by chance; `adjusted` counts all columns that were asked about.
    n : customers of whom both are known.
    strength : Cohen's words for it, "none" where it could be chance.
    """

    measure: Literal["v", "eta squared"]
    value: float
    low: float
    high: float
    chance: float
    adjusted: float
    n: int
    strength: Strength


@dataclass(frozen=True, slots=True)
class Leak:
    """What tells a sensitive column: a column or a block that the segments are built from.

    `v` is the Cramér's V between the sensitive column and this alone: in bands where it is an amount, and as guessed
    from it, held out, where it is a block. `carries` is what guessing from everything loses, in V, when this alone is
    shuffled: little, where others tell the same.
    """

    name: str
    v: float
    carries: float


@dataclass(frozen=True, slots=True)
class Audited:
    """What was found of one sensitive column.

    `association` is with the segments; None where it cannot be said, and `finding` says why. `used` is the column's own
    part of what separates the segments, None where they are built without it. `leanings` say which segments
    differ from everybody and how, strongest first. `told` is the Cramér's V between the column and what is guessed of
    it from all else the segments are built from, held out; `leaks` are what it is guessed by, most telling first.
    `finding` says it in words, and `advice` what to do.
    """

    column: str
    association: Association | None
    used: float | None
    finding: Message
    advice: Message
    leanings: tuple[EvidenceItem, ...] = ()
    told: float | None = None
    leaks: tuple[Leak, ...] = ()

    @property
    def flagged(self) -> bool:
        """Tell whether the segments follow this column more than chance and than what is negligible."""
        return self.association is not None and self.association.strength not in ("none", "negligible")

    def of(self, segment: str) -> tuple[EvidenceItem, ...]:
        """Return how a segment differs in this column, strongest first."""
        return tuple(item for item in self.leanings if item.segment == segment)


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found of every sensitive column, the strongest association first; `notes` say what was left out."""

    columns: tuple[Audited, ...]
    made_by: Step
    notes: tuple[Note, ...] = ()

    @property
    def flagged(self) -> tuple[Audited, ...]:
        """Return the columns that the segments follow more than is negligible."""
        return tuple(column for column in self.columns if column.flagged)

    def about(self, names: Sequence[str]) -> bool:
        """Tell whether these, and only these, columns were audited."""
        return sorted(column.column for column in self.columns) == sorted(names)

"""Labels: what analysts call customers themselves, by hand and by rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from segment_core.artifacts.basics import Note, Step
from segment_core.messages import Message


@dataclass(frozen=True, slots=True)
class Condition:
    """One plain question to a column: `values` are text as an analyst writes it, and read by the column's role.

    `op` is one of `labelling.operations` of that column.
    """

    column: str
    op: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A label for every customer who meets all conditions."""

    label: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class LabelColumn:
    """An analyst's own column: what was marked by hand, and the rules for everybody else.

    `picked` maps customer ids to labels; "" is a customer whom no rule may label. What is picked wins over
    rules, and a later rule over an earlier one. `notes` say what the last run of the study did to it.
    """

    name: str
    picked: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleTwin:
    """One segment as a rule of at most four conditions, measured on customers that the rule was not made from.

    Of `n_held_out` customers the segment has `n_segment`, the rule names `n_named`, and `n_both` are both. Whoever
    reads the rule must know whether the segment can be said as one at all: `sayable`, and the `reason` if not; the
    conditions are then the best attempt, and may be none. `sql` returns exactly the customers whom the conditions
    mean, checked by running it; "" where there is no such query. `n_found_in` customers were searched for it.
    """

    segment: str
    conditions: tuple[Condition, ...]
    sayable: bool
    n_held_out: int = 0
    n_segment: int = 0
    n_named: int = 0
    n_both: int = 0
    n_found_in: int = 0
    sql: str = ""
    reason: Message | None = None

    @property
    def precision(self) -> float:
        """Return which part of those whom the rule names is in the segment."""
        return self.n_both / self.n_named if self.n_named else 0.0

    @property
    def recall(self) -> float:
        """Return which part of the segment the rule names."""
        return self.n_both / self.n_segment if self.n_segment else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.n_both / (self.n_named + self.n_segment) if self.n_both else 0.0

    @property
    def coverage(self) -> float:
        """Return which part of all customers the rule names."""
        return self.n_named / self.n_held_out if self.n_held_out else 0.0


@dataclass(frozen=True, slots=True)
class Twins:
    """Every segment as a rule, in the order of the segments; `notes` say what was capped or left out."""

    twins: tuple[RuleTwin, ...]
    made_by: Step
    notes: tuple[Note, ...] = ()

    def of(self, segment: str) -> RuleTwin | None:
        """Return a segment's rule."""
        return next((twin for twin in self.twins if twin.segment == segment), None)

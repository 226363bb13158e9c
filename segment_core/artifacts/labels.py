"""Labels: what analysts call customers themselves, by hand and by rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from segment_core.artifacts.basics import Note


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

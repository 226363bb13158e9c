"""Columns: labels given by hand and by rule become one column, which can be counted, mended and taken along."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from segment_core.artifacts import Customers, LabelColumn, Note, Rule
from segment_core.errors import OptionError
from segment_core.labelling.rules import apply_rule, problem
from segment_core.messages import say

LONGEST = 80


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many customers have a label; `picked` of them by hand, the others by a rule."""

    label: str
    n: int
    picked: int


def values(column: LabelColumn, customers: Customers, segments: Sequence[str] = ()) -> "pd.Series[str]":
    """Return every customer's label, indexed like the customers; None where there is none.

    A rule that no longer fits the customers labels nobody: `problem` says why.
    """
    found = np.full(len(customers), None, dtype=object)
    for rule in column.rules:
        if problem(rule, customers, segments) is None:
            found[apply_rule(customers, rule.conditions, segments)] = rule.label
    if column.picked:
        for place, id_ in enumerate(customers.frame.index):
            if id_ in column.picked:
                found[place] = column.picked[id_] or None
    return pd.Series(found, index=customers.frame.index, name=column.name, dtype=object)


def counts(column: LabelColumn, customers: Customers, segments: Sequence[str] = ()) -> tuple[LabelCount, ...]:
    """Count customers by label, the most frequent first; labels that nobody has right now count 0."""
    found = values(column, customers, segments)
    known = {id_: label for id_, label in column.picked.items() if label}
    by_hand = pd.Series([known.get(id_) for id_ in found.index], dtype=object).value_counts()
    totals = found.value_counts()
    return tuple(
        sorted(
            (LabelCount(label, int(totals.get(label, 0)), int(by_hand.get(label, 0))) for label in labels(column)),
            key=lambda count: (-count.n, count.label),
        )
    )


def labels(column: LabelColumn) -> tuple[str, ...]:
    """Return the labels of a column, in order of the alphabet."""
    return tuple(sorted({*column.picked.values(), *(rule.label for rule in column.rules)} - {""}))


def assign(column: LabelColumn, ids: Iterable[str], label: str) -> LabelColumn:
    """Label customers by hand; what they were labelled before, by hand or rule, gives way."""
    clean = tidy(label)
    return replace(column, picked={**column.picked, **dict.fromkeys(ids, clean)})


def clear(column: LabelColumn, ids: Iterable[str]) -> LabelColumn:
    """Take these customers' label away, and let no rule give them one."""
    return replace(column, picked={**column.picked, **dict.fromkeys(ids, "")})


def remove(column: LabelColumn, label: str) -> LabelColumn:
    """Forget a label: its rules, and who was marked with it by hand."""
    kept = {id_: found for id_, found in column.picked.items() if found != label}
    return replace(column, picked=kept, rules=tuple(rule for rule in column.rules if rule.label != label))


def rename(column: LabelColumn, label: str, new: str) -> LabelColumn:
    """Call a label something else; where the new name is in use already, the two become one."""
    clean = tidy(new)
    picked = {id_: clean if found == label else found for id_, found in column.picked.items()}
    rules = tuple(replace(rule, label=clean) if rule.label == label else rule for rule in column.rules)
    return replace(column, picked=picked, rules=rules)


def with_rule(column: LabelColumn, rule: Rule, customers: Customers, segments: Sequence[str] = ()) -> LabelColumn:
    """Add a rule after the others; it must fit these customers."""
    apply_rule(customers, rule.conditions, segments)
    return replace(column, rules=(*column.rules, replace(rule, label=tidy(rule.label))))


def tidy(name: str) -> str:
    """Return the name of a label or column on one line, without spaces around it.

    Raises
    ------
    OptionError
        If nothing is left, or it is too long to be read.
    """
    clean = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    if not clean:
        raise OptionError("A label needs a name; write one.")
    if len(clean) > LONGEST:
        raise OptionError("This name has {n} letters; {most} fit.", n=len(clean), most=LONGEST)
    return clean


def carried(column: LabelColumn, before: Customers, after: Customers) -> LabelColumn:
    """Take a label column over to customers that were gathered anew, and note what that did.

    Marks stay with customers who are still there. Where customers are now told apart by another
    column, or by the row numbers of another file, the old ids mean nobody any more and all marks go.
    """
    same = same_ids(before, after)
    here = set(after.frame.index) if same else set()
    kept = {id_: label for id_, label in column.picked.items() if id_ in here}
    lost = sum(bool(label) for id_, label in column.picked.items() if id_ not in here)
    fresh = len(here.difference(before.frame.index))
    notes: tuple[Note, ...] = ()
    if lost and not same:
        message = say("Customers are told apart differently now, so {n} labels given by hand were dropped.", n=lost)
        notes += (Note("labels-lost", message, lost, "warning"),)
    elif lost:
        message = say("{n} customers labelled by hand are no longer in the file; their labels were dropped.", n=lost)
        notes += (Note("labels-lost", message, lost, "warning"),)
    if fresh and column.rules:
        message = say("{n} customers are new; the rules were applied to them too.", n=fresh)
        notes += (Note("labels-gained", message, fresh),)
    return replace(column, picked=kept, notes=notes)


def same_ids(before: Customers, after: Customers) -> bool:
    """Tell whether an id means the same customer: told apart by the same column, or by rows of as long a file."""
    return before.id_name == after.id_name and (before.id_name != "row" or before.n_rows == after.n_rows)

"""Groups: customers whom an analyst put together under a name, kept from one run to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from segment_core.artifacts import Customers, Edit, Group, PairAnswer, Query
from segment_core.errors import OptionError
from segment_core.labelling.columns import same_ids, tidy


def with_group(groups: Sequence[Group], name: str, ids: Iterable[str], query: Query | None = None) -> tuple[Group, ...]:
    """Add a group, or replace the one of this name.

    Raises
    ------
    OptionError
        If the name is empty or too long, or nobody is in the group.
    """
    clean, customers = tidy(name), tuple(sorted(set(ids)))
    if not customers:
        raise OptionError("Nobody is in this group; select customers first.")
    made = Group(clean, customers, query)
    if any(group.name == clean for group in groups):
        return tuple(made if group.name == clean else group for group in groups)
    return (*groups, made)


def carried_groups(groups: Sequence[Group], before: Customers, after: Customers) -> tuple[Group, ...]:
    """Take groups over to customers that were gathered anew; a group of which nobody is left goes."""
    here = set(after.frame.index) if same_ids(before, after) else set()
    kept = (replace(group, customers=tuple(id_ for id_ in group.customers if id_ in here)) for group in groups)
    return tuple(group for group in kept if group.customers)


def carried_edits(edits: Sequence[Edit], before: Customers, after: Customers) -> tuple[Edit, ...]:
    """Take edits over to customers that were gathered anew, unless these are told apart by another column now."""
    return tuple(edits) if same_ids(before, after) else ()


def carried_answers(answers: Sequence[PairAnswer], before: Customers, after: Customers) -> tuple[PairAnswer, ...]:
    """Take answers over to customers that were gathered anew, unless these are told apart by another column now."""
    return tuple(answers) if same_ids(before, after) else ()

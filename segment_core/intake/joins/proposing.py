"""Proposing: which columns link which tables, measured on all of their values."""

from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np
import pandas as pd

from segment_core.artifacts import Dialect, Note, Table
from segment_core.errors import OptionError
from segment_core.intake.joins.keys import (
    Key,
    Keys,
    affinity,
    all_keys,
    comparable,
    customer_columns,
    key_of,
    speaks_of_customers,
)
from segment_core.intake.joins.links import Link, Proposal
from segment_core.messages import Message, say

_ENOUGH = 0.5
"""Share of a child's keys that the parent must know before a link is proposed."""
_FEWEST = 10
"""Different ids from which a column that repeats may still name customers, and not kinds of customers."""
_KEY_LIKE = 0.9
"""Distinct values per row from which a column names the rows of its table, some of them twice by mistake."""


LOOSELY = say(
    "The keys are written differently in the two tables, so they are compared without blanks, signs, leading zeros and "
    "capitals; no two keys become the same by that."
)


def propose(tables: Sequence[Table], keys: Keys | None = None) -> tuple[Proposal, ...]:
    """Propose how tables hang together: at most one link from one table to another, the best first.

    Columns are judged by how many keys of one are found in the other and by their names. Links
    between columns that both repeat are listed as unusable, with the reason: joined directly they
    would multiply rows. `keys` are those of the tables, where they are known already.
    """
    keys = all_keys(tables) if keys is None else keys
    found: dict[frozenset[str], tuple[float, Key, Key]] = {}
    frames = {table.name: table for table in tables}
    for child, parent in permutations(keys, 2):
        best = _best(keys[child], keys[parent])
        pair = frozenset((child, parent))
        if best is not None and (pair not in found or best[0] > found[pair][0]):
            found[pair] = best
    ranked = sorted(found.values(), key=lambda entry: (-entry[0], entry[1].table, entry[2].table))
    return tuple(_without_detours([_measured(child, parent, frames) for _, child, parent in ranked]))


def measure(tables: Sequence[Table], link: Link) -> Proposal:
    """Measure a link that somebody chose.

    Raises
    ------
    OptionError
        If there is no such table or column.
    """
    frames = {table.name: table for table in tables}
    for table, column in ((link.child, link.child_column), (link.parent, link.parent_column)):
        if table not in frames:
            raise OptionError(
                "A link names the table {name}; there are: {names}.", name=table, names=", ".join(frames)[:300]
            )
        if column not in frames[table].frame.columns:
            raise OptionError(
                "A link names the column {column}, which {table} does not have.", column=column, table=table
            )
    return _measured(
        key_of(frames[link.child], link.child_column), key_of(frames[link.parent], link.parent_column), frames
    )


def _best(children: Sequence[Key], parents: Sequence[Key]) -> tuple[float, Key, Key] | None:
    best: tuple[float, Key, Key] | None = None
    for parent in parents:
        for child in children:
            named = affinity(child, parent)
            if not named and not (child.is_telling and parent.is_telling):
                continue
            if named < 0.9 and parent.uniqueness < _KEY_LIKE:
                continue
            match = _match(child, parent)
            if match < _ENOUGH and named >= 0.9:  # the same thing by name, perhaps written differently
                match = _share(*comparable(child.values, parent.values)[:2])
            if match < (_ENOUGH if named else 0.8):
                continue
            # A key that names one row each counts for more than a perfect name; equal names break ties.
            score = match + named + 2 * (parent.uniqueness >= _KEY_LIKE) + 0.5 * (parent.uniqueness == 1)
            score += 0.1 * (child.uniqueness < parent.uniqueness) + 0.2 * speaks_of_customers(parent.table)
            if best is None or score > best[0]:
                best = (score, child, parent)
    return best


def _match(child: Key, parent: Key) -> float:
    return float(np.isin(child.hashes, parent.hashes).mean()) if len(child.hashes) else 0.0


def _measured(child: Key, parent: Key, frames: Mapping[str, Table]) -> Proposal:
    children, parents, loosely = comparable(child.values, parent.values)
    filled, names = children.dropna(), parents.dropna()
    known = filled.isin(names.unique())
    orphans = filled[~known]
    repeated = names[names.duplicated(keep=False)]
    usable = parent.uniqueness >= _KEY_LIKE
    one_to_one = filled.is_unique and names.is_unique
    link = Link(child.table, child.column, parent.table, parent.column)
    return Proposal(
        link=link,
        cardinality="1:1" if one_to_one else "n:1" if usable else "n:n",
        child_match=float(known.mean()) if len(known) else 0.0,
        parent_match=_share(names, filled),
        n_orphans=len(orphans),
        n_empty=len(children) - len(filled),
        n_repeated=int(repeated.nunique()),
        n_conflicting=_conflicting(frames[parent.table].frame, parent, repeated) if usable else 0,
        examples=tuple(sorted(orphans.unique())[:3]),
        usable=usable,
        reason=LOOSELY if usable and loosely else _reason(child, parent, usable, one_to_one, int(repeated.nunique())),
    )


def _share(keys: pd.Series, names: pd.Series) -> float:
    """Return the share of different keys that are among the names."""
    distinct = keys.dropna().drop_duplicates()
    return float(distinct.isin(names.dropna().unique()).mean()) if len(distinct) else 0.0


def _conflicting(frame: pd.DataFrame, parent: Key, repeated: pd.Series) -> int:
    if repeated.empty:
        return 0
    rows = frame.loc[repeated.index].drop(columns=[parent.column])
    distinct = rows.assign(**{"\0key": repeated.to_numpy()}).drop_duplicates()
    return int((distinct.groupby("\0key").size() > 1).sum())


def _reason(child: Key, parent: Key, usable: bool, one_to_one: bool, n_repeated: int) -> Message:
    names = {"child": child.table, "parent": parent.table, "column": child.column, "other": parent.column}
    if not usable:
        return say(
            "{column} repeats in {child} and {other} repeats in {parent}: joined directly, each row of one would meet "
            "several of the other and rows would multiply. They can meet only at a table that holds each key once.",
            **names,
        )
    if one_to_one:
        return say("Each row of {child} has one row in {parent}: {column} = {other}.", **names)
    if n_repeated:
        return say(
            "Many rows of {child} belong to one row of {parent}: {column} = {other}. {n} keys stand in several rows of "
            "{parent}; those rows are made one.",
            n=n_repeated,
            **names,
        )
    return say("Many rows of {child} belong to one row of {parent}: {column} = {other}.", **names)


def _without_detours(ranked: list[Proposal]) -> list[Proposal]:
    """Leave out links between tables that already meet, by the same key, at a table that holds it."""
    parents: dict[tuple[str, str], set[str]] = {}
    for proposal in ranked:
        if proposal.usable:
            link = proposal.link
            parents.setdefault((link.child, link.child_column), set()).add(link.parent)

    def is_detour(proposal: Proposal) -> bool:
        link = proposal.link
        at_one = parents.get((link.child, link.child_column), set())
        at_other = parents.get((link.parent, link.parent_column), set())
        return bool(at_one & at_other)

    return [proposal for proposal in ranked if not is_detour(proposal)]


def with_customers(tables: Sequence[Table], keys: Keys | None = None) -> tuple[Table, ...]:
    """Add a table of the different customer ids, where tables name customers and none has one row for each."""
    keys = all_keys(tables) if keys is None else keys
    named = [key for found in keys.values() for key in customer_columns(found)]
    unique = {key.table for found in keys.values() for key in found if key.uniqueness >= _KEY_LIKE}
    if any(key.uniqueness >= _KEY_LIKE for key in named) or any(speaks_of_customers(table) for table in unique):
        return tuple(tables)
    named = [key for key in named if len(key.distinct) >= _FEWEST]
    if not named:
        return tuple(tables)
    most = max(named, key=lambda key: (len(key.distinct), key.table))
    same = [key for key in named if key is most or _match(key, most) >= _ENOUGH]
    ids = sorted(set().union(*(key.distinct for key in same)))
    name = _free_name("customers", {table.name for table in tables})
    message = say(
        "No table has one row for each customer, so the customers are the {n} different ids in {names}.",
        n=len(ids),
        names=", ".join(f"{key.table}: {key.column}" for key in same)[:300],
    )
    frame = pd.DataFrame({most.column: pd.Series(ids, dtype="str")})
    return (*tables, Table(frame, name, Dialect("csv"), (Note("customers-made", message, len(ids)),)))


def _free_name(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name

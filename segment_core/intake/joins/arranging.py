"""Arranging: which table holds the customers, and how every other one reaches them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from segment_core.artifacts import Note, Table
from segment_core.intake.joins.keys import Key, Keys, all_keys, customer_columns, speaks_of_customers
from segment_core.intake.joins.links import Link, Proposal
from segment_core.intake.vocabulary import BARE_ID, words_of
from segment_core.messages import say

Kind = Literal["customers", "events", "lookup", "apart"]


@dataclass(frozen=True, slots=True)
class Place:
    """What a table is to the customers, and the link it hangs on.

    "events": each row belongs to one customer at most, `link.child` is the table itself. "lookup": it
    describes rows of `link.child`. "apart": it is not joined, and has no link.
    """

    table: str
    kind: Kind
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where every table stands, the customers first, each behind the table it hangs on.

    `base` is the table of customers, `key` the column by which other tables name its rows, `person` a
    coarser id behind several of these keys, or "".
    """

    base: str
    key: str
    person: str
    places: tuple[Place, ...]
    notes: tuple[Note, ...] = ()

    def of(self, *kinds: Kind) -> tuple[Place, ...]:
        """Return the places of these kinds, in their order."""
        return tuple(place for place in self.places if place.kind in kinds)


def arrange(tables: Sequence[Table], proposals: Sequence[Proposal], keys: Keys | None = None) -> Arrangement | None:
    """Arrange tables around the one that holds the customers; None where no table names its customers.

    From the customers outward each table is reached once, along links that cannot multiply rows:
    first tables whose rows belong to one customer, then tables that describe such rows. `keys` are those of the
    tables, where they are known already.
    """
    keys = all_keys(tables) if keys is None else keys
    usable = [proposal for proposal in proposals if proposal.usable]
    base = _base(tables, usable, keys)
    if base is None:
        return None
    reached: dict[str, Place] = {base.name: Place(base.name, "customers")}
    while step := _next_events(usable, reached) or _next_lookup(usable, reached):
        reached[step.table] = step
    apart = [table.name for table in tables if table.name not in reached]
    places = (*reached.values(), *(Place(name, "apart") for name in apart))
    key, person = _identity(base, usable, reached, keys[base.name])
    return Arrangement(base.name, key, person, places, _left_out(apart))


def flipped(link: Link) -> Link:
    """Read a link the other way round."""
    return Link(link.parent, link.parent_column, link.child, link.child_column)


def _base(tables: Sequence[Table], proposals: Sequence[Proposal], keys: Keys) -> Table | None:
    # Of equals the larger is the base, then the last by name, which of two years is the later: never the first given.
    ranked = [(_score(table, proposals, keys[table.name]), len(table.frame), table.name) for table in tables]
    best, _, name = max(ranked)
    return next(table for table in tables if table.name == name) if best > 0 else None


def _score(table: Table, proposals: Sequence[Proposal], keys: Sequence[Key]) -> float:
    """Rank a table as the one of customers: by its name, an id that names each row, and how many tables point to it."""
    named = customer_columns(keys)
    about = speaks_of_customers(table.name)
    if about:
        named += [key for key in keys if "".join(words_of(key.column)) in BARE_ID]
    if not named:
        return 0.0
    best = max(key.uniqueness for key in named)
    other_keys = any(key.uniqueness == 1 and _is_other_id(key.column) and key not in named for key in keys)
    pointed = sum(proposal.link.parent == table.name or proposal.cardinality == "1:1" for proposal in proposals)
    return 1.0 + 4.0 * about + 3.0 * (best >= 0.9) - 0.9 * other_keys + 0.1 * pointed


def _is_other_id(column: str) -> bool:
    words = words_of(column)
    return len(words) > 1 and words[-1] in ("id", "no", "nr", "number", "code", "key")


def _next_events(proposals: Sequence[Proposal], reached: Mapping[str, Place]) -> Place | None:
    for at in [place.table for place in reached.values() if place.kind != "lookup"]:
        for proposal in proposals:
            link = proposal.link
            if link.parent == at and link.child not in reached:
                return Place(link.child, "events", link)
            if proposal.cardinality == "1:1" and link.child == at and link.parent not in reached:
                return Place(link.parent, "events", flipped(link))
    return None


def _next_lookup(proposals: Sequence[Proposal], reached: Mapping[str, Place]) -> Place | None:
    for at in reached:
        for proposal in proposals:
            if proposal.link.child == at and proposal.link.parent not in reached:
                return Place(proposal.link.parent, "lookup", proposal.link)
    return None


def _identity(
    base: Table, proposals: Sequence[Proposal], reached: Mapping[str, Place], known: Sequence[Key]
) -> tuple[str, str]:
    """Return the column that other tables name, and a coarser customer id behind it, if there is one."""
    keys = {key.column: key for key in known}
    used = [
        place.link.parent_column
        for place in reached.values()
        if place.kind == "events" and place.link is not None and place.link.parent == base.name
    ]
    named = customer_columns(tuple(keys.values()))
    if not used and named:
        used = [max(named, key=lambda key: (len(key.distinct), key.column)).column]
    if not used or used[0] not in keys:
        return (used[0] if used else ""), ""
    key = keys[used[0]]
    for other in named:
        if other.column == key.column or not 0.3 < len(other.distinct) / max(1, len(key.distinct)) < 1:
            continue
        together = base.frame.assign(a=key.values, b=other.values)[["a", "b"]].dropna().drop_duplicates()
        if not together["a"].duplicated().any():
            return key.column, other.column
    return key.column, ""


def _left_out(apart: Sequence[str]) -> tuple[Note, ...]:
    if not apart:
        return ()
    message = say(
        "Tables that no link ties to the customers and that were left out: {n} ({names}).",
        n=len(apart),
        names=", ".join(apart)[:300],
    )
    return (Note("tables-apart", message, len(apart), "warning"),)

"""Attaching: the rows of a table of events, several for a customer, become columns of customers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from segment_core.artifacts import Column, Note, Role, Table
from segment_core.intake.joins.keys import stem
from segment_core.intake.joins.owning import Joins
from segment_core.intake.masking import names_in
from segment_core.intake.parsing import convert
from segment_core.intake.pooling import merged
from segment_core.intake.roles import suggest
from segment_core.intake.sayings import dating, texts
from segment_core.messages import Message, say

MEASURED = say("Measured as behaviour: what was ordered when, and for how much.")
_UNUSED: tuple[Role, ...] = ("id", "name", "ignore", "image", "audio")


@dataclass(frozen=True, slots=True, eq=False)
class Attached:
    """What a table of events adds: a frame by customer id with its columns, the texts in it, and notes.

    `names` holds the people named in its columns of names, also in rows that belong to nobody. `once` says that no
    customer has two rows: then whoever has none is not known, and has not spent 0.
    """

    frame: pd.DataFrame
    columns: tuple[Column, ...]
    said: pd.DataFrame | None
    names: tuple[str, ...]
    notes: tuple[Note, ...]
    once: bool


def final_names(tables: Mapping[str, Table], base: str) -> dict[tuple[str, str], str]:
    """Name every column of every table as it is called among the customers: its own name, unless that is taken."""
    found: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for table in sorted(tables, key=lambda name: (name != base, name)):
        for column in map(str, tables[table].frame.columns):
            name = column
            while name in taken:
                name = f"{name} ({stem(table)})"
            taken.add(name)
            found[table, column] = name
    return found


def attach(joins: Joins, name: str, *, roles: Mapping[str, Role], measured: Collection[str] | None = None) -> Attached:
    """Pool the rows of a table by the customer they belong to.

    Money is added up, numbers and counts become their mean, yes/no the share of yes, categories and places
    the most frequent one; consent counts where every row gives it. Dates are set aside, and so are figures
    that describe something else than customers. Texts are kept one by one. `roles` overrides what a column
    is, by its name among the customers. `measured` names the columns that behaviour speaks for; it is None
    for a table that is no part of the list of orders.
    """
    table, owner, described = joins.tables[name], joins.owner[name], joins.described(name)
    rows = table.frame.assign(**{column: cells for column, (_, cells) in described.items()})
    whole, owned = rows[owner.notna().to_numpy()], owner[owner.notna()]
    ids = owned.to_numpy(dtype=object)
    kept: dict[str, pd.Series] = {}
    columns: list[Column] = []
    notes = table.notes
    said, named = [], []
    suggested = suggest(replace(table, frame=rows), joins.looks.setdefault(name, {}))
    dated = dating([column for column in suggested if column.name not in described])
    dates = None if dated is None else convert(whole[dated.name], dated, table.dialect.decimal)[0]
    for column in suggested:
        source = described[column.name][0] if column.name in described else name
        final, cells = joins.naming[source, column.name], whole[column.name]
        if roles.get(final, column.role) == "name":
            named.append(column.name)
        found = column
        if column.name in (measured or ()):
            found = replace(column, role="ignore", reason=MEASURED, aside="rows")
        elif column.role == "date" or (source != name and column.role not in ("category", *_UNUSED)):
            found = replace(column, role="ignore", reason=_aside(column, source), aside="rows")
        role = roles.get(final, found.role)
        if role in _UNUSED:
            kept[final] = _agreed(cells.set_axis(ids))
            kind: Role = "name" if role == "name" else "ignore"
            columns.append(replace(found, name=final, role=kind, basis="none", table=source))
            continue
        typed, told = convert(cells, replace(column, role=role), table.dialect.decimal)
        notes += told
        if role == "text":
            said.append(texts(typed, owned, final, source, dates))
        kept[final] = merged(typed.set_axis(ids), replace(column, role=role), events=True)
        columns.append(_column(final, role, column, source, chosen=final in roles))
    once = owned.is_unique
    if not once:
        count = _counted(name, part_of_orders=measured is not None)
        kept[count.name] = owned.value_counts().astype("float64")
        columns.append(count)
    notes = tuple(replace(note, table=name) for note in notes)
    together = pd.concat(said, ignore_index=True) if said else None
    return Attached(pd.DataFrame(kept), tuple(columns), together, names_in(rows, named), notes, once)


def _counted(table: str, *, part_of_orders: bool) -> Column:
    name = f"{stem(table)}_count"
    if part_of_orders:
        return Column(name, "ignore", "none", MEASURED, table, aside="rows")
    return Column(name, "count", "behavioural", say("Counts the customer's rows in {table}.", table=table), table)


def _agreed(cells: pd.Series) -> pd.Series:
    """Keep the text where all rows of a customer say the same: that much is known without deciding anything."""
    groups = cells.dropna().groupby(level=0, sort=False)
    first = groups.first()
    return first.where(groups.nunique() == 1).astype("str")


def _aside(column: Column, table: str) -> Message:
    if column.role == "date":
        return say("From {table}: dates of single rows, which say little of a customer.", table=table)
    return say("Describes rows of {table}, not the customer.", table=table)


def _column(name: str, role: Role, column: Column, table: str, *, chosen: bool) -> Column:
    final: Role = "number" if role in ("yes/no", "count") else role
    basis = column.basis if column.basis != "none" or role in ("consent", "suppression") else "behavioural"
    return Column(name, final, basis, say("Chosen by you.") if chosen else _reason(role, table), table)


def _reason(role: Role, table: str) -> Message:
    most = say("From {table}: the most frequent of the customer's rows.", table=table)
    mean = say("From {table}: the mean of the customer's rows.", table=table)
    strictest = say("From {table}: the strictest of the customer's rows.", table=table)
    said: dict[Role, Message] = {
        "money": say("From {table}: the sum of the customer's rows.", table=table),
        "number": mean,
        "count": mean,
        "yes/no": say("From {table}: the share of the customer's rows that say yes.", table=table),
        "date": say("From {table}: the latest date.", table=table),
        "text": say("From {table}: everything the customer wrote; each text stays quotable with its row.", table=table),
        "consent": strictest,
        "suppression": strictest,
    }
    return said.get(role, most)

"""Attaching: the rows of a table of events, several for a customer, become columns of customers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from segment_core.artifacts import Column, Note, Role, Table
from segment_core.intake.joins.keys import stem
from segment_core.intake.parsing import convert
from segment_core.intake.pooling import merged
from segment_core.intake.roles import suggest
from segment_core.intake.sayings import texts
from segment_core.messages import Message, say

_UNUSED: tuple[Role, ...] = ("id", "name", "ignore", "image", "audio")


@dataclass(frozen=True, slots=True, eq=False)
class Attached:
    """What a table of events adds: a frame by customer id with its columns, the texts in it, and notes.

    `names` holds the values of columns of people's names, which are nobody's feature.
    """

    frame: pd.DataFrame
    columns: tuple[Column, ...]
    said: pd.DataFrame | None
    names: tuple[str, ...]
    notes: tuple[Note, ...]


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


def attach(
    table: Table,
    owner: pd.Series,
    described: Mapping[str, tuple[str, pd.Series]],
    naming: Mapping[tuple[str, str], str],
    *,
    roles: Mapping[str, Role],
    measured: Collection[str] = (),
) -> Attached:
    """Pool a table's rows by the customer they belong to.

    Money is added up, numbers and counts become their mean, yes/no the share of yes, categories and places
    the most frequent one; consent counts where every row gives it. Dates are set aside with the columns in
    `measured`, because behaviour speaks for them, and so are figures that describe something else than
    customers (`described`). Texts are kept one by one. `roles` overrides what a column is, by its final name.
    """
    rows = table.frame.assign(**{name: cells for name, (_, cells) in described.items()})
    sources = {name: described[name][0] if name in described else table.name for name in map(str, rows.columns)}
    whole = rows[owner.notna().to_numpy()]
    owned = owner[owner.notna()]
    kept: dict[str, pd.Series] = {}
    columns: list[Column] = []
    notes: tuple[Note, ...] = ()
    said, names = [], []
    for column in suggest(replace(table, frame=rows)):
        name = naming[sources[column.name], column.name]
        role = roles.get(name, _role(column, column.name in described, column.name in measured))
        if column.role == "name":
            names += whole[column.name].dropna().unique().tolist()
        if role in _UNUSED:
            kept[name] = _agreed(whole[column.name].set_axis(owned.to_numpy(dtype=object)))
            columns.append(Column(name, "ignore", "none", _aside(column, sources[column.name]), table.name))
            continue
        cells, found = convert(whole[column.name], replace(column, role=role), table.dialect.decimal)
        notes += found
        if role == "text":
            said.append(texts(cells, owned, name, sources[column.name]))
        kept[name] = merged(cells.set_axis(owned.to_numpy(dtype=object)), role, events=True)
        columns.append(_column(name, role, column, sources[column.name], chosen=name in roles))
    count = f"{stem(table.name)}_count"
    kept[count] = owned.value_counts().astype("float64")
    columns.append(
        Column(
            count, "count", "behavioural", say("Counts the customer's rows in {table}.", table=table.name), table.name
        )
    )
    frame = pd.DataFrame(kept)
    return Attached(frame, tuple(columns), pd.concat(said, ignore_index=True) if said else None, tuple(names), notes)


def _role(column: Column, describes: bool, is_measured: bool) -> Role:
    """Decide what becomes of a column that nobody decided on."""
    if is_measured or column.role == "date":
        return "ignore"
    return "ignore" if describes and column.role != "category" else column.role


def _agreed(cells: pd.Series) -> pd.Series:
    """Keep the text where all rows of a customer say the same: that much is known without deciding anything."""
    groups = cells.dropna().groupby(level=0, sort=False)
    first = groups.first()
    return first.where(groups.nunique() == 1).astype("str")


def _aside(column: Column, table: str) -> Message:
    if column.role == "date":
        return say("From {table}: dates of single rows, which say little of a customer.", table=table)
    if column.role in _UNUSED:
        return column.reason
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

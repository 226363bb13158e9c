"""Ordering: the list of orders among the tables is found, measured, and joined to the customers who placed them."""

from dataclasses import dataclass, replace

import pandas as pd

from segment_core.artifacts import Column, Customers, Table
from segment_core.intake.behaviour import Behaviour, BehaviourOptions, Lines, Recognised, lines, measure, recognise
from segment_core.intake.joins.attaching import MEASURED
from segment_core.intake.joins.owning import Joins
from segment_core.intake.roles import suggest

OWNER = "customer of the row"
"""The column that says whose line it is, where other tables know that."""
_FEWEST_PER_CUSTOMER = 1.2
_PARTS = ("order", "date", "amount", "quantity", "price", "product", "description", "category")
_NO_ORDERS = ("orders", "monetary")  # of who never ordered, 0 is known; everything else is not


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """A list of orders: its table, its lines with all that is known of them, and which column is which part."""

    table: Table
    frame: pd.DataFrame
    parts: Recognised


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What the orders in a table say of the customers, and which of its columns said it.

    `columns` lists the columns of the lines that can be chosen from. `lines` are the orders themselves, if asked for.
    """

    table: str
    parts: Recognised
    behaviour: Behaviour
    columns: tuple[str, ...]
    lines: Lines | None = None


def recognised(
    frame: pd.DataFrame, columns: tuple[Column, ...], decimal: str, options: BehaviourOptions
) -> Recognised | None:
    """Recognise a list of orders in which customers come back; a table with a row for each customer is none."""
    if not options.measure:
        return None
    found = recognise(frame, columns, decimal, options)
    if found is None or (options.customer is None and _rows_each(frame[found.customer]) < _FEWEST_PER_CUSTOMER):
        return None
    return found


def find_orders(joins: Joins, options: BehaviourOptions) -> Orders | None:
    """Return the table of events that knows most about orders: money and product before money, then the most lines."""
    if not options.measure:
        return None
    chosen = {getattr(options, part) for part in _PARTS} - {None}
    found = []
    for place in joins.arrangement.of("events"):
        frame = joins.with_parents(place.table).assign(**{OWNER: joins.owner[place.table]})
        if not chosen <= set(frame.columns):
            continue  # what was chosen stands in another table
        table = joins.tables[place.table]
        columns = suggest(replace(table, frame=frame), joins.looks.setdefault(place.table, {}))
        parts = recognise(frame, columns, table.dialect.decimal, replace(options, customer=OWNER))
        if parts is not None:
            found.append((_knowledge(parts, table), len(frame), place.table, Orders(table, frame, parts)))
    return max(found, key=lambda entry: entry[:3])[3] if found else None


def measure_orders(orders: Orders, owner: pd.Series, options: BehaviourOptions) -> Measured:
    """Measure lines of orders; `owner` says which customer each line belongs to, missing for lines of nobody."""
    choices = tuple(str(name) for name in orders.frame.columns if name != OWNER)
    owned = orders.frame.assign(**{orders.parts.customer: owner})
    typed = lines(owned, orders.parts, orders.table.dialect.decimal)
    return Measured(orders.table.name, orders.parts, measure(typed, options), choices, typed)


def joined(customers: Customers, measured: Measured) -> Customers:
    """Give customers the measures of their orders; who never ordered has 0 orders and no others."""
    behaviour = measured.behaviour
    taken = set(map(str, customers.frame.columns))
    names = {column.name: _free(column.name, taken) for column in behaviour.columns}
    frame = behaviour.frame[list(names)].rename(columns=names).reindex(customers.frame.index)
    for name in _NO_ORDERS:
        if name in names:
            frame[names[name]] = frame[names[name]].fillna(0.0)
    columns = tuple(replace(column, name=names[column.name], table=measured.table) for column in behaviour.columns)
    return replace(
        customers,
        frame=pd.concat([customers.frame, frame], axis=1),
        columns=customers.columns + columns,
        notes=tuple(note for note in customers.notes if note.code != "looks-like-transactions") + behaviour.notes,
    )


def told_by(measured: Measured, column: Column) -> Column:
    """Say of a column of the lines that the measures speak for it."""
    if column.name not in parts_of(measured.parts):
        return column
    return replace(column, reason=MEASURED, aside="rows")


def parts_of(parts: Recognised) -> tuple[str, ...]:
    """Return the columns of the lines that are part of the orders."""
    found = (getattr(parts, part) for part in _PARTS)
    return tuple(name for name in found if name is not None)


def _knowledge(parts: Recognised, table: Table) -> tuple[bool, bool]:
    """Rank by what the table itself brings: what it has from the tables above, they bring too."""
    own = set(map(str, table.frame.columns))
    money = {parts.amount, parts.price} & own
    return bool(money and (parts.product in own)), bool(money)


def _rows_each(customers: pd.Series) -> float:
    return float(customers.notna().sum()) / max(1, customers.nunique())


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_measured"
    taken.add(name)
    return name

"""Assembling: one table or several become customers: joined, measured, masked and mended, as the analyst chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from segment_core.artifacts import Basis, Column, Customers, Note, Progress, Role, Table, silent
from segment_core.errors import DataError, OptionError
from segment_core.intake.behaviour import BehaviourOptions
from segment_core.intake.behaviour.options import DEFAULTS
from segment_core.intake.gathering import owned
from segment_core.intake.joins import Link, Proposal
from segment_core.intake.joins.arranging import Arrangement, arrange
from segment_core.intake.joins.attaching import Attached, attach, final_names
from segment_core.intake.joins.keys import Keys, all_keys, cleaned
from segment_core.intake.joins.owning import Joins
from segment_core.intake.joins.proposing import measure, propose, with_customers
from segment_core.intake.masking import masked, names_in, unmasked
from segment_core.intake.ordering import (
    Measured,
    Orders,
    find_orders,
    joined,
    measure_orders,
    parts_of,
    recognised,
    told_by,
)
from segment_core.intake.roles import suggest
from segment_core.messages import say
from segment_core.privacy import Masked


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose on the way from tables to customers; see `Plan` for the meaning of each part."""

    roles: Mapping[str, Role] = field(default_factory=dict)
    bases: Mapping[str, Basis] = field(default_factory=dict)
    links: tuple[Link, ...] | None = None
    behaviour: BehaviourOptions = DEFAULTS
    mask: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Assembled:
    """The customers, and how they came about.

    Attributes
    ----------
    customers : one row a customer, ready for the journey.
    tables : the tables they were made from; a table of customers that had to be made up is among them.
    proposals : the links between tables, measured; `arrangement` says what became of each table.
    measured : what the customers' orders say of them, or None where there are no orders.
    masked : what was masked in the texts, with snippets of before that are for the analyst's eyes only; None
        where nothing was to be masked.
    """

    customers: Customers
    tables: tuple[Table, ...]
    proposals: tuple[Proposal, ...] = ()
    arrangement: Arrangement | None = None
    measured: Measured | None = None
    masked: Masked | None = None


def assemble(
    tables: Sequence[Table], choices: Choices = Choices(), progress: Progress = silent, *, keep_lines: bool = False
) -> Assembled:
    r"""Make customers of one table or several.

    Every other table is pooled to one row a customer before it is attached, so no join can multiply
    rows; what belongs to nobody is counted and set aside. `keep_lines` keeps the typed lines of orders, too.

    Raises
    ------
    DataError
        If no table names its customers.
    OptionError
        If a choice names a table or a column that is not there.

    Examples
    --------
    >>> from segment_core.intake import read
    >>> people = read(b"customer_id,city\nC1,Rome\nC2,Bonn\n", "customers.csv")
    >>> orders = read(b"order_id,customer_id,price\n1,C1,5.5\n2,C1,7\n3,C9,1\n4,C1,2\n", "orders.csv")
    >>> assemble([people, orders]).customers.frame[["city", "price"]].to_dict("index")
    {'C1': {'city': 'Rome', 'price': 14.5}, 'C2': {'city': 'Bonn', 'price': 0.0}}
    """
    progress(0, 4, say("Joining the tables"))
    keys = all_keys(tables) if len(tables) > 1 else {}
    given, tables = len(tables), with_customers(tables, keys)
    keys = {**keys, **all_keys(tables[given:])}
    proposals = _proposals(tables, choices.links, keys)
    arrangement = arrange(tables, proposals, keys) if len(tables) > 1 else None
    if len(tables) > 1 and arrangement is None:
        raise DataError(
            "None of the tables names its customers: {names}. Call the column that says whose row it is customer_id in "
            "one of the files, or give a table with a column of customer ids.",
            names=", ".join(table.name for table in tables)[:300],
        )
    by_name = {table.name: table for table in tables}
    base = by_name[arrangement.base] if arrangement else tables[0]
    naming = final_names(by_name, base.name)
    chosen = _base_roles(base, arrangement, naming, choices.roles)
    progress(1, 4, say("Gathering the customers"))
    if arrangement is None:
        customers, measured = _with_own_orders(base, chosen, choices.behaviour)
        named: tuple[str, ...] = ()
    else:
        customers, of_base = owned(base, chosen)
        customers = _reasoned(customers, arrangement, choices.roles)
        customers, measured, named = _with_tables(customers, Joins.of(by_name, arrangement, of_base, naming), choices)
    if measured and not keep_lines:
        measured = replace(measured, lines=None)
    progress(3, 4, say("Gathering the customers"))
    customers = _as_chosen(customers, choices, set(naming.values()))
    if not choices.mask:
        return Assembled(unmasked(customers), tables, proposals, arrangement, measured)
    progress(3, 4, say("Masking personal data in texts"))
    own = [column.name for column in customers.columns if column.role == "name" and not column.table]
    customers, found = masked(customers, (*named, *names_in(base.frame, own)))
    return Assembled(customers, tables, proposals, arrangement, measured, found)


def _with_own_orders(
    base: Table, roles: Mapping[str, Role], options: BehaviourOptions
) -> tuple[Customers, Measured | None]:
    """Gather the only table; where it is a list of orders, its customers get what their orders say of them."""
    columns = suggest(base)
    found = recognised(base.frame, columns, base.dialect.decimal, options)
    if found is None:
        return owned(base, roles, suggested=columns)[0], None
    if "id" in roles.values() and roles.get(found.customer) != "id":
        return owned(base, roles, suggested=columns)[0], None
    aside: dict[str, Role] = {found.customer: "id"}
    aside.update(dict.fromkeys(parts_of(found), "ignore"))
    # Lines of nobody are counted among the orders' notes; as customers of one line each they would drown all others.
    known = cleaned(base.frame[found.customer]).notna()
    lines, seen = (base, columns) if known.all() else (replace(base, frame=base.frame[known]), None)
    customers, owner = owned(lines, aside | dict(roles), suggested=seen)
    measured = measure_orders(Orders(base, base.frame, found), owner.reindex(base.frame.index), options)
    kept = tuple(column if column.name in roles else told_by(measured, column) for column in customers.columns)
    return joined(replace(customers, columns=kept, n_rows=len(base.frame)), measured), measured


def _with_tables(base: Customers, joins: Joins, choices: Choices) -> tuple[Customers, Measured | None, tuple[str, ...]]:
    """Attach every table of events, and measure the orders in the one that knows most; return who is named in them."""
    orders = find_orders(joins, choices.behaviour)
    measured = measure_orders(orders, joins.owner[orders.table.name], choices.behaviour) if orders else None
    measured_tables = joins.above(measured.table) if measured else ()
    attached = [
        attach(
            joins,
            place.table,
            roles=choices.roles,
            measured=parts_of(measured.parts) if measured and place.table in measured_tables else None,
        )
        for place in joins.arrangement.of("events")
    ]
    others = tuple(
        replace(note, table=place.table)
        for place in joins.arrangement.of("lookup", "apart")
        for note in joins.tables[place.table].notes
    )
    customers = _together(base, attached, joins.arrangement.notes + joins.notes + others)
    named = tuple(name for part in attached for name in part.names)
    return (joined(customers, measured) if measured else customers), measured, named


def _proposals(tables: Sequence[Table], links: tuple[Link, ...] | None, keys: Keys) -> tuple[Proposal, ...]:
    if len(tables) == 1:
        return ()
    return propose(tables, keys) if links is None else tuple(measure(tables, link) for link in links)


def _base_roles(
    base: Table, arrangement: Arrangement | None, naming: Mapping[tuple[str, str], str], roles: Mapping[str, Role]
) -> dict[str, Role]:
    """Return the chosen roles of the base's own columns; what the tables hang on is the id unless another is chosen."""
    names = [str(column) for column in base.frame.columns]
    chosen = {column: roles[naming[base.name, column]] for column in names if naming[base.name, column] in roles}
    key = (arrangement.person or arrangement.key) if arrangement else ""
    if key and "id" not in chosen.values():
        chosen.setdefault(key, "id")
    return chosen


def _reasoned(customers: Customers, arrangement: Arrangement | None, roles: Mapping[str, Role]) -> Customers:
    """Say why the customers have the id they have, where the tables decided and not a person."""
    if arrangement is None or customers.id_name in roles:
        return customers
    reason = say("The other tables name customers by it.")
    if customers.id_name == arrangement.person:
        reason = say(
            "Names the person behind one or several {key}, by which the other tables are joined.", key=arrangement.key
        )
    columns = (replace(column, reason=reason) if column.role == "id" else column for column in customers.columns)
    return replace(customers, columns=tuple(columns))


def _together(customers: Customers, attached: Sequence[Attached], notes: tuple[Note, ...]) -> Customers:
    frame, columns, said = customers.frame, list(customers.columns), [customers.said]
    for part in attached:
        added = part.frame.reindex(frame.index)
        for column in part.columns:
            if column.role == "text":
                added[column.name] = added[column.name].fillna("")
            if column.role in ("count", "money") and not part.once:
                added[column.name] = added[column.name].fillna(0.0)
        frame = pd.concat([frame, added], axis=1)
        columns += part.columns
        said.append(part.said)
        notes += part.notes
    kept = [part for part in said if part is not None]
    return replace(
        customers,
        frame=frame,
        columns=tuple(columns),
        notes=customers.notes + notes,
        said=pd.concat(kept, ignore_index=True) if kept else None,
    )


def _as_chosen(customers: Customers, choices: Choices, known: set[str]) -> Customers:
    """Apply the chosen bases, and the chosen roles of columns that no table has because they were made here."""
    known |= {column.name for column in customers.columns}
    for name in (*choices.roles, *choices.bases):
        if name not in known:
            raise OptionError(
                "A role is given to the column {name}, which the file does not have; it has: {names}.",
                name=name,
                names=", ".join(sorted(known)[:40]),
            )
    columns = []
    for column in customers.columns:
        role, basis = choices.roles.get(column.name, column.role), choices.bases.get(column.name, column.basis)
        if (role, basis) != (column.role, column.basis) and column.role != "id":
            column = Column(column.name, role, basis, say("Chosen by you."), column.table)  # noqa: PLW2901
        columns.append(column)
    return replace(customers, columns=tuple(columns))

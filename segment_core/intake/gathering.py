"""Gathering: rows become customers, one each, typed by role and in an order that the file cannot change."""

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Basis, Column, Customers, Note, Role, Table
from segment_core.errors import DataError, OptionError
from segment_core.intake.bases import basis_as
from segment_core.intake.ids import id_strength
from segment_core.intake.looks import look
from segment_core.intake.natural import natural_order
from segment_core.intake.parsing import convert
from segment_core.intake.pooling import pool
from segment_core.intake.roles import suggest
from segment_core.intake.sayings import dating, texts
from segment_core.intake.values import nothings
from segment_core.messages import say

FEATURE_ROLES: tuple[Role, ...] = ("number", "money", "count", "category", "yes/no", "date", "place", "text")
"""Roles that can shape segments."""

_TRANSACTIONS = 3.0
_ROWS_TO_JUDGE = 10  # with fewer, the lack of customers is the news, not the lack of columns


def gather(table: Table, roles: Mapping[str, Role] = {}, bases: Mapping[str, Basis] = {}) -> Customers:
    r"""Make one customer of all rows with the same id, and say everything that was done to the cells.

    `roles` and `bases` override what `suggest` finds, by column name. Numbers are pooled by their mean, yes/no by
    majority, dates by the latest, categories by the most frequent (of equals the first in the
    alphabet), texts by joining the different ones with line breaks; each text stays in `said` with
    its row, as it was written: personal data are masked by `assemble`. Rows without an id stay customers
    of their own.

    Raises
    ------
    DataError
        If no column is left that could tell customers apart in kind.
    OptionError
        If `roles` or `bases` names a column that the table does not have.

    Examples
    --------
    >>> from segment_core.intake import read
    >>> table = read(b"id,spend\nb,1\na,2\nb,3\n", "a.csv")
    >>> gather(table).frame["spend"].to_dict()
    {'a': 2.0, 'b': 2.0}
    """
    customers, _ = owned(table, roles, bases)
    require_features(customers, table.name)
    return customers


def owned(
    table: Table,
    roles: Mapping[str, Role] = {},
    bases: Mapping[str, Basis] = {},
    suggested: Sequence[Column] | None = None,
) -> tuple[Customers, pd.Series]:
    """Gather customers as `gather` does, whatever their columns, and return the customer of each row too.

    `suggested` are the table's columns as `suggest` finds them, where that is known already.
    """
    columns, notes = _with_choices(table, suggest(table) if suggested is None else suggested, roles, bases)
    id_name = next((column.name for column in columns if column.role == "id"), None)
    frame, keys, anonymous, id_notes = _ordered(table.frame, id_name)
    typed: dict[str, pd.Series] = {}
    said: list[pd.DataFrame] = []
    dated = None if keys.is_unique else dating(columns)  # a table of customers dates them, and not what they wrote
    dates = None if dated is None else convert(frame[dated.name], dated, table.dialect.decimal)[0]
    for column in columns:
        cells, found = convert(frame[column.name], column, table.dialect.decimal)
        typed[column.name] = cells
        notes += found
        if column.role == "text":
            said.append(texts(cells, keys, column.name, table.name, dates))
    rows = pd.DataFrame(typed, index=frame.index).set_axis(pd.Index(keys, dtype="str").rename(None))
    pooled, merged = pool(rows, columns)
    notes += id_notes + merged
    if id_name is not None and not rows.index.is_unique:
        notes += _about_ids(rows.index[~anonymous], len(frame))
    customers = Customers(
        pooled,
        columns,
        id_name or "row",
        len(frame),
        table.notes + notes,
        pd.concat(said, ignore_index=True) if said else None,
    )
    return customers, keys.set_axis(frame.index).sort_index()


def _with_choices(
    table: Table, suggested: Sequence[Column], roles: Mapping[str, Role], bases: Mapping[str, Basis]
) -> tuple[tuple[Column, ...], tuple[Note, ...]]:
    names = [str(name) for name in table.frame.columns]
    for name in (*roles, *bases):
        if name not in names:
            raise OptionError(
                "A role or a basis is given to the column {name}, which the file does not have; it has: {names}.",
                name=name,
                names=", ".join(names[:40]),
            )
    columns = {column.name: column for column in suggested}
    for name, role in roles.items():
        if role != columns[name].role:
            basis, why = basis_as(columns[name], role)
            columns[name] = Column(name, role, basis, say("Chosen by you."), basis_reason=why)
    for name, basis in bases.items():
        columns[name] = dataclasses.replace(columns[name], basis=basis, basis_reason=say("Chosen by you."))
    chosen = [name for name, role in roles.items() if role == "id"]
    candidates = chosen or [name for name, column in columns.items() if column.role == "id"]
    notes: tuple[Note, ...] = ()
    if candidates:
        best = candidates[0]
        if len(candidates) > 1:
            best = max(candidates, key=lambda name: (*_id_rank(table, name), -names.index(name)))
        for name, column in columns.items():
            if column.role == "id" and name != best:
                reason = say("Another id; the customers are told apart by {other}.", other=best)
                columns[name] = Column(name, "ignore", "none", reason, aside="id")
                if name in chosen:
                    message = say(
                        "Two columns are marked as the id; {best} is used, {other} is set aside.", best=best, other=name
                    )
                    notes += (Note("second-id", message, 1, "warning"),)
    aside = [name for name, column in columns.items() if column.role == "ignore"]
    if aside:
        message = say("Columns set aside: {n} ({names}).", n=len(aside), names=_listed(aside))
        notes += (Note("set-aside", message, len(aside)),)
    return tuple(columns[name] for name in names), notes


def _id_rank(table: Table, name: str) -> tuple[float, float]:
    seen = look(name, table.frame[name], table.dialect.decimal)
    unique = seen.n_distinct / max(seen.n_rows, 1)
    return float(id_strength(seen)[0]), unique


def require_features(customers: Customers, name: str) -> None:
    """Raise `DataError` if no column could tell customers apart in kind; with few customers, that is the news."""
    if customers.n_rows < _ROWS_TO_JUDGE:
        return
    shaping = customers.named(*FEATURE_ROLES)
    if any(((cells := customers.frame[column]).notna() & (cells != "")).any() for column in shaping):
        return
    raise DataError(
        "The file {name} has no column that could shape segments. Set aside were: {names}. Change the role of a "
        "column, or give a file with more about each customer.",
        name=name,
        names="; ".join(f"{column.name} ({column.role})" for column in customers.columns[:20]),
    )


def _ordered(
    frame: pd.DataFrame, id_name: str | None
) -> tuple[pd.DataFrame, "pd.Series[str]", np.ndarray, tuple[Note, ...]]:
    """Sort rows by id and content, so that sums and ties come out alike however the file is sorted.

    Returns the sorted rows, each one's customer id, which of these are made up, and notes.
    """
    if id_name is None:
        order = np.argsort(_contents(frame), kind="stable")
        message = say("No column tells customers apart, so each row is a customer and is named by its row number.")
        keys = _row_numbers(frame).iloc[order]
        return frame.iloc[order], keys, np.ones(len(frame), dtype=bool), (Note("no-id", message, len(frame)),)
    keys = frame[id_name].str.strip().reset_index(drop=True)
    anonymous = nothings(keys)
    codes, distinct = pd.factorize(keys.mask(anonymous) if anonymous.any() else keys)
    ranks = np.empty(len(distinct) + 1, dtype=np.int64)
    ranks[natural_order(distinct)] = np.arange(len(distinct))
    ranks[-1] = len(distinct)  # made-up ids come last and in order of content: their row number must not decide
    by_id = ranks[codes]
    order = by_id.argsort(kind="stable") if len(distinct) == len(frame) else np.lexsort((_contents(frame), by_id))
    notes: tuple[Note, ...] = ()
    if anonymous.any():
        taken, own = set(distinct), "row " + _row_numbers(frame)[anonymous]
        keys[anonymous] = own.map(lambda key: key if key not in taken else f"{key} (no id)")
        n = int(anonymous.sum())
        message = say("Rows without an id that stay customers of their own, named by their row: {n}.", n=n)
        notes += (Note("missing-id", message, n, "warning"),)
    return frame.iloc[order], keys.iloc[order], anonymous[order], notes


def _contents(frame: pd.DataFrame) -> NDArray[np.uint64]:
    """Hash each row by what stands in it, to tell rows of one customer apart without their place."""
    return np.asarray(pd.util.hash_pandas_object(frame, index=False).to_numpy(), dtype=np.uint64)


def _row_numbers(frame: pd.DataFrame) -> "pd.Series[str]":
    return pd.Series(np.arange(1, len(frame) + 1).astype(str), dtype="str")


def _about_ids(ids: pd.Index, n_rows: int) -> tuple[Note, ...]:
    counts = ids.value_counts()
    notes: tuple[Note, ...] = ()
    if counts.empty:
        return notes
    mean = float(counts.mean())
    if mean > _TRANSACTIONS:
        message = say(
            "This looks like a list of orders or events: each id stands in about {mean} of {n} rows. Rows were pooled "
            "to one per customer; totals and counts of orders are not computed.",
            mean=round(mean, 1),
            n=n_rows,
        )
        notes += (Note("looks-like-transactions", message, n_rows, "warning"),)
    elif int(counts.iloc[0]) > max(10, 10 * mean):
        message = say(
            "The id {id} stands in {n} rows. If it means unknown, leave those rows out of the file.",
            id=str(counts.index[0]),
            n=int(counts.iloc[0]),
        )
        notes += (Note("crowded-id", message, int(counts.iloc[0]), "warning"),)
    return notes


def _listed(names: list[str]) -> str:
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "")

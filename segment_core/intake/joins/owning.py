"""Owning: which customer each row of each table belongs to, and what other tables know about that row."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from segment_core.artifacts import Note, Table
from segment_core.intake.joins.arranging import Arrangement, Place
from segment_core.intake.joins.keys import cleaned
from segment_core.intake.joins.links import Link
from segment_core.messages import say


def owners(
    tables: Mapping[str, Table], arrangement: Arrangement, of_base: pd.Series
) -> tuple[dict[str, pd.Series], tuple[Note, ...]]:
    """Return the customer of each row of the base and of every table of events, missing for rows of nobody.

    `of_base` holds the customer of each row of the base, by its index. Rows that belong to nobody are
    counted: those without a key, and orphans, whose key the other table does not have.
    """
    found = {arrangement.base: of_base}
    notes: list[Note] = []
    for place in arrangement.of("events"):
        assert place.link is not None
        link = place.link
        keys = cleaned(tables[link.child].frame[link.child_column])
        known = cleaned(tables[link.parent].frame[link.parent_column])
        owned = pd.Series(found[link.parent].to_numpy(dtype=object), index=known.to_numpy(dtype=object))
        owned = owned[owned.index.notna() & owned.notna().to_numpy()]
        # A key that stands in several rows gets the same owner however the rows are sorted.
        owned = owned.groupby(level=0).min() if owned.index.has_duplicates else owned
        found[link.child] = pd.Series(keys.map(owned), index=keys.index, dtype="str")
        notes += _lost(link, keys, keys.isin(known.dropna().unique()), found[link.child])
    return found, tuple(notes)


def described(tables: Mapping[str, Table], arrangement: Arrangement, name: str) -> dict[str, tuple[str, pd.Series]]:
    """Return the columns by which other tables describe the rows of one: by name, the table and the cells.

    A key that stands in several rows of such a table is described by the fullest of them. A name that
    the table itself has is left out.
    """
    found: dict[str, tuple[str, pd.Series]] = {}
    for place in arrangement.of("lookup"):
        link = place.link
        if link is None or link.child != name:
            continue
        rows = _rows_of(tables[link.parent], link, cleaned(tables[name].frame[link.child_column]))
        known = {str(column): (link.parent, cells) for column, cells in tables[link.parent].frame.items()}
        for column, (table, cells) in (known | described(tables, arrangement, link.parent)).items():
            if column != link.parent_column and column not in tables[name].frame.columns:
                found.setdefault(column, (table, _taken(cells, rows)))
    return found


def with_parents(tables: Mapping[str, Table], arrangement: Arrangement, place: Place) -> pd.DataFrame:
    """Return a table's rows with what describes them and the columns of the tables they belong to, up to the customers.

    A name that several tables have stays with the nearest.
    """
    frame = tables[place.table].frame
    columns = {str(name): frame[name] for name in frame.columns}
    for name, (_, cells) in described(tables, arrangement, place.table).items():
        columns.setdefault(name, cells)
    links = {other.table: other.link for other in arrangement.of("events")}
    at, rows = place.table, pd.Series(range(len(frame)), index=frame.index, dtype="float64")
    while (link := links.get(at)) is not None and link.parent != arrangement.base:
        keys = _taken(cleaned(tables[at].frame[link.child_column]), rows)
        at, rows = link.parent, _rows_of(tables[link.parent], link, keys)
        for column, cells in tables[at].frame.items():
            columns.setdefault(str(column), _taken(cells, rows))
    return pd.DataFrame(columns, index=frame.index)


def _rows_of(parent: Table, link: Link, keys: pd.Series) -> pd.Series:
    """Return for each key of the child the place of its row in the parent, missing where there is none."""
    order = pd.DataFrame(
        {
            "key": cleaned(parent.frame[link.parent_column]).to_numpy(dtype=object),
            "filled": -parent.frame.notna().sum(axis=1).to_numpy(),
            "content": pd.util.hash_pandas_object(parent.frame, index=False).to_numpy(),
        }
    )
    order = order.dropna(subset=["key"]).sort_values(["key", "filled", "content"]).drop_duplicates("key")
    places = pd.Series(order.index.to_numpy(dtype="float64"), index=order["key"].to_numpy(dtype=object))
    return pd.Series(keys.map(places), index=keys.index, dtype="float64")


def _taken(cells: pd.Series, rows: pd.Series) -> pd.Series:
    """Take cells by place; missing where there is no place."""
    there = rows.notna().to_numpy()
    taken = cells.array.take(np.where(there, rows.fillna(0).to_numpy(), -1).astype("int64"), allow_fill=True)
    return pd.Series(taken, index=rows.index)


def _lost(link: Link, keys: pd.Series, known: pd.Series, owner: pd.Series) -> list[Note]:
    names = {"child": link.child, "parent": link.parent, "column": link.child_column}
    notes = []
    empty, orphans = int(keys.isna().sum()), int((keys.notna() & ~known).sum())
    above = int((known & owner.isna()).sum())
    if empty:
        message = say(
            "{child}: rows without {column}, which belong to nobody and were set aside: {n}.", n=empty, **names
        )
        notes.append(Note("rows-without-key", message, empty, "warning"))
    if orphans:
        message = say("{child}: orphans, rows whose {column} is not in {parent}, set aside: {n}.", n=orphans, **names)
        notes.append(Note("orphans", message, orphans, "warning"))
    if above:
        message = say("{child}: rows whose row in {parent} belongs to nobody, set aside: {n}.", n=above, **names)
        notes.append(Note("orphans-above", message, above, "warning"))
    return notes

"""Owning: which customer each row of each table belongs to, and what other tables know about that row."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from segment_core.artifacts import Note, Table
from segment_core.intake.joins.arranging import Arrangement
from segment_core.intake.joins.keys import cleaned, comparable
from segment_core.intake.joins.links import Link
from segment_core.intake.looks import Look
from segment_core.messages import say


@dataclass(frozen=True, slots=True, eq=False)
class Joins:
    """Tables in their arrangement, with the customer of each of their rows.

    `owner` holds, for the table of customers and every table of events, the customer of each row, missing for
    rows of nobody; `naming` how a column (table, name) is called among the customers; `notes` what was lost. `looks`
    remembers, by table, what was seen of the columns that its rows have or are described by.
    """

    tables: Mapping[str, Table]
    arrangement: Arrangement
    owner: Mapping[str, pd.Series]
    naming: Mapping[tuple[str, str], str]
    notes: tuple[Note, ...]
    looks: dict[str, dict[str, Look]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        tables: Mapping[str, Table],
        arrangement: Arrangement,
        of_base: pd.Series,
        naming: Mapping[tuple[str, str], str],
    ) -> "Joins":
        """Find the owners of all rows from those of the table of customers, `of_base`, by its index."""
        owner, notes = _owners(tables, arrangement, of_base)
        return cls(tables, arrangement, owner, naming, notes)

    def above(self, table: str) -> tuple[str, ...]:
        """Return a table of events and those its rows belong to, up to the customers, who are left out."""
        links = {place.table: place.link for place in self.arrangement.of("events")}
        found = [table]
        while (link := links.get(found[-1])) is not None and link.parent != self.arrangement.base:
            found.append(link.parent)
        return tuple(found)

    def described(self, name: str) -> dict[str, tuple[str, pd.Series]]:
        """Return the columns by which other tables describe the rows of one: by name, the table and the cells.

        A key that stands in several rows of such a table is described by the fullest of them. A name that
        the table itself has is left out.
        """
        found: dict[str, tuple[str, pd.Series]] = {}
        for place in self.arrangement.of("lookup"):
            link = place.link
            if link is None or link.child != name:
                continue
            parent = self.tables[link.parent]
            rows = _rows_of(parent, link, cleaned(self.tables[name].frame[link.child_column]))
            known = {str(column): (link.parent, cells) for column, cells in parent.frame.items()}
            for column, (table, cells) in (known | self.described(link.parent)).items():
                if column != link.parent_column and column not in self.tables[name].frame.columns:
                    found.setdefault(column, (table, _taken(cells, rows)))
        return found

    def with_parents(self, name: str) -> pd.DataFrame:
        """Return a table's rows with what describes them and the columns of the tables they belong to.

        A name that several tables have stays with the nearest; the table of customers is left out.
        """
        frame = self.tables[name].frame
        columns = {str(column): frame[column] for column in frame.columns}
        for column, (_, cells) in self.described(name).items():
            columns.setdefault(column, cells)
        links = {place.table: place.link for place in self.arrangement.of("events")}
        at, rows = name, pd.Series(range(len(frame)), index=frame.index, dtype="float64")
        while (link := links.get(at)) is not None and link.parent != self.arrangement.base:
            keys = _taken(cleaned(self.tables[at].frame[link.child_column]), rows)
            at, rows = link.parent, _rows_of(self.tables[link.parent], link, keys)
            for above, cells in self.tables[at].frame.items():
                columns.setdefault(str(above), _taken(cells, rows))
        return pd.DataFrame(columns, index=frame.index)


def _owners(
    tables: Mapping[str, Table], arrangement: Arrangement, of_base: pd.Series
) -> tuple[dict[str, pd.Series], tuple[Note, ...]]:
    found = {arrangement.base: of_base}
    notes: list[Note] = []
    for place in arrangement.of("events"):
        link = place.link
        assert link is not None
        keys, known, _ = comparable(
            cleaned(tables[link.child].frame[link.child_column]), cleaned(tables[link.parent].frame[link.parent_column])
        )
        owned = pd.Series(found[link.parent].to_numpy(dtype=object), index=known.to_numpy(dtype=object))
        owned = owned[owned.index.notna() & owned.notna().to_numpy()]
        # A key that stands in several rows gets the same owner however the rows are sorted.
        owned = owned.groupby(level=0).min() if owned.index.has_duplicates else owned
        found[link.child] = pd.Series(keys.map(owned), index=keys.index, dtype="str")
        notes += _lost(link, keys, keys.isin(known.dropna().unique()), found[link.child])
    return found, tuple(notes)


def _rows_of(parent: Table, link: Link, keys: pd.Series) -> pd.Series:
    """Return for each key of the child the place of its row in the parent, missing where there is none."""
    keys, names, _ = comparable(keys, cleaned(parent.frame[link.parent_column]))
    order = pd.DataFrame(
        {
            "key": names.to_numpy(dtype=object),
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

"""Customers: a file as read, and its rows as customers."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from segment_core.artifacts.basics import Note
from segment_core.messages import Message

Role = Literal[
    "id",
    "number",
    "money",
    "count",
    "category",
    "yes/no",
    "date",
    "text",
    "place",
    "image",
    "audio",
    "vector",
    "consent",
    "suppression",
    "name",
    "ignore",
]
Basis = Literal["geographic", "demographic", "psychographic", "behavioural", "none"]
Aside = Literal["", "empty", "constant", "id", "code", "personal", "unique", "copy", "leak", "rows"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the bytes of a file were read. `header_row` counts physical lines from 0; None is no header."""

    kind: Literal["csv", "excel", "parquet", "json"]
    encoding: str = ""
    delimiter: str = ""
    decimal: str = "."
    header_row: int | None = 0
    sheet: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A file as read: every cell text, None where the file had nothing."""

    frame: pd.DataFrame
    name: str
    dialect: Dialect
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """What a column is (`role`), which basis of segmentation it speaks for, and why we think so.

    `table` names the table it came from, where a study is made of several. `basis_reason` says why the basis.
    `aside` says in a word why a column with the role "ignore" was set aside, "" where a person chose it.
    """

    name: str
    role: Role
    basis: Basis
    reason: Message
    table: str = ""
    basis_reason: Message | None = None
    aside: Aside = ""


@dataclass(frozen=True, slots=True, eq=False)
class Customers:
    """One row a customer, indexed by customer id (text), in an order that the file's row order cannot change.

    Cells by role: number, money, count are float64; yes/no is float64 0.0/1.0; date is datetime64;
    category, place, consent, suppression, name are text or None; text is text, "" where there is none; vector is
    text that `numberlists` reads, or None; id and ignore keep the text as read. `id_name` is the id column's name,
    or "row" where the file has none (the index then holds row numbers from 1, as text).

    `said` keeps what was pooled quotable, one row an original text: `customer`, `column`, `table`, `row`
    (the data row of its table, from 1), `text` and `date` (when it was written; NaT where its row does not say one).
    """

    frame: pd.DataFrame
    columns: tuple[Column, ...]
    id_name: str
    n_rows: int
    notes: tuple[Note, ...] = ()
    said: pd.DataFrame | None = None

    def __len__(self) -> int:
        return len(self.frame)

    def named(self, *roles: Role) -> tuple[str, ...]:
        """Return the names of the columns with one of these roles, in file order."""
        return tuple(column.name for column in self.columns if column.role in roles)

    def column(self, name: str) -> Column:
        """Return a column's description by name."""
        return next(column for column in self.columns if column.name == name)

"""Keys: which columns of a table could name its rows, or rows of another table."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Table
from segment_core.intake import vocabulary
from segment_core.intake.values import NOTHING
from segment_core.intake.vocabulary import words_of

LONGEST = 80
_ALIKE = 0.98
"""Share of keys known as they are written from which nothing is gained by comparing them loosely."""


@dataclass(frozen=True, slots=True, eq=False)
class Key:
    """A column that could be a key: its values without blanks around them, None where there is none.

    `hashes` (n_distinct,) stand for the distinct values where two columns are compared.
    """

    table: str
    column: str
    values: pd.Series
    distinct: pd.Index
    hashes: NDArray[np.uint64]
    n_filled: int
    is_telling: bool

    @property
    def uniqueness(self) -> float:
        """Return distinct values per filled row, 1 where no value repeats."""
        return len(self.distinct) / self.n_filled if self.n_filled else 0.0


Keys = Mapping[str, tuple[Key, ...]]
"""The keys of each table, by its name."""


def all_keys(tables: Iterable[Table]) -> Keys:
    """Return the keys of each table."""
    return {table.name: keys_of(table) for table in tables}


def keys_of(table: Table) -> tuple[Key, ...]:
    """Return the columns of a table that could be keys: short, code-like and of more than one value."""
    names = [str(name) for name in table.frame.columns]
    likely = [name for name in names if _is_code_like(table.frame[name])]
    return tuple(key for key in (key_of(table, name) for name in likely) if len(key.distinct) > 1)


def key_of(table: Table, column: str) -> Key:
    """Take any column as a key."""
    values = cleaned(table.frame[column])
    distinct = pd.Index(values.dropna().unique())
    hashes = pd.util.hash_array(distinct.to_numpy(dtype=object), categorize=False)
    return Key(table.name, column, values, distinct, hashes, int(values.notna().sum()), _is_telling(distinct))


def cleaned(cells: pd.Series) -> pd.Series:
    """Bring keys to one form: no blanks around them, no word for nothing, and 17850.0 is 17850."""
    values = cells.astype("str").str.strip()
    values = values.mask(values.str.lower().isin(NOTHING) | (values.str.len() > LONGEST))
    floats = values.str.fullmatch(r"[0-9]{1,15}\.0").fillna(False)
    return values.mask(floats, values.str.removesuffix(".0")) if floats.any() else values


def comparable(child: pd.Series, parent: pd.Series) -> tuple[pd.Series, pd.Series, bool]:
    """Return cleaned keys in a form in which they can be compared, and whether they had to be brought to one.

    Where keys are written differently (C-0001, c0001, 1 for 0001) they lose blanks, signs, leading zeros and
    capitals, unless two keys of the parent would become the same.
    """
    keys, names = child.dropna().unique(), parent.dropna().unique()
    exact = float(pd.Series(keys).isin(names).mean()) if len(keys) else 1.0
    plain = {name: _plain(name) for name in names} if exact < _ALIKE else {}
    if not plain or len(set(plain.values())) < len(plain):
        return child, parent, False
    bare = {key: _plain(key) for key in keys}
    known = set(plain.values())
    if sum(found in known for found in bare.values()) < (exact + 1 - _ALIKE) * len(keys):
        return child, parent, False
    return child.map(bare).astype("str"), parent.map(plain).astype("str"), True


def _plain(key: str) -> str:
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", re.sub(r"[\s\-_./#]+", "", key.casefold()))


def affinity(child: Key, parent: Key) -> float:
    """Say from 0 to 1 how much two names speak of the same thing, the tables' names considered."""
    one, other = words_of(child.column), words_of(parent.column)
    if not one or not other:
        return 0.0
    if "".join(one) == "".join(other):
        return 0.6 if _is_bare(one) else 1.0
    things = [{word for word in words if not vocabulary.ID.has(word)} for words in (one, other)]
    if _is_bare(other) and things[0] and things[0] <= _stem_words(parent.table):
        return 0.9  # customer_id names id in customers.csv
    if len(other) > 1 and one[-len(other) :] == other:
        return 0.7  # billing_customer_id names customer_id
    if _names_customer(one) and _names_customer(other):
        return 0.6
    return 0.5 if things[0] & things[1] and _names_id(one) and _names_id(other) else 0.0


def customer_columns(keys: Sequence[Key]) -> list[Key]:
    """Return the columns named like a customer's id."""
    return [key for key in keys if _names_customer(words_of(key.column))]


def stem(table: str) -> str:
    """Return a table's name without folder and ending; of a workbook, the sheet's."""
    file, _, sheet = table.partition(": ")
    return sheet or PurePosixPath(file).name.rsplit(".", 1)[0]


def speaks_of_customers(table: str) -> bool:
    """Tell whether a table is named after customers."""
    words = _stem_words(table)
    return any(vocabulary.CUSTOMER.has(word) for word in words) and not words & _EVENTS


_EVENTS = frozenset(("order", "item", "line", "review", "ticket", "payment", "visit", "return", "purchase"))


def _names_customer(words: tuple[str, ...]) -> bool:
    together = "".join(words)
    if together.endswith("id") and vocabulary.CUSTOMER.has(together.removesuffix("id")):
        return True
    return any(vocabulary.CUSTOMER.has(word) for word in words) and _names_id(words)


def _names_id(words: Sequence[str]) -> bool:
    return any(vocabulary.ID.has(word) or word.endswith("id") for word in words)


def _is_bare(words: Sequence[str]) -> bool:
    return all(vocabulary.ID.has(word) for word in words)


def _stem_words(table: str) -> set[str]:
    words = set(words_of(stem(table)))
    return words | {word[:-1] for word in words if word.endswith("s")} | {word + "s" for word in words}


def _is_code_like(cells: pd.Series) -> bool:
    filled = cells.dropna()
    if filled.empty:
        return False
    return bool((filled.str.len() <= LONGEST).mean() > 0.98 and (filled.str.count(" ") <= 4).mean() > 0.95)


def _is_telling(distinct: pd.Index) -> bool:
    """Tell whether values are so long or mixed that agreeing on them is no accident, as on 1, 2, 3 it is."""
    look = pd.Series(distinct, dtype="str")
    if look.empty:
        return False
    plain = look.str.fullmatch(r"[0-9]{1,5}|[A-Za-z]{1,3}").mean()
    dated = look.str.fullmatch(r"\d{4}-\d\d-\d\d.*|\d{1,2}[./]\d{1,2}[./]\d{2,4}.*|-?\d+\.\d+").mean()
    return bool(plain < 0.5 and dated < 0.2)

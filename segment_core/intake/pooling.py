"""Pooling: several rows of one customer become one, and what they disagree on is counted."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from segment_core.artifacts import Column, Note
from segment_core.intake.sayings import joined
from segment_core.messages import say
from segment_core.numberlists import common_length, numbers_in, packed
from segment_core.privacy.permission import is_against, permits


def pool(rows: pd.DataFrame, columns: Sequence[Column]) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Make one row of all rows with the same index label; the order of first appearance stays."""
    if rows.index.is_unique:
        return rows, ()
    customers = rows.index.unique()
    pooled = {column.name: merged(rows[column.name], column).reindex(customers) for column in columns}
    n_merged = len(rows) - len(customers)
    message = say(
        "Rows with the same id were made one customer: {rows} rows, {customers} customers.",
        rows=len(rows),
        customers=len(customers),
    )
    notes = [Note("pooled", message, n_merged)]
    for column in columns:
        if column.role not in ("id", "name", "ignore"):
            notes += _conflict(rows[column.name], column)
    frame = pd.DataFrame(pooled, index=customers)
    texts = [column.name for column in columns if column.role == "text"]
    frame[texts] = frame[texts].fillna("")
    return frame, tuple(notes)


def merged(cells: pd.Series, column: Column, *, events: bool = False) -> pd.Series:
    """Make one value of all cells with the same index label, by the column's role.

    Rows of `events` add up where rows about one customer only disagree: their money is summed, and a yes/no
    becomes the share of yes.
    """
    role = column.role
    groups = cells.groupby(level=0, sort=False)
    if role in ("number", "money", "count"):
        return groups.sum(min_count=1) if role == "money" and events else groups.mean()
    if role == "yes/no":
        mean = groups.mean()
        return mean if events else (mean >= 0.5).astype("float64").where(mean.notna())
    if role == "date":
        return groups.max()
    if role == "text":
        return joined(cells.index.to_series(), cells)
    if role in ("consent", "suppression"):
        return _strictest(cells, is_against(column.name, role))
    return _mean_vector(cells) if role == "vector" else _most_frequent(cells)


def _mean_vector(cells: pd.Series) -> pd.Series:
    lists = {place: numbers_in(cell) for place, cell in enumerate(cells) if isinstance(cell, str)}
    length = common_length(lists.values())
    known = {place: numbers for place, numbers in lists.items() if numbers is not None and len(numbers) == length}
    if not known:
        return pd.Series([], index=cells.index[:0], dtype="str")
    codes, customers = pd.factorize(cells.index[list(known)])
    sums = np.zeros((len(customers), length))
    np.add.at(sums, codes, np.vstack(list(known.values())).astype(np.float64))
    means = sums / np.bincount(codes)[:, None]
    return pd.Series([packed(mean) for mean in means], index=customers, dtype="str")


def _most_frequent(cells: pd.Series) -> pd.Series:
    said = pd.DataFrame({"id": cells.index, "value": cells.to_numpy()}).dropna()
    counts = said.groupby(["id", "value"], sort=True).size().rename("n").reset_index()
    counts = counts.sort_values(["id", "n", "value"], ascending=[True, False, True]).drop_duplicates("id")
    return counts.set_index("id")["value"].astype("str")


def _strictest(cells: pd.Series, against: bool) -> pd.Series:
    """Keep for each customer a cell that forbids contact, empty ones included, where there is one."""
    said = pd.DataFrame({"id": cells.index, "value": cells.to_numpy(dtype=object)})
    allowed = [permits(cell if isinstance(cell, str) else None, against=against) for cell in said["value"]]
    said = said.assign(allowed=allowed, empty=said["value"].isna()).sort_values(["id", "allowed", "empty", "value"])
    return said.drop_duplicates("id").set_index("id")["value"].astype("str")


def _conflict(cells: pd.Series, column: Column) -> list[Note]:
    filled = cells[cells != ""] if column.role == "text" else cells
    silent = column.role not in ("consent", "suppression")  # where an empty consent is an answer
    n = int((filled.groupby(level=0, sort=False).nunique(dropna=silent) > 1).sum())
    if not n:
        return []
    how = {
        "text": say("Column {column}: customers with several different texts, joined: {n}.", column=column.name, n=n),
        "date": say(
            "Column {column}: customers whose rows disagree: {n}. The latest date counts.", column=column.name, n=n
        ),
        "yes/no": say(
            "Column {column}: customers whose rows disagree: {n}. The majority counts.", column=column.name, n=n
        ),
    }
    mean = say("Column {column}: customers whose rows disagree: {n}. The mean counts.", column=column.name, n=n)
    most = say(
        "Column {column}: customers whose rows disagree: {n}. The most frequent value counts.", column=column.name, n=n
    )
    strict = say(
        "Column {column}: customers whose rows disagree: {n}. The strictest answer counts.", column=column.name, n=n
    )
    how |= {"consent": strict, "suppression": strict}
    message = how.get(column.role, mean if column.role in ("number", "money", "count", "vector") else most)
    return [Note("conflict", message, n)]

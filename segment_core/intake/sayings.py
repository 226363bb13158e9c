"""Sayings: every text a customer wrote, kept one by one beside what is pooled of them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from segment_core.artifacts import Column


def dating(columns: Sequence[Column]) -> Column | None:
    """Return the column that says when a row was written: the only date of its table, None where there are several."""
    dates = [column for column in columns if column.role == "date"]
    return dates[0] if len(dates) == 1 else None


def texts(
    cells: pd.Series, owner: pd.Series, column: str, table: str, dates: "pd.Series | None" = None
) -> pd.DataFrame:
    """List texts one by one: customer, column, table, data row from 1, text, date; silence is left out.

    `cells` carry their place in the table as index; `owner` is the customer of each, in the same order. `dates` are
    those of the rows, where the table dates them.
    """
    found = pd.DataFrame(
        {
            "customer": owner.to_numpy(dtype=object),
            "column": column,
            "table": table,
            "row": cells.index.to_numpy(dtype="int64") + 1,
            "text": cells.to_numpy(dtype=object),
            "date": np.full(len(cells), np.datetime64("NaT", "s")) if dates is None else dates.to_numpy(),
        }
    ).astype({"customer": "str", "column": "str", "table": "str", "text": "str", "date": "datetime64[s]"})
    return found[(found["text"] != "").to_numpy()].reset_index(drop=True)


def joined(customers: pd.Series, said: pd.Series) -> pd.Series:
    """Join each customer's different texts with line breaks, in alphabetical order, by customer."""
    found = pd.DataFrame({"id": customers.to_numpy(dtype=object), "text": said.to_numpy(dtype=object)})
    found = found[found["text"] != ""].drop_duplicates().sort_values(["id", "text"])
    return found.groupby("id", sort=False)["text"].agg("\n".join).astype("str")

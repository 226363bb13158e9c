"""Sayings: every text a customer wrote, kept one by one beside what is pooled of them."""

import pandas as pd


def texts(cells: pd.Series, owner: pd.Series, column: str, table: str) -> pd.DataFrame:
    """List texts one by one: customer, column, table, data row from 1, text; silence is left out.

    `cells` carry their place in the table as index; `owner` is the customer of each, in the same order.
    """
    found = pd.DataFrame(
        {
            "customer": owner.to_numpy(dtype=object),
            "column": column,
            "table": table,
            "row": cells.index.to_numpy(dtype="int64") + 1,
            "text": cells.to_numpy(dtype=object),
        }
    ).astype({"customer": "str", "column": "str", "table": "str", "text": "str"})
    return found[(found["text"] != "").to_numpy()].reset_index(drop=True)


def joined(customers: pd.Series, said: pd.Series) -> pd.Series:
    """Join each customer's different texts with line breaks, in alphabetical order, by customer."""
    found = pd.DataFrame({"id": customers.to_numpy(dtype=object), "text": said.to_numpy(dtype=object)})
    found = found[found["text"] != ""].drop_duplicates().sort_values(["id", "text"])
    return found.groupby("id", sort=False)["text"].agg("\n".join).astype("str")

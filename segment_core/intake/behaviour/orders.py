"""Orders: lines become one row an order, the unit in which frequency is counted."""

import pandas as pd

from segment_core.intake.behaviour.orderlines import Lines

DAY = pd.Timedelta(days=1)


def days_between(start: "pd.Series[pd.Timestamp]", end: "pd.Series[pd.Timestamp] | pd.Timestamp") -> "pd.Series[float]":
    """Return the days from one moment to another, with fractions."""
    return (end - start).dt.total_seconds() / 86_400


def bought(lines: Lines) -> pd.DataFrame:
    """Return the lines on which something was bought: products that cost something and did not come back."""
    frame = lines.frame
    return frame[frame["is_product"] & ~frame["is_return"] & (frame["amount"] != 0)]


def orders_of(lines: Lines) -> pd.DataFrame:
    """Return one row an order, sorted by customer and date.

    Columns: customer, order, date (of the first line), value (money of all its lines, postage and discounts included;
    missing where no money is known), lines, items (pieces) and products (different ones).
    """
    # Orders are grouped by plain numbers: pairs of categories are slow to align, and pandas has failed at it.
    number = lines.frame.groupby(["customer", "order"], observed=True).ngroup()
    number = number[number >= 0]
    sold = bought(lines)
    sold = sold[sold.index.isin(number.index)]
    groups = sold.groupby(number[sold.index])
    found = pd.DataFrame({"date": groups["date"].min(), "lines": groups.size(), "items": groups["quantity"].sum()})
    different = pd.DataFrame({"order": number[sold.index], "product": sold["product"]}).dropna().drop_duplicates()
    found["products"] = different.groupby("order").size().reindex(found.index)
    found["value"] = lines.frame.loc[number.index, "amount"].groupby(number).sum(min_count=1).reindex(found.index)
    for part in ("order", "customer"):
        found.insert(0, part, sold[part].astype("str").groupby(number[sold.index]).first())
    return found.sort_values(["customer", "date", "order"], ignore_index=True)


def cohorts_of(orders: pd.DataFrame, reference: pd.Timestamp) -> pd.DataFrame:
    """Follow the customers of each first month: how many order again so many months later.

    Columns: cohort ("2024-01"), months (0 is the first month), n (customers who ordered), size (of the cohort), share,
    and is_complete: False where the month had not ended by the reference date, so that its share is still growing.
    """
    months = orders["date"].dt.year * 12 + orders["date"].dt.month - 1
    first = months.groupby(orders["customer"]).transform("min")
    seen = pd.DataFrame({"cohort": first, "months": months - first, "customer": orders["customer"]}).drop_duplicates()
    sizes = seen[seen["months"] == 0].groupby("cohort").size()
    last = int(months.max())
    grid = [(cohort, later) for cohort in sizes.index for later in range(last - int(cohort) + 1)]
    table = pd.DataFrame(grid, columns=["cohort", "months"])
    counts = seen.groupby(["cohort", "months"]).size()
    table["n"] = counts.reindex(pd.MultiIndex.from_frame(table), fill_value=0).to_numpy()
    table["size"] = table["cohort"].map(sizes)
    table["share"] = table["n"] / table["size"]
    open_month = reference.year * 12 + reference.month - 1
    table["is_complete"] = table["cohort"] + table["months"] < open_month
    table["cohort"] = [f"{month // 12}-{month % 12 + 1:02d}" for month in table["cohort"]]
    return table

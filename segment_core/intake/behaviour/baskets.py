"""Baskets: how much is in an order, how much comes back, and what the money goes to."""

import re

import pandas as pd

from segment_core.artifacts import Column
from segment_core.intake.behaviour.orderlines import Lines
from segment_core.intake.behaviour.orders import bought
from segment_core.intake.behaviour.rhythm import Measured
from segment_core.messages import Message, say

MOST_SHARES = 8
"""More categories than these would drown the other columns."""


def baskets(lines: Lines, orders: pd.DataFrame) -> list[Measured]:
    """Return the mean number of pieces and of different products in an order, or of lines where neither is known."""
    groups = orders.groupby("customer")
    found: list[Measured] = []
    if "quantity" in lines.has:
        reason = say("Mean number of pieces in an order.")
        found.append((groups["items"].mean(), _column("basket_items", reason)))
    if "product" in lines.has:
        reason = say("Mean number of different products in an order.")
        found.append((groups["products"].mean(), _column("basket_products", reason)))
    if not found:
        found.append((groups["lines"].mean(), _column("basket_lines", say("Mean number of lines of an order."))))
    return [(values, column) for values, column in found if values.nunique() > 1]


def returned(lines: Lines) -> list[Measured]:
    """Return the share of the money bought for that came back, at most 1; nothing where nothing ever comes back."""
    frame = lines.frame
    came_back = frame["is_return"]
    if not came_back.any():
        return []
    weight = frame["amount"].abs() if "money" in lines.has else pd.Series(1.0, index=frame.index)
    customer = frame["customer"].astype("str")
    spent = weight[bought(lines).index].groupby(customer).sum()
    back = weight[came_back].groupby(customer[came_back]).sum().reindex(spent.index, fill_value=0.0)
    reason = say("Returned and cancelled money as a share of the money bought for, at most 1.")
    if "money" not in lines.has:
        reason = say("Returned and cancelled lines as a share of the lines bought, at most 1.")
    return [((back / spent).clip(upper=1.0), _column("returns_share", reason))]


def shares(lines: Lines) -> list[Measured]:
    """Return what share of each customer's money goes to each of the biggest categories, or of a handful of products.

    The categories are those of most money; the rest has no column, since it is what is left to 1. Where nothing is
    known of money, lines count. Products are taken for categories only if there are at most `MOST_SHARES`.
    """
    sold = bought(lines)
    part = "category" if "category" in lines.has else "product"
    sold = sold[sold[part].notna()]
    levels = sold[part].astype("str")
    if levels.nunique() < 2 or (part == "product" and levels.nunique() > MOST_SHARES):
        return []
    weight = sold["amount"].fillna(0.0) if "money" in lines.has else pd.Series(1.0, index=sold.index)
    totals = weight.groupby(levels).sum().rename("money").rename_axis("level").reset_index()
    biggest = totals.sort_values(["money", "level"], ascending=[False, True])["level"].head(MOST_SHARES).tolist()
    if len(biggest) == levels.nunique():
        biggest = biggest[:-1]  # the last follows from the others
    customer = sold["customer"].astype("str")
    whole = weight.groupby(customer).sum()
    found: list[Measured] = []
    taken: set[str] = set()
    for level in biggest:
        mine = weight[levels == level].groupby(customer).sum().reindex(whole.index, fill_value=0.0)
        category = lines.names.get(level, level)
        reason = say("Share of the money that goes to {category}.", category=category)
        if "money" not in lines.has:
            reason = say("Share of the lines that are of {category}.", category=category)
        found.append((mine / whole.where(whole > 0), _column(_named(category, taken), reason)))
    return found


def _named(level: str, taken: set[str]) -> str:
    """Make a column's name of a category: share_ and its letters and digits in lower case, numbered where taken."""
    plain = "share_" + re.sub(r"\W+", "_", level.lower()).strip("_")[:40]
    name, n = plain, 2
    while name in taken:
        name, n = f"{plain}_{n}", n + 1
    taken.add(name)
    return name


def _column(name: str, reason: Message) -> Column:
    return Column(name, "number", "behavioural", reason)

"""Contradictions: customers whose words and wallet disagree, with what both are read from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from segment_core.artifacts import Column, Customers, Traits
from segment_core.errors import DataError

Kind = Literal["money", "orders", "recency", "returns"]
ANGRY, WARM = "spends much, writes angrily", "writes warmly, hardly buys"
COLUMNS = (
    "customer",
    "direction",
    "score",
    "wallet",
    "words",
    "sentiment",
    "quote",
    "column",
    "table",
    "row",
)  # fmt: skip
MIDDLE = 0.5
_SENTIMENT = "sentiment"
_WEIGHTS: dict[Kind, float] = {"money": 3.0, "orders": 2.0, "recency": 1.0, "returns": 1.0}
_NOT_WALLET = re.compile(
    r"ticket|complain|support|call|review|rating|star|score|feedback|discount|rebate|coupon|voucher|price|income|gap"
    r"|tenure|trend|weekend|peak|cost|limit|distance|letter|mail|quantity|age$|rabatt"
    r"|评|投诉|客服|折扣|优惠|单价|工单|收入|间隔",
    re.IGNORECASE,
)
_RETURNS = re.compile(r"return|refund|cancel|storno|retour|退货|退款|取消", re.IGNORECASE)
_RECENCY = re.compile(
    r"recency|(?:days?|months?|weeks?)[\W_]*since|inactiv|silent|距今|未购|未下单|间隔天", re.IGNORECASE
)
_LATEST = re.compile(r"last|latest|recent|letzte|最近|最后|上次", re.IGNORECASE)
_DEED = re.compile(
    r"order|purchase|bought|buy|transaction|visit|invoice|paid|seen|activ|kauf|订单|购买|下单|消费|到店", re.IGNORECASE
)
_MONEY = re.compile(
    r"spen[dt]|monetary|revenue|turnover|sales|amount|mnt|paid|payment|basket|value|gmv|umsatz|消费|金额|支付|花费|客单",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"orders?(?![a-z])|purchase|frequency|transaction|visit|bookings?|p_alive|times|bestellung|订单|购买|次数|频次|到店",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WalletColumn:
    """A column that tells how much a customer buys; `sign` is -1 where more of it means less (returns, silence)."""

    name: str
    kind: Kind
    sign: int


def contradictions(customers: Customers, traits: Traits) -> pd.DataFrame:
    """Rank the customers whose words and wallet disagree, farthest apart first.

    Two directions: who buys more than half of all and writes angrily, and who buys less and writes warmly. The score
    is the distance of the two ranks (`wallet` by `wallet`, `words` by sentiment), 0 to 1; who is silent, or writes
    neither well nor ill, is left out. A rank is a place among these customers and no sum of money.

    Returns
    -------
    One row a customer: customer, direction, score, wallet, words, sentiment (-1 to 1), and the quote that shows
    it best with its column, table and row.

    Raises
    ------
    DataError
        If no column tells what customers buy, or no sentiment was read.
    """
    columns = wallet_columns(customers)
    if not any(column.kind in ("money", "orders") for column in columns):
        raise DataError(
            "No column tells what customers spend or order. Give one the role money or count and the basis behavioural."
        )
    if _SENTIMENT not in traits.names:
        raise DataError("No sentiment was read from texts. Read attitudes first.")
    bought = wallet(customers, columns)
    sentiment = pd.Series(
        traits.scores[:, traits.names.index(_SENTIMENT)].astype(np.float64), index=customers.frame.index
    )
    words = ranked(sentiment)
    angry = (sentiment < 0) & (bought > MIDDLE) & (bought > words)
    warm = (sentiment > 0) & (bought < MIDDLE) & (bought < words)
    found = pd.DataFrame(
        {
            "customer": customers.frame.index.astype("str"),
            "direction": np.where(angry, ANGRY, WARM),
            "score": (bought - words).abs().to_numpy(),
            "wallet": bought.to_numpy(),
            "words": words.to_numpy(),
            "sentiment": sentiment.to_numpy(),
        }
    )[(angry | warm).to_numpy()]
    found = found.merge(_quotes(traits), on=["customer", "direction"], how="left")
    found = found.sort_values(["score", "customer"], ascending=[False, True], ignore_index=True)
    return found[list(COLUMNS)]


def _quotes(traits: Traits) -> pd.DataFrame:
    """Return each customer's most angry and most warm sentence."""
    said = traits.quotes[traits.quotes["trait"] == _SENTIMENT].rename(columns={"text": "quote"})
    order = ["score", "column", "table", "row", "quote"]
    parts = []
    for direction, ascending in ((ANGRY, True), (WARM, False)):
        first = said.sort_values(order, ascending=[ascending, True, True, True, True]).drop_duplicates("customer")
        parts.append(first.assign(direction=direction))
    return pd.concat(parts)[["customer", "direction", "quote", "column", "table", "row"]]


def wallet_columns(customers: Customers) -> tuple[WalletColumn, ...]:
    """Choose the behavioural columns that tell what customers spend and do, by role and name.

    What is said of tickets, reviews, ratings, prices and discounts is left out: it is not how much somebody buys.

    Examples
    --------
    >>> from segment_core.messages import say
    >>> column = Column("returns_last_year", "count", "behavioural", say("Given."))
    >>> wallet_columns(Customers(pd.DataFrame({"returns_last_year": [1.0]}), (column,), "id", 1))
    (WalletColumn(name='returns_last_year', kind='returns', sign=-1),)
    """
    return tuple(found for column in customers.columns if (found := _wallet_column(column)) is not None)


def wallet(customers: Customers, columns: Sequence[WalletColumn]) -> "pd.Series[float]":
    """Rank how much each customer buys, 0 to 1, NaN where no column knows.

    Each column is ranked among those who have a value; ranks of one kind are averaged, and kinds weigh money 3,
    orders 2, recency and returns 1 each. Recency and returns alone tell nothing of a wallet.
    """
    kinds: dict[Kind, list[pd.Series[float]]] = {}
    for column in columns:
        values = customers.frame[column.name]
        if pd.api.types.is_datetime64_any_dtype(values):
            known = values.dropna()
            values = (known - pd.Timestamp(0)) / pd.Timedelta(days=1)
            values = values.reindex(customers.frame.index)
        kinds.setdefault(column.kind, []).append(ranked(column.sign * values.astype("float64")))
    means = {kind: pd.concat(found, axis=1).mean(axis=1) for kind, found in kinds.items()}
    total = pd.Series(0.0, index=customers.frame.index)
    weight = pd.Series(0.0, index=customers.frame.index)
    spent = pd.Series(False, index=customers.frame.index)
    for kind, mean in means.items():
        total += mean.fillna(0.0) * _WEIGHTS[kind]
        weight += mean.notna() * _WEIGHTS[kind]
        if kind in ("money", "orders"):
            spent |= mean.notna()
    return ranked((total / weight.where(weight > 0)).where(spent))


def ranked(values: "pd.Series[float]") -> "pd.Series[float]":
    """Return each value's place among the known ones, above 0 and below 1; ties share the middle of their places."""
    finite = values.replace([np.inf, -np.inf], np.nan)
    n = int(finite.notna().sum())
    return (finite.rank() - 0.5) / max(n, 1)


def _wallet_column(column: Column) -> WalletColumn | None:
    if column.basis != "behavioural" or column.role not in ("money", "count", "number", "date"):
        return None
    kind = _kind(column)
    return None if kind is None else WalletColumn(column.name, kind, _sign(kind, column))


def _kind(column: Column) -> Kind | None:
    name = column.name
    if column.role == "date":
        return "recency" if _LATEST.search(name) and _DEED.search(name) else None
    if _RECENCY.search(name):
        return "recency"
    kind: Kind | None = None
    if not _NOT_WALLET.search(name):
        if _RETURNS.search(name):
            kind = "returns"
        elif column.role == "money" or _MONEY.search(name):
            kind = "money"
        elif _ORDERS.search(name):
            kind = "orders"
    return kind


def _sign(kind: Kind, column: Column) -> int:
    return -1 if kind == "returns" or (kind == "recency" and column.role != "date") else 1

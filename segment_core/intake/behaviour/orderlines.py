"""Order lines: text becomes typed lines of orders, and what cannot be used is counted and set aside."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Note
from segment_core.errors import DataError
from segment_core.intake.behaviour.recognition import Recognised
from segment_core.intake.behaviour.structure import Coded, coded, numeric
from segment_core.intake.dates import dates_of, is_ambiguous
from segment_core.messages import say

NO_PRODUCT = frozenset(
    {
        *("postage", "dotcom postage", "carriage", "next day carriage", "shipping", "shipping fee", "shipping cost"),
        *("shipping costs", "delivery", "delivery fee", "freight", "bank charges", "amazon fee", "discount", "coupon"),
        *(
            "adjust bad debt",
            "handling fee",
            "porto",
            "versand",
            "versandkosten",
            "rabatt",
            "gutschein",
            "bankgebühren",
        ),
        *("frais de port", "livraison", "remise", "frais bancaires", "envío", "envio", "gastos de envío", "descuento"),
        *("gastos de envio", "运费", "邮费", "快递费", "配送费", "折扣", "优惠券", "手续费"),
    }
)
"""What stands among products but is none, in lower case; only these exact words are taken for it."""

_CANCELLED = re.compile(r"[A-Za-z]{1,3}[-_ ]?[0-9].*").fullmatch
_KEYS = ("customer", "date", "order", "product", "amount", "quantity", "category")


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Lines of orders in an order of their own, which the file's cannot change.

    `frame` has the columns customer, order, product, category (categories of text), date (datetime64), amount (money
    of the line, negative where it came back), quantity (NaN where not known), is_return, and is_product: False for
    postage, discounts and the like, whose money counts but which nobody bought. `has` names the parts that the file
    really has; `names` gives products their name in words; `n_rows` counts the lines of the file.
    """

    frame: pd.DataFrame
    has: frozenset[str]
    names: Mapping[str, str] = field(default_factory=dict)
    n_rows: int = 0
    notes: tuple[Note, ...] = ()


def lines(frame: pd.DataFrame, recognised: Recognised, decimal: str) -> Lines:
    """Type the lines of a list of orders; each distinct text is parsed once.

    Lines without a customer or without a date are set aside and counted, and so are returns where they are to be
    ignored. Exact copies of a line are counted and kept: two pieces of one article can be two lines.

    Raises
    ------
    DataError
        If no line has both a customer and a date.
    """
    parts = {part: coded(frame[name]) for part, name in _names_of(recognised).items()}
    dates, notes = _dates(parts["date"], recognised.date)
    customer = parts["customer"]
    kept = (customer.codes >= 0) & ~np.isnat(dates)
    notes += _set_aside(customer.codes < 0, np.isnat(dates), recognised)
    if not kept.any():
        raise DataError(
            "No line has both a customer ({customer}) and a date ({date}); each order needs both. Choose other "
            "columns.",
            customer=recognised.customer,
            date=recognised.date,
        )
    quantity = _numbers(parts, "quantity", decimal, len(frame))
    amount = _money(parts, quantity, recognised, decimal)
    typed = pd.DataFrame({"date": dates, "amount": amount, "quantity": quantity})
    for part in ("customer", "order", "product", "category"):
        typed[part] = _texts(parts.get(part), len(frame))
    if recognised.order is None:
        typed["order"] = typed["date"].dt.strftime("%Y-%m-%d").astype("category")
    names = _names(parts)
    fees = [text for text in typed["product"].cat.categories if _is_no_product(text, names)]
    typed["is_product"] = ~typed["product"].isin(fees)
    cancelled = _cancelled(parts.get("order"), typed, recognised)
    typed["amount"] = typed["amount"].mask(cancelled, -typed["amount"].abs())
    negative = (typed["amount"] < 0) | (typed["amount"].isna() & (typed["quantity"] < 0)) | cancelled
    typed["is_return"] = negative & typed["is_product"]
    typed = typed[kept]
    if recognised.returns == "ignore":
        notes += _ignored(int(typed["is_return"].sum()))
        typed = typed[~typed["is_return"]]
    notes += _about(typed, names, frame, kept, recognised)
    has = frozenset(_names_of(recognised)) | (frozenset({"money"}) if typed["amount"].notna().any() else frozenset())
    return Lines(_ordered(typed), has, names, len(frame), notes)


def _names_of(recognised: Recognised) -> dict[str, str]:
    parts = (*_KEYS, "price", "description")
    return {part: name for part in parts if (name := getattr(recognised, part)) is not None}


def _dates(column: Coded, name: str) -> tuple[NDArray[np.datetime64], tuple[Note, ...]]:
    found = dates_of(column.texts.tolist(), compact=True)
    moments = np.array([*(found[text] for text in column.texts), None], dtype="datetime64[s]")
    notes: tuple[Note, ...] = ()
    if is_ambiguous(found):
        message = say(
            "Column {column}: no date shows whether the day or the month comes first; read with the day first.",
            column=name,
        )
        notes = (Note("ambiguous-date", message, int((column.codes >= 0).sum()), "warning"),)
    return moments[column.codes], notes


def _numbers(parts: Mapping[str, Coded], part: str, decimal: str, n: int) -> NDArray[np.float64]:
    return numeric(parts[part], decimal) if part in parts else np.full(n, np.nan)


def _money(
    parts: Mapping[str, Coded], quantity: NDArray[np.float64], recognised: Recognised, decimal: str
) -> NDArray[np.float64]:
    """Return the money of each line: negative where pieces came back; an order's total is spread over its lines."""
    n = len(quantity)
    if recognised.amount is None:
        return quantity * _numbers(parts, "price", decimal, n)
    amount = _numbers(parts, "amount", decimal, n)
    amount = np.where((quantity < 0) & (amount > 0), -amount, amount)
    if recognised.amount_once and "order" in parts:
        together = pd.Series(amount).groupby(parts["order"].codes)
        amount = (together.transform("max") / together.transform("size")).to_numpy()
    return amount


def _texts(column: Coded | None, n: int) -> pd.Categorical:
    if column is None:
        return pd.Categorical.from_codes(np.full(n, -1), categories=pd.Index([], dtype="str"))
    return pd.Categorical.from_codes(column.codes, categories=pd.Index(column.texts, dtype="str"))


def _names(parts: Mapping[str, Coded]) -> dict[str, str]:
    """Give each product the name it carries most often; of equals the first in the alphabet."""
    product, words = parts.get("product"), parts.get("description")
    if product is None or words is None:
        return {}
    pairs = pd.DataFrame({"product": product.codes, "name": words.codes})
    counts = pairs[(product.codes >= 0) & (words.codes >= 0)].value_counts().rename("n").reset_index()
    first = counts.sort_values(["product", "n", "name"], ascending=[True, False, True]).drop_duplicates("product")
    return dict(zip(product.texts[first["product"]], words.texts[first["name"]], strict=True))


def _is_no_product(text: str, names: Mapping[str, str]) -> bool:
    return text.lower() in NO_PRODUCT or names.get(text, "").lower() in NO_PRODUCT


def _cancelled(order: Coded | None, typed: pd.DataFrame, recognised: Recognised) -> NDArray[np.bool_]:
    """Find lines whose order number marks a return: letters before it, where nearly all such lines are negative."""
    nothing = np.zeros(len(typed), dtype=bool)
    if order is None or recognised.returns == "negative":
        return nothing
    prefixed = np.array([*(_CANCELLED(text) is not None for text in order.texts), False])
    marked: NDArray[np.bool_] = prefixed[order.codes]
    negative = ((typed["amount"] < 0) | (typed["quantity"] < 0)).to_numpy()
    if not marked.any() or marked.mean() > 0.5 or negative[marked].mean() < 0.9:
        return nothing
    return marked


def _ordered(typed: pd.DataFrame) -> pd.DataFrame:
    """Sort by content, so that sums come out alike to the last bit however the file is sorted."""
    keys = [typed[key].cat.codes if isinstance(typed[key].dtype, pd.CategoricalDtype) else typed[key] for key in _KEYS]
    order = np.lexsort([key.to_numpy() for key in reversed(keys)])
    return typed.iloc[order].reset_index(drop=True)


def _set_aside(anonymous: NDArray[np.bool_], undated: NDArray[np.bool_], recognised: Recognised) -> tuple[Note, ...]:
    notes: tuple[Note, ...] = ()
    if n := int(anonymous.sum()):
        message = say(
            "Lines without a customer, set aside: {n} ({share} %). Nothing can be said of who ordered them.",
            n=n,
            share=round(100 * n / len(anonymous), 1),
        )
        notes += (Note("no-customer", message, n, "warning"),)
    if n := int((undated & ~anonymous).sum()):
        message = say(
            "Lines without a date that can be read (column {column}), set aside: {n}.", column=recognised.date, n=n
        )
        notes += (Note("no-date", message, n, "warning"),)
    return notes


def _ignored(n: int) -> tuple[Note, ...]:
    return (
        (Note("returns-ignored", say("Returned or cancelled lines, left out as you chose: {n}.", n=n), n),) if n else ()
    )


def _about(
    typed: pd.DataFrame,
    names: Mapping[str, str],
    frame: pd.DataFrame,
    kept: NDArray[np.bool_],
    recognised: Recognised,
) -> tuple[Note, ...]:
    notes: tuple[Note, ...] = ()
    if n := int(typed["is_return"].sum()):
        message = say("Returned or cancelled lines: {n}. They are taken off the money and do not count as orders.", n=n)
        notes += (Note("returns", message, n),)
    if n := int((~typed["is_product"]).sum()):
        found = ", ".join(
            sorted({names.get(code, code) for code in typed.loc[~typed["is_product"], "product"].unique()})[:5]
        )
        message = say(
            "Lines that are no product, such as postage or a discount ({examples}): {n}. Their money counts; they are "
            "no product, no return and no order of their own.",
            examples=found,
            n=n,
        )
        notes += (Note("no-product", message, n),)
    if n := int((typed["amount"] == 0).sum()):
        message = say("Lines that cost nothing: {n}. An order of nothing else is not counted as one.", n=n)
        notes += (Note("zero-price", message, n),)
    if typed["amount"].notna().any() and (n := int(typed["amount"].isna().sum())):
        message = say("Lines whose money cannot be read: {n}. They count as bought, with no money.", n=n)
        notes += (Note("no-amount", message, n, "warning"),)
    if recognised.order is None:
        message = say("No column numbers the orders, so all that a customer bought on one day is one order.")
        notes += (Note("order-by-day", message, len(typed)),)
    same = pd.DataFrame({name: pd.factorize(frame[name])[0] for name in frame.columns})[kept]
    if n := int(same.duplicated().sum()):
        message = say(
            "Lines that repeat another line exactly: {n}. They are kept; if they are mistakes, take them out of the "
            "file.",
            n=n,
        )
        notes += (Note("repeated-lines", message, n, "warning"),)
    return notes

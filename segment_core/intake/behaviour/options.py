"""Options: what an analyst can decide about turning orders into behaviour."""

from dataclasses import dataclass
from typing import Literal

from segment_core.choices import option

Part = Literal["customer", "order", "date", "amount", "quantity", "price", "product", "description", "category"]
PARTS: tuple[Part, ...] = (
    "customer", "order", "date", "amount", "quantity", "price", "product", "description", "category",
)  # fmt: skip
"""What a list of orders can hold; each is at most one column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BehaviourOptions:
    """Whether to measure, the columns by name (None is found by itself), today, and how value is reckoned."""

    measure: bool = option(
        True,
        "Measure orders",
        help="Whether a list of orders becomes what each customer did. Without it, its columns are pooled like any "
        "other.",
    )
    customer: str | None = option(None, "Customer", help="The column that says whose order it is.")
    order: str | None = option(
        None, "Order", help="The column with the order's number; lines with one number are one order."
    )
    date: str | None = option(None, "Date", help="The column that says when it was ordered.")
    amount: str | None = option(None, "Amount", help="The column with the money of the whole line.")
    quantity: str | None = option(None, "Quantity", help="The column that counts pieces; negative ones are returns.")
    price: str | None = option(None, "Price", help="The column with the price of one piece.")
    product: str | None = option(None, "Product", help="The column that tells products apart.")
    description: str | None = option(None, "Description", help="The column with the product's name in words.")
    category: str | None = option(None, "Category", help="The column that puts products into categories.")
    reference_date: str | None = option(
        None,
        "Reference date",
        help="The day that counts as today, such as 2024-01-31; lines from that day on are left out. Empty: the day "
        "after the last line.",
    )
    returns: str = option(
        "auto",
        "Returns",
        help="What is a return: negative amounts, and if automatic also orders whose number marks a cancellation. Left "
        "out, money is before returns.",
        among=("auto", "negative", "ignore"),
    )
    horizon_days: int = option(
        365, "Horizon in days", help="How far ahead lifetime value and expected orders look.", low=7, high=1825
    )
    discount_rate: float = option(
        0.10, "Discount rate", help="How much less money is worth in a year: 0.1 is 10 %.", low=0.0, high=1.0
    )


DEFAULTS = BehaviourOptions()
"""Everything found by itself."""

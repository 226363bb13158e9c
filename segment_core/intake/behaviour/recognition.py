"""Recognition: is a table a list of orders, and which column is which part of it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Column
from segment_core.errors import OptionError
from segment_core.intake.behaviour.naming import ends_in_id, means_one_piece, means_total, speaks_of_another, strength
from segment_core.intake.behaviour.options import DEFAULTS, PARTS, BehaviourOptions, Part
from segment_core.intake.behaviour.structure import (
    Coded,
    coded,
    dated_share,
    is_order_total,
    is_per_piece,
    nested_share,
    numeric,
)
from segment_core.messages import Message, say


@dataclass(frozen=True, slots=True)
class Recognised:
    """Which column is which part of a list of orders, with a reason for each; None is not there.

    `amount` is the money of a line; without it, `quantity` × `price` is. `amount_once`: the amount is that of
    the whole order, written on each of its lines. `returns` is passed on from the options.
    """

    customer: str
    date: str
    order: str | None = None
    amount: str | None = None
    quantity: str | None = None
    price: str | None = None
    product: str | None = None
    description: str | None = None
    category: str | None = None
    amount_once: bool = False
    returns: str = "auto"
    reasons: Mapping[str, Message] = field(default_factory=dict)


def recognise(
    frame: pd.DataFrame, columns: Sequence[Column], decimal: str, options: BehaviourOptions = DEFAULTS
) -> Recognised | None:
    r"""Find the parts of a list of orders in a table, or return None where it is none.

    Names decide first, then the values: an order belongs to one customer, products come back with many customers, a
    price stays when the quantity changes. What `options` names is taken as it is.

    Raises
    ------
    OptionError
        If `options` names a column that the table does not have.

    Examples
    --------
    >>> from segment_core.intake import read, suggest
    >>> table = read(b"client,commande,date,montant\nA,1,2024-01-01,5\nA,2,2024-02-01,6\nB,3,2024-02-02,7\n", "a.csv")
    >>> found = recognise(table.frame, suggest(table), ".")
    >>> found.customer, found.order, found.amount
    ('client', 'commande', 'montant')
    """
    search = _Search(frame, columns, decimal, options)
    if not search.find_date() or not search.find_people():
        return None
    search.find_products()
    search.find_money()
    found = search.found
    if "amount" not in found and not {"quantity", "price"} <= set(found) and "order" not in found:
        return None
    if not search.is_list_of_orders():
        return None
    return Recognised(**found, amount_once=search.amount_once, returns=options.returns, reasons=dict(search.reasons))


class _Search:
    """What has been found so far; each column is coded once."""

    def __init__(self, frame: pd.DataFrame, columns: Sequence[Column], decimal: str, options: BehaviourOptions) -> None:
        self.frame, self.decimal = frame, decimal
        self.names = [str(name) for name in frame.columns]
        self.roles = {column.name: column.role for column in columns}
        self.found: dict[str, str] = {}
        self.reasons: dict[str, Message] = {}
        self.amount_once = False
        self._coded: dict[str, Coded] = {}
        for part in PARTS:
            if name := getattr(options, part):
                self._require(part, name)
                self._take(part, name, say("Chosen by you."))

    def find_date(self) -> bool:
        if "date" not in self.found:
            dates = [name for name in self._free() if self._is_date(name)]
            if not dates:
                return False
            best = max(
                dates, key=lambda name: (strength(name, "date"), self.column(name).filled_share, -self._at(name))
            )
            reason = say("Holds dates, and its name speaks for the day of the order.")
            if strength(best, "date") < 2:
                reason = say("The only dates there are; check that they are days of orders.")
            self._take("date", best, reason)
        return True

    def find_people(self) -> bool:
        """Find order and customer; where no name speaks for a customer, the orders may."""
        if "order" not in self.found:
            orders = self._named("order", at_least=2)
            if orders:
                best = max(
                    orders, key=lambda name: (strength(name, "order"), self.column(name).n_distinct, -self._at(name))
                )
                self._take(
                    "order", best, say("Named like an order: {n} different ones.", n=self.column(best).n_distinct)
                )
        if "customer" in self.found:
            return True
        people = [name for name in self._named("customer", at_least=2) if self._fits_orders(name)]
        if people:
            # Of two ids the coarser is the customer: the finer one may be new with every order.
            best = max(
                people, key=lambda name: (strength(name, "customer"), -self.column(name).n_distinct, -self._at(name))
            )
            self._take(
                "customer", best, say("Named like a customer: {n} different ones.", n=self.column(best).n_distinct)
            )
            return True
        return self._customer_by_orders()

    def find_products(self) -> None:
        for part in ("product", "description", "category"):
            if part in self.found:
                continue
            named = [
                name for name in self._named(part, at_least=2) if self.roles.get(name) not in ("date", "image", "id")
            ]
            named = [name for name in named if part == "product" or not self._is_numeric(name)]
            if not named:
                continue
            best = max(named, key=lambda name: (strength(name, part), self.column(name).filled_share, -self._at(name)))
            self._take(part, best, _REASONS[part])

    def find_money(self) -> None:
        quantities = [name for name in self._named("quantity") if self._is_numeric(name)]
        if "quantity" not in self.found and quantities:
            best = max(quantities, key=lambda name: (strength(name, "quantity"), -self._at(name)))
            self._take("quantity", best, say("Named like a number of pieces."))
        prices = [name for name in self._named("price") if self._is_numeric(name)]
        amounts = [name for name in self._named("amount") if self._is_numeric(name)]
        if "quantity" in self.found and not {"amount", "price"} & set(self.found):
            self._price_or_amount([*dict.fromkeys([*prices, *amounts])])
        elif "amount" not in self.found and "price" not in self.found and amounts:
            best = max(amounts, key=lambda name: (not self._is_total(name), strength(name, "amount"), -self._at(name)))
            self._take("amount", best, say("Named like money; no column counts pieces, so it counts as it stands."))
        if "amount" in self.found and self._is_total(self.found["amount"]):
            self.amount_once = True
            self.reasons["amount"] = say(
                "The same on all lines of an order, so it is the order's total and counts once for each order."
            )

    def is_list_of_orders(self) -> bool:
        """Tell orders from customers: in a list of orders some customer comes back."""
        customer = self.column(self.found["customer"])
        filled = int((customer.codes >= 0).sum())
        return filled > customer.n_distinct and (
            "order" in self.found
            or filled >= 1.5 * customer.n_distinct
            or self.reasons["customer"] == say("Chosen by you.")
        )

    def column(self, name: str) -> Coded:
        if name not in self._coded:
            self._coded[name] = coded(self.frame[name])
        return self._coded[name]

    def _numbers(self, name: str) -> NDArray[np.float64]:
        return numeric(self.column(name), self.decimal)

    def _price_or_amount(self, names: list[str]) -> None:
        """Tell the price of a piece from the money of a line, by name where it is plain, else by values."""
        priced: list[str] = []
        summed: list[str] = []
        for name in names:
            if means_one_piece(name) or means_total(name):
                (priced if means_one_piece(name) else summed).append(name)
                continue
            said = self._is_per_piece(name)
            by_name = strength(name, "price") > strength(name, "amount")
            (priced if (by_name if said is None else said) else summed).append(name)
        if summed:
            best = max(summed, key=lambda name: (not self._is_total(name), strength(name, "amount"), -self._at(name)))
            self._take(
                "amount", best, say("Holds the money of a line: it grows with the number of pieces, or is named so.")
            )
        if priced:
            best = max(priced, key=lambda name: (strength(name, "price"), -self._at(name)))
            self._take(
                "price", best, say("Holds the price of one piece: it stays when the number changes, or is named so.")
            )

    def _is_per_piece(self, name: str) -> bool | None:
        product = self.found.get("product") or self.found.get("description")
        if product is None:
            return None
        return is_per_piece(self._numbers(name), self._numbers(self.found["quantity"]), self.column(product).codes)

    def _is_total(self, name: str) -> bool:
        product = self.found.get("product") or self.found.get("description")
        if product is None or "order" not in self.found:
            return False
        return is_order_total(self._numbers(name), self.column(self.found["order"]).codes, self.column(product).codes)

    def _customer_by_orders(self) -> bool:
        """Take a code that each order has one value of, and that comes back over several orders."""
        if "order" not in self.found or strength(self.found["date"], "date") < 2:
            return False
        order = self.column(self.found["order"])
        fitting = []
        for name in self._free():
            seen = self.column(name)
            few = seen.n_distinct < max(10, 0.05 * order.n_distinct)
            if self.roles.get(name) in _NO_PERSON or few or speaks_of_another(name):
                continue
            own = seen.n_distinct > 0.95 * order.n_distinct
            if not own and seen.filled_share > 0.5 and nested_share(order.codes, seen.codes) > 0.99:
                fitting.append(name)
        if not fitting:
            return False
        best = max(fitting, key=lambda name: (ends_in_id(name), self.column(name).n_distinct, -self._at(name)))
        reason = say(
            "No column is named like a customer. Each order has one value of this one, and its {n} values come back "
            "over several orders; check that they are customers.",
            n=self.column(best).n_distinct,
        )
        self._take("customer", best, reason)
        return True

    def _fits_orders(self, name: str) -> bool:
        if "order" not in self.found:
            return True
        return nested_share(self.column(self.found["order"]).codes, self.column(name).codes) > 0.9

    def _named(self, part: Part, at_least: float = 1) -> list[str]:
        fewest = 2 if part in ("customer", "order", "category") else 1
        named = [name for name in self._free() if strength(name, part) >= at_least]
        return [name for name in named if self.roles.get(name) != "date" and self.column(name).n_distinct >= fewest]

    def _is_date(self, name: str) -> bool:
        """Tell dates by their role; a column that was set aside as a copy of another may still be the better one."""
        role = self.roles.get(name)
        return role == "date" or (
            role == "ignore" and strength(name, "date") == 3 and dated_share(self.column(name)) > 0.8
        )

    def _is_numeric(self, name: str) -> bool:
        known = self.column(name).codes >= 0
        return bool(known.any() and np.isfinite(self._numbers(name)[known]).mean() >= 0.8)

    def _free(self) -> list[str]:
        return [name for name in self.names if name not in self.found.values()]

    def _at(self, name: str) -> int:
        return self.names.index(name)

    def _take(self, part: str, name: str, reason: Message) -> None:
        self.found[part], self.reasons[part] = name, reason

    def _require(self, part: str, name: str) -> None:
        if name not in self.names:
            raise OptionError(
                "The column {name} is to be the {part} of each line, but the table has no such column; it has: "
                "{names}.",
                name=name,
                part=part,
                names=", ".join(self.names[:40]),
            )


_NO_PERSON = ("date", "place", "image", "audio", "vector", "money", "count", "text", "yes/no")
_REASONS = {
    "product": say("Named like a product."),
    "description": say("Named like a product in words."),
    "category": say("Named like a category of products."),
}

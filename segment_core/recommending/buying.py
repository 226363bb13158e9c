"""Buying: lines of orders become pairs of customer and item; what is no item is left out and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Labels, Note
from segment_core.errors import DataError, OptionError
from segment_core.messages import Message, say
from segment_core.recommending.interactions import Interactions

MOSTLY = 0.5
REGULAR = 0.98
FEWEST_LATER = 20
SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class Basket:
    """What was bought: one entry a line, of customers (index of the ids), items (index of `names`), day, order."""

    customers: Labels
    items: Labels
    days: NDArray[np.datetime64]
    orders: Labels
    names: NDArray[np.object_]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Interactions up to a day, the items among them, and where each of all items went (-1: too rare)."""

    interactions: Interactions
    items: tuple[str, ...]
    places: Labels
    notes: tuple[Note, ...]

    def later(self, found: Basket, labels: Labels, split: np.datetime64, *, new_only: bool) -> Interactions:
        """Return what was bought from a day on, of the same items; if asked only what is new to its customer."""
        kept = (found.days >= split) & (self.places[found.items] >= 0)
        pairs = np.unique(found.customers[kept] * self.interactions.n_items + self.places[found.items[kept]])
        if new_only:
            before = self.interactions.customers * self.interactions.n_items + self.interactions.items
            pairs = pairs[~np.isin(pairs, before)]
        customers, items = np.divmod(pairs, self.interactions.n_items)
        ones = np.ones(len(pairs))
        return Interactions(customers, items, ones, ones * 0, labels, self.interactions.n_items)


def basket(
    frame: pd.DataFrame, ids: Sequence[str] | pd.Index, *, level: str = "product", excluded: Sequence[str] = ()
) -> Basket:
    """Take what customers bought from typed lines: no returns, gifts, postage, nor what only looks like a product.

    `frame` has the columns customer, order, product, category, date, amount, is_return and is_product. Besides what
    the intake knows as no product, two rules leave items out: half of an item's lines or more came back; or nearly
    all item codes hold a digit and this one has none, as POST or MANUAL among 22423 and 85123A.

    Raises
    ------
    OptionError
        If the level is neither "product" nor "category".
    DataError
        If the lines have no such column.
    """
    if level not in ("product", "category"):
        raise OptionError("What is recommended is {level}; it must be product or category.", level=level)
    column = frame[level]
    named = column.cat.categories.astype(str).to_numpy(dtype=object)
    codes = column.cat.codes.to_numpy().astype(np.int64)
    if not (codes >= 0).any():
        if level == "category":
            raise DataError(
                "No column of the order lines says which category was bought. Choose one on the Data page, or "
                "recommend products."
            )
        raise DataError("No column of the order lines says which product was bought. Choose one on the Data page.")
    sold = (frame["is_product"] & ~frame["is_return"] & (frame["amount"] != 0)).to_numpy() & (codes >= 0)
    lines = np.bincount(codes[codes >= 0], minlength=len(named))
    back = np.bincount(codes[(codes >= 0) & frame["is_return"].to_numpy()], minlength=len(named))
    reasons: list[tuple[NDArray[np.bool_], str]] = [(back >= MOSTLY * np.maximum(lines, 1), "back")]
    if level == "product":
        reasons.append((_odd(named, np.bincount(codes[sold], minlength=len(named))), "odd"))
    reasons.append((np.isin(named.astype(str), list(excluded)), "excluded"))
    out, notes = np.zeros(len(named), bool), ()  # type: tuple[NDArray[np.bool_], tuple[Note, ...]]
    for marked, code in reasons:
        fresh = marked & ~out & (lines > 0)
        out |= marked
        if fresh.any():
            first = np.flatnonzero(fresh)[np.argsort(-lines[fresh], kind="stable")][:SHOWN]
            said = _said(code, int(fresh.sum()), ", ".join(named[first]))
            notes += (Note(f"left-out-{code}", said, int(fresh.sum())),)
    owners = pd.Index(ids).get_indexer(pd.Index(frame["customer"].cat.categories.astype(str)))
    customers = owners[frame["customer"].cat.codes.to_numpy()]
    kept = sold & ~out[codes] & (customers >= 0)
    return Basket(
        customers[kept].astype(np.int64),
        codes[kept],
        frame["date"].to_numpy()[kept].astype("datetime64[D]"),
        frame["order"].cat.codes.to_numpy()[kept].astype(np.int64),
        named,
        notes,
    )


def interactions_of(found: Basket, labels: Labels, *, fewest: int = 5, until: np.datetime64 | None = None) -> Known:
    """Return pairs of customers and items before a day; items of fewer than `fewest` customers are left out."""
    kept = np.ones(len(found.items), bool) if until is None else found.days < until
    frame = pd.DataFrame(
        {"customer": found.customers, "item": found.items, "day": found.days.astype(np.int64), "order": found.orders}
    )[kept]
    pairs = frame.groupby(["customer", "item"]).agg(day=("day", "max"), n=("order", "nunique")).reset_index()
    buyers = np.bincount(pairs["item"], minlength=len(found.names))
    able = np.flatnonzero(buyers >= max(1, fewest))
    places = np.full(len(found.names), -1, np.int64)
    places[able] = np.arange(len(able))
    rare = int(((buyers > 0) & (buyers < fewest)).sum())
    notes = (
        Note(
            "rare",
            say("Items that fewer than {fewest} customers bought, left out: {n:,}.", fewest=fewest, n=rare),
            rare,
        ),
    )
    pairs = pairs[places[pairs["item"]] >= 0]
    end = frame["day"].max() + 1 if len(frame) else 0
    if until is not None:
        end = until.astype("datetime64[D]").astype(np.int64)
    made = Interactions(
        pairs["customer"].to_numpy(np.int64),
        places[pairs["item"]],
        pairs["n"].to_numpy(np.float64),
        (end - pairs["day"]).to_numpy(np.float64),
        labels,
        len(able),
    )
    return Known(made, tuple(map(str, found.names[able])), places, notes if rare else ())


def split_of(found: Basket, held_share: float) -> Any:
    """Return the first day of the last part of the period, or None where too few came back in it."""
    if not len(found.days):
        return None
    first, last = found.days.min(), found.days.max()
    split = last - np.timedelta64(int((last - first).astype(int) * held_share), "D")
    before, after = (np.unique(found.customers[part]) for part in (found.days < split, found.days >= split))
    return split if len(np.intersect1d(before, after)) >= FEWEST_LATER else None


def _odd(names: NDArray[np.object_], lines: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Find codes without a digit where nearly all lines have codes with one."""
    digits = np.array([any(letter.isdigit() for letter in name) for name in names], dtype=bool)
    return ~digits if lines[digits].sum() >= REGULAR * max(1, lines.sum()) else np.zeros(len(names), bool)


def _said(code: str, n: int, examples: str) -> Message:
    if code == "back":
        return say(
            "Items of which half the lines or more came back, left out: {n:,} ({examples}).", n=n, examples=examples
        )
    if code == "odd":
        return say(
            "Items whose code has no digit, unlike nearly all others, so that they are taken for services and left "
            "out: {n:,} ({examples}).",
            n=n,
            examples=examples,
        )
    return say("Items left out by you: {n:,} ({examples}).", n=n, examples=examples)

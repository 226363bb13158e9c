"""Measuring: lines of orders become one row of behaviour for each customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from segment_core.artifacts import Column, Note, Role
from segment_core.errors import DataError, OptionError
from segment_core.intake.behaviour.baskets import baskets, returned, shares
from segment_core.intake.behaviour.future import Lifetime, assumptions, foresee
from segment_core.intake.behaviour.options import DEFAULTS, BehaviourOptions
from segment_core.intake.behaviour.orderlines import Lines
from segment_core.intake.behaviour.orders import DAY, cohorts_of, days_between, orders_of
from segment_core.intake.behaviour.rfm import cell, fifth
from segment_core.intake.behaviour.rhythm import Measured, gap, seasons, trend
from segment_core.intake.natural import natural_order
from segment_core.messages import Message, say

_FEW = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Behaviour:
    """One row a customer, indexed by customer id (text) in natural order, and what each column is.

    Numbers are float64, missing where a customer has no orders or too few; `rfm_cell` is text. `cohorts` is the
    retention table (see `orders.cohorts_of`). `reference_date` is the first day that does not count.
    """

    frame: pd.DataFrame
    columns: tuple[Column, ...]
    notes: tuple[Note, ...]
    reference_date: date
    assumptions: tuple[Message, ...]
    lifetime: Lifetime | None
    cohorts: pd.DataFrame


def measure(lines: Lines, options: BehaviourOptions = DEFAULTS) -> Behaviour:
    """Measure what each customer did up to the reference date.

    An order is an order number of a customer with at least one product that cost something and did not come back. A
    customer with returns only stays, with 0 orders and no recency, scores or lifetime value.

    Raises
    ------
    OptionError
        If the reference date is no date, or no line lies before it.
    DataError
        If nobody ever bought anything.
    """
    lines, reference, notes = _until(lines, options)
    orders = orders_of(lines)
    if orders.empty:
        raise DataError(
            "None of {n} lines is a purchase: each is a return, costs nothing or is no product. Check which columns "
            "hold the amount, the quantity and the price.",
            n=len(lines.frame),
        )
    customers = _in_order(lines.frame["customer"].cat.remove_unused_categories().cat.categories)
    money = "money" in lines.has
    measured = _counts(lines, orders, reference, customers)
    measured += [gap(orders), *baskets(lines, orders), *returned(lines), *shares(lines)]
    measured += [trend(orders, reference), *seasons(orders, reference)]
    frame = pd.DataFrame({column.name: values.reindex(customers) for values, column in measured}, index=customers)
    scored = _scores(frame, money)
    kept = _kept_share(lines, orders) if money else 1.0
    lifetime, told = foresee(orders, reference, kept, options)
    ahead = _ahead(lifetime, options) if lifetime is not None else []
    for values, column in [*scored, *ahead]:
        frame[column.name] = values.reindex(customers)
    described = [*_enough(measured, customers), *(column for _, column in [*scored, *ahead])]
    none = int((frame["orders"] == 0).sum())
    if none:
        message = say(
            "Customers without an order, only with returns, free lines or postage: {n}. They stay, with 0 orders.",
            n=none,
        )
        notes += (Note("no-orders", message, none),)
    span = (reference - orders["date"].min()) / DAY
    return Behaviour(
        frame=frame,
        columns=tuple(described),
        notes=notes + told,
        reference_date=reference.date(),
        assumptions=assumptions(lifetime, span, options) if lifetime is not None else (),
        lifetime=lifetime,
        cohorts=cohorts_of(orders, reference),
    )


def _until(lines: Lines, options: BehaviourOptions) -> tuple[Lines, pd.Timestamp, tuple[Note, ...]]:
    """Return the lines before the reference date, and that date."""
    frame = lines.frame
    last = frame["date"].max().normalize()
    if options.reference_date is None:
        reference = last + DAY
        message = say("Reference date: {date}, the day after the last line.", date=str(reference.date()))
        return lines, reference, (*lines.notes, Note("reference-date", message))
    try:
        reference = pd.Timestamp(date.fromisoformat(options.reference_date.strip()))
    except ValueError as error:
        raise OptionError(
            "The reference date is {date}; it must be a date such as {example}.",
            date=options.reference_date[:40],
            example=str((last + DAY).date()),
        ) from error
    before = frame["date"] < reference
    if not before.any():
        raise OptionError(
            "No line lies before the reference date {date}: the first is of {first}. Choose a later date.",
            date=str(reference.date()),
            first=str(frame["date"].min().date()),
        )
    notes = (
        *lines.notes,
        Note("reference-date", say("Reference date: {date}, as you chose.", date=str(reference.date()))),
    )
    if n := int((~before).sum()):
        message = say("Lines from the reference date on, left out: {n}.", n=n)
        notes += (Note("after-reference", message, n, "warning"),)
    kept = Lines(frame[before].reset_index(drop=True), lines.has, lines.names, lines.n_rows, lines.notes)
    return kept, reference, notes


def _in_order(ids: pd.Index) -> pd.Index:
    """Sort ids as people do: C9 before C10."""
    found: pd.Index = pd.Index(ids[natural_order(ids)], dtype="str", name="customer")
    return found


def _counts(lines: Lines, orders: pd.DataFrame, reference: pd.Timestamp, customers: pd.Index) -> list[Measured]:
    """Recency, frequency, money and tenure."""
    groups = orders.groupby("customer")
    n_orders = groups.size().reindex(customers, fill_value=0).astype(np.float64)
    recency = days_between(groups["date"].max().dt.normalize(), reference)
    tenure = days_between(groups["date"].min().dt.normalize(), reference)
    day = str(reference.date())
    found = [
        _measured(recency, "recency_days", "number", say("Days from the last order to {date}.", date=day)),
        _measured(n_orders, "orders", "count", say("Number of orders, not of lines; returns are none.")),
        _measured(tenure, "tenure_days", "number", say("Days from the first order to {date}.", date=day)),
    ]
    if "money" in lines.has:
        net = lines.frame.groupby("customer", observed=True)["amount"].sum()
        net.index = net.index.astype("str")
        found.append(_measured(net, "monetary", "money", say("All money spent, less what came back.")))
        reason = say("Mean money of an order, before returns that came later.")
        found.append(_measured(groups["value"].mean(), "average_order_value", "money", reason))
    return found


def _enough(measured: Sequence[Measured], customers: pd.Index) -> list[Column]:
    """Keep from shaping segments what is known of few customers: everybody else would get the same made-up value."""
    found = []
    for values, column in measured:
        share = float(values.reindex(customers).notna().mean())
        if share < _FEW:
            reason = say(
                "Known for {share} % of the customers only, too few to shape segments; kept for tables and export.",
                share=round(100 * share, 1),
            )
            column = Column(column.name, "ignore", "none", reason)  # noqa: PLW2901 - the same column, set aside
        found.append(column)
    return found


def _scores(frame: pd.DataFrame, money: bool) -> list[Measured]:
    """Score and name customers for tables, not for shaping: the columns beside these say the same."""
    active = frame[frame["orders"] > 0]
    recency, frequency = fifth(-active["recency_days"]), fifth(active["orders"])
    monetary = fifth(active["monetary"]) if money else None
    found = []
    for name, source, values in (
        ("rfm_recency", "recency_days", recency),
        ("rfm_frequency", "orders", frequency),
        ("rfm_monetary", "monetary", monetary),
    ):
        if values is not None:
            reason = say(
                "A score of 1 to 5 made from {column}, which shapes segments already; kept for tables and export.",
                column=source,
            )
            found.append((values, Column(name, "ignore", "none", reason)))
    reason = say("The named cell of the RFM scores, which other columns carry already; kept for tables and export.")
    found.append((cell(recency, frequency, monetary), Column("rfm_cell", "ignore", "none", reason)))
    return found


def _ahead(lifetime: Lifetime, options: BehaviourOptions) -> list[Measured]:
    days = options.horizon_days
    reasons: dict[str, tuple[Role, Message]] = {
        "p_alive": ("number", say("Probability of still being a customer (BG/NBD); see the assumptions.")),
        "expected_orders": (
            "ignore",
            say(
                "Orders expected within {days} days; lifetime value carries it already. Kept for tables and export.",
                days=days,
            ),
        ),
        "lifetime_value": (
            "money",
            say("Money expected within {days} days, discounted; see the assumptions.", days=days),
        ),
    }
    if not lifetime.tells_who_left:
        reasons["p_alive"] = (
            "ignore",
            say(
                "Nearly the same for everybody: the orders hardly show customers stopping. Kept for tables and export."
            ),
        )
    if "lifetime_value" not in lifetime.frame:
        reasons["expected_orders"] = ("number", say("Orders expected within {days} days (BG/NBD).", days=days))
    return [
        _measured(lifetime.frame[name], name, role, reason)
        for name, (role, reason) in reasons.items()
        if name in lifetime.frame
    ]


def _measured(values: pd.Series, name: str, role: Role, reason: Message) -> Measured:
    return values, Column(name, role, "none" if role == "ignore" else "behavioural", reason)


def _kept_share(lines: Lines, orders: pd.DataFrame) -> float:
    """Return the share of the money of orders that is left after returns."""
    gross = float(orders["value"].sum())
    return min(1.0, max(0.0, float(lines.frame["amount"].sum()) / gross)) if gross > 0 else 1.0

"""Future: who is still a customer, how many orders are to come, and what they are worth today."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from segment_core.artifacts import Note
from segment_core.intake.behaviour.lifetime import Array, Fit, Purchases, Values, fit_purchases, fit_values
from segment_core.intake.behaviour.options import BehaviourOptions
from segment_core.intake.behaviour.orders import days_between
from segment_core.messages import Message, say

FEWEST_REPEATS = 50
"""Customers with a repeat order that it takes to fit the models."""

_FURTHEST = 4  # how many times the span of the orders one may look ahead
_DEPENDENT = 0.3
_TOLD = 0.05
_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True, eq=False)
class Lifetime:
    """The fitted models, in weeks and in the file's money, and how well they tell what is already known.

    `expected_repeats` is what the model would have expected of these customers so far, `actual_repeats` what they did.
    `correlation` is that of the number and the mean value of repeat orders; Gamma-Gamma takes it for 0.
    `values` is None where orders have no money or it could not be fitted. `kept_share` is the share of money left after
    returns. `frame` has p_alive, expected_orders and, with `values`, lifetime_value for each customer with an order.
    """

    purchases: Purchases
    purchases_fit: Fit
    values: Values | None
    values_fit: Fit | None
    n_customers: int
    n_repeat: int
    expected_repeats: float
    actual_repeats: int
    correlation: float | None
    kept_share: float
    horizon_days: int
    frame: pd.DataFrame

    @property
    def tells_who_left(self) -> bool:
        """Tell whether the probability of still being a customer differs between customers at all."""
        low, high = self.frame["p_alive"].quantile([0.05, 0.95])
        return bool(high - low > _TOLD)


def histories(orders: pd.DataFrame, reference: pd.Timestamp) -> pd.DataFrame:
    """Return what the models need of each customer: repeats, last and age (in weeks), and value (of a repeat order).

    All orders of one day count as one, as is usual with these models; `value` is the mean of the days after the first.
    """
    days = orders.assign(day=orders["date"].dt.normalize()).groupby(["customer", "day"])["value"].sum(min_count=1)
    table = days.reset_index()
    groups = table.groupby("customer")
    first, last = groups["day"].min(), groups["day"].max()
    later = table[groups.cumcount() > 0]
    return pd.DataFrame(
        {
            "repeats": groups.size() - 1.0,
            "last": days_between(first, last) / 7,
            "age": days_between(first, reference) / 7,
            "value": later.groupby("customer")["value"].mean().reindex(first.index),
        }
    )


def foresee(
    orders: pd.DataFrame, reference: pd.Timestamp, kept_share: float, options: BehaviourOptions
) -> tuple[Lifetime | None, tuple[Note, ...]]:
    """Fit both models and look ahead; None, with a note why, where the orders cannot tell."""
    table = histories(orders, reference)
    n_repeat = int((table["repeats"] > 0).sum())
    if n_repeat < FEWEST_REPEATS:
        message = say(
            "Lifetime value is not estimated: {n} customers came back for another order on another day, and it takes "
            "{needed}. Give a longer time of orders.",
            n=n_repeat,
            needed=FEWEST_REPEATS,
        )
        return None, (Note("no-lifetime", message, n_repeat, "warning"),)
    span = 7 * float(table["age"].max())
    if _FURTHEST * span < options.horizon_days:
        message = say(
            "Lifetime value is not estimated: {span} days of orders are too few to look {horizon} days ahead; it takes "
            "{needed}. Choose a shorter horizon, or give a longer time of orders.",
            span=round(span),
            horizon=options.horizon_days,
            needed=round(options.horizon_days / _FURTHEST),
        )
        return None, (Note("no-lifetime", message, n_repeat, "warning"),)
    repeats, last, age = (table[name].to_numpy(dtype=np.float64) for name in ("repeats", "last", "age"))
    purchases, fit = fit_purchases(repeats, last, age)
    if not fit.converged:
        message = say(
            "Lifetime value is not estimated: {n} customers order so much alike that no parameters of the BG/NBD model "
            "are the best. Give a longer time of orders, or more customers.",
            n=len(table),
        )
        return None, (Note("no-lifetime", message, len(table), "warning"),)
    found = pd.DataFrame(index=table.index)
    found["p_alive"] = purchases.alive(repeats, last, age)
    found["expected_orders"] = purchases.expected(options.horizon_days / 7, repeats, last, age)
    values, values_fit, correlation, notes = _values(table)
    if values is not None:
        known = np.where(table["value"] > 0, repeats, 0.0)
        worth = values.expected(known, table["value"].fillna(0.0).to_numpy())
        found["lifetime_value"] = kept_share * worth * _discounted(purchases, repeats, last, age, options)
    lifetime = Lifetime(
        purchases=purchases,
        purchases_fit=fit,
        values=values,
        values_fit=values_fit,
        n_customers=len(table),
        n_repeat=n_repeat,
        expected_repeats=float(purchases.expected_of_new(age).sum()),
        actual_repeats=int(repeats.sum()),
        correlation=correlation,
        kept_share=kept_share,
        horizon_days=options.horizon_days,
        frame=found,
    )
    return lifetime, notes


def assumptions(lifetime: Lifetime, span_days: float, options: BehaviourOptions) -> tuple[Message, ...]:
    """Say what the figures rest on, in the order of what an analyst should doubt first."""
    said = [
        say(
            "Customers go on as they have so far: no campaign, season or change of the range is in the figures (BG/NBD "
            "and Gamma-Gamma, Fader, Hardie & Lee 2005 and 2013, fitted to {n} customers, {repeat} of whom came back).",
            n=lifetime.n_customers,
            repeat=lifetime.n_repeat,
        ),
        say(
            "Of these customers the model would have expected {expected} repeat orders by now; they made {actual}. "
            "Orders of one day count as one.",
            expected=round(lifetime.expected_repeats),
            actual=lifetime.actual_repeats,
        ),
        say(
            "A customer with one order counts as still being one, whenever that was: the model knows leaving only "
            "after a repeat order. Read the expected orders of these customers, not their probability."
        ),
    ]
    if not lifetime.tells_who_left:
        said.append(
            say(
                "These orders hardly show customers stopping for good, so nearly everybody comes out as still being a "
                "customer; look at recency for who has gone quiet."
            )
        )
    if options.horizon_days > span_days:
        said.append(
            say(
                "The horizon of {horizon} days is longer than the {span} days of orders; what lies beyond is "
                "extrapolated.",
                horizon=options.horizon_days,
                span=round(span_days),
            )
        )
    if lifetime.values is not None and lifetime.correlation is not None:
        said += _about_value(lifetime, lifetime.correlation, options)
    return tuple(said)


def _about_value(lifetime: Lifetime, correlation: float, options: BehaviourOptions) -> list[Message]:
    said = [
        say(
            "Lifetime value is money that comes in over {horizon} days, discounted by {rate} % a year, after "
            "{returned} % that come back as returns; costs are not taken off.",
            horizon=options.horizon_days,
            rate=round(100 * options.discount_rate, 1),
            returned=round(100 * (1 - lifetime.kept_share), 1),
        )
    ]
    if abs(correlation) > _DEPENDENT:
        said.append(
            say(
                "The value of an order should not depend on how often a customer orders; here it does (correlation "
                "{correlation}). Compare customers by their lifetime value, but do not budget with it.",
                correlation=round(correlation, 2),
            )
        )
    else:
        said.append(
            say(
                "The value of an order is taken not to depend on how often a customer orders; here that holds well "
                "enough (correlation {correlation}).",
                correlation=round(correlation, 2),
            )
        )
    return said


def _values(table: pd.DataFrame) -> tuple[Values | None, Fit | None, float | None, tuple[Note, ...]]:
    repeated = table[(table["repeats"] > 0) & (table["value"] > 0)]
    if len(repeated) < FEWEST_REPEATS:
        message = say(
            "No lifetime value in money: {n} customers have repeat orders with a value, and it takes {needed}.",
            n=len(repeated),
            needed=FEWEST_REPEATS,
        )
        return None, None, None, (Note("no-value", message, len(repeated), "warning"),)
    n_orders, mean = (repeated[name].to_numpy(dtype=np.float64) for name in ("repeats", "value"))
    varied = n_orders.std() > 0 and mean.std() > 0
    correlation = float(np.corrcoef(n_orders, mean)[0, 1]) if varied else 0.0
    values, fit = fit_values(n_orders, mean)
    if not fit.converged or values.q <= 1:
        message = say(
            "No lifetime value in money: the values of repeat orders of {n} customers are too alike or too unlike for "
            "the Gamma-Gamma model.",
            n=len(repeated),
        )
        return None, fit, correlation, (Note("no-value", message, len(repeated), "warning"),)
    return values, fit, correlation, ()


def _discounted(purchases: Purchases, repeats: Array, last: Array, age: Array, options: BehaviourOptions) -> Array:
    """Sum the orders to come, month by month, each worth less by the middle of its month."""
    edges = np.append(np.arange(0.0, options.horizon_days, _MONTH), options.horizon_days)
    total, before = np.zeros(len(repeats)), np.zeros(len(repeats))
    for start, end in pairwise(edges):
        by_then = purchases.expected(end / 7, repeats, last, age)
        total += (by_then - before) * (1 + options.discount_rate) ** (-(start + end) / 2 / 365.25)
        before = by_then
    return total

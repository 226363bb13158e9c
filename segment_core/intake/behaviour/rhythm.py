"""Rhythm: when customers order: the gap between orders, more or fewer of late, season, weekend and evening."""

import numpy as np
import pandas as pd

from segment_core.artifacts import Column
from segment_core.intake.behaviour.orders import DAY
from segment_core.messages import Message, say

Measured = tuple[pd.Series, Column]

_A_YEAR, _EIGHT_WEEKS = 360, 56


def gap(orders: pd.DataFrame) -> Measured:
    """Return the median days between an order and the next; missing with one order."""
    gaps = orders.groupby("customer")["date"].diff().dt.total_seconds() / 86_400
    reason = say("Median number of days between an order and the next; missing with one order.")
    return gaps.groupby(orders["customer"]).median(), _column("order_gap_days", reason)


def trend(orders: pd.DataFrame, reference: pd.Timestamp) -> Measured:
    """Compare the orders in the recent half of each customer's time with those in the earlier half, from -1 to 1.

    The first order is left out, since it always falls into the earlier half. (recent - earlier) / (recent + earlier +
    2): the 2 keeps customers of few orders near 0. Counting orders, not money, keeps one big order from making a trend.
    """
    first = orders.groupby("customer")["date"].transform("min")
    later = orders[orders.groupby("customer").cumcount() > 0]
    middle = first + (reference - first) / 2
    recent = (later["date"] >= middle[later.index]).groupby(later["customer"]).sum()
    n = later.groupby("customer").size()
    value = (2 * recent - n) / (n + 2)
    reason = say(
        "Orders in the recent half of the time as a customer against the earlier half, from -1 (stopping) to 1 "
        "(growing); the first order is left out, few orders stay near 0; missing with fewer than three orders."
    )
    return value[n >= 2], _column("trend", reason)


def seasons(orders: pd.DataFrame, reference: pd.Timestamp) -> list[Measured]:
    """Return the share of orders in the busiest quarter, on weekends and in the evening, as far as the dates can tell.

    A season takes a year of orders to see, a weekend eight weeks; an evening takes times of day.
    """
    moments = orders["date"].dt
    span = (reference - orders["date"].min()) / DAY
    found: list[Measured] = []
    if span >= _A_YEAR:
        # A full year, so that each quarter is seen alike; of quarters as busy the earlier counts.
        year = orders[orders["date"] >= reference - pd.DateOffset(years=1)]
        busiest = int(year["date"].dt.quarter.value_counts().sort_index().idxmax())
        reason = say(
            "Share of the orders that fall into quarter {quarter}, the busiest of the last year.", quarter=busiest
        )
        found.append((_share(orders, moments.quarter == busiest), _column("peak_quarter_share", reason)))
    if span >= _EIGHT_WEEKS:
        weekend = moments.day_of_week >= 5
        reason = say("Share of the orders on Saturdays and Sundays.")
        found.append((_share(orders, weekend), _column("weekend_share", reason)))
        timed = moments.normalize() != orders["date"]
        if timed.mean() > 0.9:
            reason = say("Share of the orders from six in the evening to five in the morning.")
            evening = (moments.hour >= 18) | (moments.hour < 5)
            found.append((_share(orders, evening), _column("evening_share", reason)))
    return [(values, column) for values, column in found if values.nunique() > 1]


def _share(orders: pd.DataFrame, flags: pd.Series) -> pd.Series:
    return flags.astype(np.float64).groupby(orders["customer"]).mean()


def _column(name: str, reason: Message) -> Column:
    return Column(name, "number", "behavioural", reason)

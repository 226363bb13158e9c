"""Comparing: topics by segment and over time, as tables that say how many texts stand behind each figure."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Topics

FEWEST = 20
"""Texts below which a share is marked as resting on few."""
MOST_MONTHS, MOST_QUARTERS, MOST_FILLED = 36, 40, 120
Z = 1.959964


def by_segment(topics: Topics, labels: Sequence[str] | NDArray[np.str_], *, fewest: int = FEWEST) -> pd.DataFrame:
    """Return one row a topic and segment: topic, segment, share, base, lift, low, high, n, is_few.

    `labels` (n_customers,) name each customer's segment. `share` is the mean of the topic's shares among the `n`
    customers of the segment who have a topic, `base` the mean among all, `lift` their ratio. `low` and `high` are
    the 95 % interval of a share (Wilson 1927), which is wide rather than narrow here, because parts of a text vary
    less than whole ones. `is_few` marks segments in which fewer than `fewest` wrote; where nobody did, shares are NaN.
    """
    named = np.asarray(labels, dtype=str)
    speaking = topics.shares.sum(axis=1) > 0
    base = _mean(topics.shares[speaking], len(topics.topics))
    rows = []
    for segment in sorted(set(named.tolist()), key=lambda name: (len(name), name)):  # S2 before S10
        own = speaking & (named == segment)
        n = int(own.sum())
        shares = _mean(topics.shares[own], len(topics.topics))
        low, high = wilson(shares, n)
        for number, topic in enumerate(topics.topics):
            rows.append(
                {
                    "topic": topic.id,
                    "segment": segment,
                    "share": shares[number],
                    "base": base[number],
                    "lift": shares[number] / base[number] if base[number] > 0 else np.nan,
                    "low": low[number],
                    "high": high[number],
                    "n": n,
                    "is_few": n < fewest,
                }
            )
    frame = pd.DataFrame(rows, columns=["topic", "segment", "share", "base", "lift", "low", "high", "n", "is_few"])
    places = {topic.id: place for place, topic in enumerate(topics.topics)}
    return frame.sort_values("topic", key=lambda ids: ids.map(places), kind="stable", ignore_index=True)


def over_time(topics: Topics, dates: pd.Series | NDArray[np.datetime64], *, fewest: int = FEWEST) -> pd.DataFrame:
    """Return one row a period and topic: period, topic, share, n, is_few, in the order of time.

    `dates` (n_customers,) may have gaps; only customers with a date and a topic count. Periods are months where the
    dates span at most three years, else quarters up to ten years, else years: "2024-03", "2024Q1", "2024". Periods
    in between in which nobody wrote have n 0 and a share of NaN.
    """
    days = pd.Series(np.asarray(dates)).astype("datetime64[s]")
    counted = (topics.shares.sum(axis=1) > 0) & days.notna().to_numpy()
    columns = ["period", "topic", "share", "n", "is_few"]
    if not counted.any():
        return pd.DataFrame([], columns=columns)
    periods = days[counted].dt.to_period(_frequency(days[counted]))
    shares = topics.shares[counted]
    found = sorted(set(periods))
    if int((found[-1] - found[0]).n) < MOST_FILLED:  # a date that is a slip must not stretch the table without end
        found = list(pd.period_range(found[0], found[-1]))
    rows = []
    for period in found:
        own = (periods == period).to_numpy()
        n = int(own.sum())
        for topic, share in zip(topics.topics, _mean(shares[own], len(topics.topics)), strict=True):
            rows.append((str(period), topic.id, share, n, n < fewest))
    return pd.DataFrame(rows, columns=columns)


def wilson(shares: NDArray[np.float64], n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the 95 % interval of shares among `n` (Wilson 1927); NaN where there is nobody."""
    if n == 0:
        return np.full(len(shares), np.nan), np.full(len(shares), np.nan)
    middle = (shares + Z**2 / (2 * n)) / (1 + Z**2 / n)
    reach = Z * np.sqrt(shares * (1 - shares) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    return np.maximum(middle - reach, 0.0), np.minimum(middle + reach, 1.0)


def _mean(shares: NDArray[np.float32], width: int) -> NDArray[np.float64]:
    return np.asarray(shares.mean(axis=0, dtype=np.float64)) if len(shares) else np.full(width, np.nan)


def _frequency(days: pd.Series) -> str:
    months = (days.max().year - days.min().year) * 12 + days.max().month - days.min().month + 1
    if months <= MOST_MONTHS:
        return "M"
    return "Q" if months <= 3 * MOST_QUARTERS else "Y"

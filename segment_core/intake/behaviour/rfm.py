"""RFM: scores from 1 to 5 for recency, frequency and money, and the named cell that they lead to."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from segment_core.messages import Message, say

CELLS: Mapping[str, Message] = {
    "Champions": say("Bought lately, buy often and spend the most."),
    "Loyal": say("Buy often and spend much, and still come."),
    "Potential loyalists": say("Came lately, and more than once or for more than a little."),
    "New": say("Came lately for the first time, and for little."),
    "Promising": say("Came not long ago, rarely and for little."),
    "Needing attention": say("In the middle in everything, and not seen for a while."),
    "About to sleep": say("Rare and small orders, and not seen for a while."),
    "At risk": say("Were good customers, and have not been seen for long."),
    "Can't lose": say("Were among the best, and have been away the longest."),
    "Hibernating": say("Rare and small orders, long ago."),
    "Lost": say("Rare and small orders, the longest ago."),
}
"""What each cell means."""

# Rows: recency 1 (longest ago) to 5; columns: frequency and money together, 1 to 5.
_GRID = (
    ("Lost", "Lost", "At risk", "Can't lose", "Can't lose"),
    ("Hibernating", "Hibernating", "At risk", "At risk", "At risk"),
    ("About to sleep", "Needing attention", "Needing attention", "Loyal", "Loyal"),
    ("Promising", "Potential loyalists", "Potential loyalists", "Loyal", "Champions"),
    ("New", "Potential loyalists", "Potential loyalists", "Champions", "Champions"),
)


def fifth(values: pd.Series) -> pd.Series:
    """Score each customer 1 to 5: in which fifth of all customers, counting those who have strictly less.

    Equal values get equal scores, so where most customers have one order, none of them gets more than 1. (Quintiles cut
    by rank would tell equals apart by chance.) Missing stays missing.

    Examples
    --------
    >>> fifth(pd.Series([1.0, 1.0, 1.0, 2.0, 9.0])).tolist()
    [1.0, 1.0, 1.0, 4.0, 5.0]
    """
    below = values.rank(method="min") - 1
    n = int(values.notna().sum())
    return 5 * below // max(n, 1) + 1


def cell(recency: pd.Series, frequency: pd.Series, monetary: pd.Series | None) -> pd.Series:
    """Name each customer's cell from the scores; frequency and money count half each, rounded up.

    The eleven names and their ranges of scores are those that Putler published ("RFM analysis for successful customer
    segmentation"). There the ranges overlap; here each pair of scores has one name, from within the published ranges.
    """
    both = frequency if monetary is None else np.floor((frequency + monetary + 1) / 2)
    known = recency.notna() & both.notna()
    names = np.array(_GRID, dtype=object)
    found = names[recency[known].astype(int) - 1, both[known].astype(int) - 1]
    return pd.Series(found, index=recency.index[known], dtype="str").reindex(recency.index)

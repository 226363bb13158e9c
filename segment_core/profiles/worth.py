"""Worth: which part of all the money a segment holds, beside its part of the customers."""

import re

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Customers, EvidenceItem

MOST_COLUMNS = 2
_NOT_ADDED_UP = re.compile(
    r"average|avg|mean|median|typical|per[\W_]|price|rate|income|salary|wage|limit|budget|均|单价|价格|收入|工资|预算|额度",
    re.IGNORECASE,
)
"""Money that says nothing when it is added up over customers, or is not paid to us."""
_IN_ALL = re.compile(r"total|monetary|revenue|lifetime|clv|spend|turnover|总|消费|收益", re.IGNORECASE)
"""Money that is a sum already, and goes before what may be a part of it; else the larger column goes first."""


def worth(customers: Customers, group: NDArray[np.bool_], segment: str) -> list[EvidenceItem]:
    """Return for at most two money columns the share of their sum that a group of customers (n,) holds.

    Columns whose sum is not above zero, or of which the group has no value, are left out; a missing amount counts as
    none.
    """
    found: list[tuple[tuple[bool, float, str], EvidenceItem]] = []
    for name in customers.named("money"):
        amounts = customers.frame[name].to_numpy(dtype=np.float64)
        known = np.isfinite(amounts)
        total = float(amounts[known].sum())
        if _NOT_ADDED_UP.search(name) or total <= 0 or not (known & group).any():
            continue
        rank = (not _IN_ALL.search(name), -total, name)
        item = EvidenceItem(
            id="",
            segment=segment,
            kind="worth",
            label=name,
            column=name,
            direction="describes",
            n=int((known & group).sum()),
            value=float(amounts[known & group].sum()) / total,
            base=float(group.mean()),
            unit="%",
        )
        found.append((rank, item))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])][:MOST_COLUMNS]

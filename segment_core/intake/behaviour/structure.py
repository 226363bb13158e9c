"""Structure: which columns belong to which, told from their values alone."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.intake.dates import dates_of
from segment_core.intake.distincts import in_arrow
from segment_core.intake.values import nothings, numbers_of

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column as numbers of its distinct texts: `codes` (n,) index `texts`, -1 where there is no value."""

    codes: Codes
    texts: NDArray[np.object_]

    @property
    def n_distinct(self) -> int:
        """Count the distinct texts."""
        return len(self.texts)

    @property
    def filled_share(self) -> float:
        """Return the share of rows with a value."""
        return float((self.codes >= 0).mean()) if len(self.codes) else 0.0


def coded(cells: pd.Series) -> Coded:
    """Code the distinct texts of a column in alphabetical order, blanks around them apart."""
    import pyarrow.compute as pc

    found = pc.utf8_trim_whitespace(in_arrow(cells)).dictionary_encode()
    order = pc.array_sort_indices(found.dictionary)
    order = order.filter(~nothings(found.dictionary)[order])
    places = np.full(len(found.dictionary) + 1, -1, dtype=np.int64)
    places[order] = np.arange(len(order))
    codes = places[pc.fill_null(found.indices, len(found.dictionary)).to_numpy()]
    return Coded(codes, found.dictionary.take(order).to_numpy(zero_copy_only=False))


def numeric(column: Coded, decimal: str) -> NDArray[np.float64]:
    """Return a coded column as numbers (n,), NaN where there is none."""
    found = numbers_of(column.texts.tolist(), decimal)
    values = np.array([*(found[text] for text in column.texts), None], dtype=np.float64)
    return values[column.codes]


def dated_share(column: Coded) -> float:
    """Return the share of a column's distinct texts that are dates."""
    found = dates_of(column.texts.tolist(), compact=False)
    return sum(moment is not None for moment in found.values()) / max(1, len(found))


def nested_share(inner: Codes, outer: Codes) -> float:
    """Return the share of `inner`'s values that always come with the same one of `outer`.

    Examples
    --------
    >>> order, customer = np.array([0, 0, 1, 2]), np.array([5, 5, 5, 6])
    >>> nested_share(order, customer), nested_share(customer, order)
    (1.0, 0.5)
    """
    known = (inner >= 0) & (outer >= 0)
    if not known.any():
        return 0.0
    pairs = np.unique(inner[known] * (np.int64(outer.max()) + 1) + outer[known])
    counts = np.unique(pairs // (np.int64(outer.max()) + 1), return_counts=True)[1]
    return float((counts == 1).mean())


def is_per_piece(money: NDArray[np.float64], quantity: NDArray[np.float64], product: Codes) -> bool | None:
    """Tell whether an amount stays the same whatever the quantity; None where no product tells.

    Looks at products that were bought in different quantities: is the amount steadier, or the amount by quantity?
    """
    known = (product >= 0) & (money > 0) & (quantity > 0)
    lines = pd.DataFrame({"product": product[known], "n": quantity[known], "whole": np.log(money[known])})
    lines["piece"] = lines["whole"] - np.log(lines["n"])
    groups = lines.groupby("product")
    varied = groups["n"].nunique() > 1
    spread = groups[["whole", "piece"]].std()[varied]
    if len(spread) < 3:
        return None
    steady = (spread["whole"] < spread["piece"]).sum()
    return bool(2 * steady > len(spread))


def is_order_total(money: NDArray[np.float64], order: Codes, product: Codes) -> bool:
    """Tell whether an amount is the whole order's, written again on each of its lines.

    Looks at orders with different products; lines that are summed would count such an amount many times.
    """
    lines = pd.DataFrame({"order": order, "product": product, "money": money})
    groups = lines[(order >= 0) & (product >= 0) & np.isfinite(money)].groupby("order")
    several = groups["product"].nunique() > 1
    if several.sum() < 10 or lines["money"].nunique() < 3:
        return False
    return bool((groups["money"].nunique()[several] == 1).mean() > 0.95)

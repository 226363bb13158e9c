"""Values: what columns say of customers becomes nodes: categories, yes/no, places, numbers in fifths, products."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Column, Customers
from segment_core.graphs.linking import Kind, Link, link
from segment_core.graphs.listing import listed
from segment_core.graphs.options import GraphOptions
from segment_core.messages import Message, say

FIFTHS: dict[str, Message] = {
    "lowest fifth": say("lowest fifth"),
    "second fifth": say("second fifth"),
    "middle fifth": say("middle fifth"),
    "fourth fifth": say("fourth fifth"),
    "top fifth": say("top fifth"),
    "yes": say("yes"),
    "no": say("no"),
}
"""The labels that are ours and not the file's, so that a page can say them in its language."""

MOST_LEVELS = 60
FEW = 6
"""A number with so few different values is shown by its values: "pets: 2", not a fifth."""
_UNEVEN = (0.1, 0.3)
_PRODUCTS = frozenset(
    (  # noqa: SIM905 - a list would take a line a word
        "product item article sku goods merchandise department brand dish menu basket purchase bought category "
        "商品 产品 品类 菜品 菜名 货品 品牌 购买"
    ).split()
)


def links_of(customers: Customers, options: GraphOptions) -> list[Link]:
    """Return what columns give customers in common, column by column, the most frequent values first.

    Columns that were set aside are left out, but for lists such as "lamp; rug": their parts are products.
    """
    found: list[Link] = []
    for column in customers.columns:
        if column.name not in customers.frame.columns or not _speaks(column):
            continue
        cells = customers.frame[column.name]
        if column.role in ("category", "place", "text") or column.aside == "unique":
            parts = listed(cells, column.name) if options.values else None
            if parts is not None:
                found += _listed(parts, column.name)
            elif column.role in ("category", "place") and options.values:
                found += _levels(cells, column.name, "product" if _is_product(column) else "value")
        elif column.role == "yes/no" and options.values:
            found += _levels(cells.map({1.0: "yes", 0.0: "no"}), column.name, "value")
        elif _is_share(column) and options.values:
            found += _share(cells, column)
        elif column.role in ("number", "money", "count") and options.numbers:
            found += _fifths(cells.to_numpy(dtype=np.float64), column.name)
    return found


def _speaks(column: Column) -> bool:
    usable = ("category", "place", "text", "yes/no", "number", "money", "count")
    return column.role in usable or (column.role == "ignore" and column.aside == "unique")


def _is_product(column: Column) -> bool:
    """Tell whether a column names what was bought, by its own name or by that of the joined table it came from."""
    told = f"{column.name} {column.table}".casefold()
    return any(word in told for word in _PRODUCTS)


def _is_share(column: Column) -> bool:
    """Tell whether a column was measured from orders as the share of the money that goes to something."""
    measured = column.table != "" and column.role == "number" and column.name.startswith("share_")
    return measured and "category" in column.reason.values


def _share(cells: pd.Series, column: Column) -> list[Link]:
    shares = np.nan_to_num(cells.to_numpy(dtype=np.float64))
    rows = np.flatnonzero(shares > 0)
    return [link("product", str(column.reason.values["category"]), column.name, rows, shares[rows].astype(np.float32))]


def _levels(cells: pd.Series, column: str, kind: Kind) -> list[Link]:
    """Make a node of each of the most frequent values; rarer ones touch too few to join anybody."""
    texts = cells.astype("string").str.strip().fillna("")
    codes, names = pd.factorize(texts, sort=True)
    counts = np.bincount(codes, minlength=len(names))
    known = [number for number in range(len(names)) if names[number]]
    ranked = sorted(known, key=lambda number: (-counts[number], names[number]))[:MOST_LEVELS]
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(len(names) + 1))
    return [link(kind, str(names[each]), column, order[starts[each] : starts[each + 1]]) for each in ranked]


def _listed(parts: pd.Series, column: str) -> list[Link]:
    """Make a product of each part; `parts` is indexed by the customer's position, and one may hold several."""
    counts = parts.value_counts()
    ranked = sorted(counts.index, key=lambda name: (-int(counts[name]), name))[: 5 * MOST_LEVELS]
    groups = parts.index.to_numpy()
    cells = parts.to_numpy(dtype=object)
    return [link("product", str(name), column, np.unique(groups[cells == name])) for name in ranked]


def _fifths(values: NDArray[np.float64], column: str) -> list[Link]:
    """Cut a number into fifths; where many share a value, a part is named by its range instead."""
    known = np.isfinite(values)
    distinct = np.unique(values[known])
    if len(distinct) < 2:
        return []
    if len(distinct) <= FEW:
        return [link("value", f"{value:,.4g}", column, np.flatnonzero(values == value)) for value in distinct]
    edges = np.unique(np.quantile(values[known], [0.2, 0.4, 0.6, 0.8]))
    place = np.where(known, np.searchsorted(edges, np.nan_to_num(values)), -1)
    sizes = np.bincount(place[known], minlength=len(edges) + 1) / known.sum()
    names = list(FIFTHS)[:5]
    even = len(edges) == 4 and ((sizes >= _UNEVEN[0]) & (sizes <= _UNEVEN[1])).all()
    found = []
    for part in range(len(edges) + 1):
        rows = np.flatnonzero(place == part)
        if len(rows):
            low, high = values[rows].min(), values[rows].max()
            told = f"{low:,.4g}" if low == high else f"{low:,.4g} – {high:,.4g}"
            found.append(link("value", names[part] if even else told, column, rows))
    return found

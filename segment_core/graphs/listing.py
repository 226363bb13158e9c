"""Listing: cells that hold several things, such as "lamp; rug; table", are told from sentences and taken apart."""

import re

import pandas as pd

SEPARATORS = (";", "；", "|", "、", "/", ",", "，")
LONGEST_PART = 40
_FEWEST_LISTS = 0.15
"""Share of the filled cells that must hold a separator."""
_REPEATS = 4.0
"""How often a part must come back on average: words of sentences between commas hardly ever do."""


def listed(cells: pd.Series, column: str) -> pd.Series | None:
    """Return the parts of all cells, indexed by the customer's position; None where the column is no list.

    It is one when many cells hold the same separator and the short parts between come back again and again.
    """
    texts = cells.astype("string").fillna("").reset_index(drop=True)
    texts = texts[texts.str.strip() != ""]
    if texts.empty:
        return None
    look = texts.iloc[:: max(1, len(texts) // 2000)]
    for separator in SEPARATORS:
        # Several texts of a customer stand one to a line; a list is split there, too.
        holding = look.str.contains(separator, regex=False)
        if holding.mean() < _FEWEST_LISTS:
            continue
        parts = _parts(look, separator)
        short = parts.str.len() <= LONGEST_PART
        n_parts = max(2, parts.nunique())
        # Lists put the same parts together in ever new ways; a few sentences that are said often do not.
        if short.mean() < 0.98 or len(parts) < _REPEATS * n_parts or look.nunique() < n_parts:
            continue
        return _parts(texts, separator)
    return None


def _parts(texts: pd.Series, separator: str) -> pd.Series:
    parts = texts.str.split(rf"[\n{re.escape(separator)}]", regex=True).explode().str.strip()
    return parts[parts.notna() & (parts != "")]

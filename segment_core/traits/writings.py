"""Writings: every text to be rated, one a row, with where it stands."""

import re
from collections.abc import Sequence

import pandas as pd

from segment_core.artifacts import Customers
from segment_core.errors import DataError

COLUMNS = ("customer", "column", "table", "row", "text")
LONGEST_QUOTE = 240
_ENDS = re.compile(r"(?<=[。！？!?；…~～])(?![。！？!?；…~～\"”’')）])\s*|(?<=[.!?][\"”’')])\s+|(?<=\.)\s+(?=\S)|\n+")


def writings(customers: Customers) -> pd.DataFrame:
    """List what customers wrote, text by text: customer, column, table, row, text.

    Where single texts were not kept, each cell of a text column is a text, and its row is 0.

    Raises
    ------
    DataError
        If there is no text at all.
    """
    known = customers.named("text")
    if customers.said is not None:
        found = customers.said[list(COLUMNS)]
        found = found[found["column"].isin(known) & found["customer"].isin(customers.frame.index)]
    else:
        cells = [
            pd.DataFrame(
                {
                    "customer": customers.frame.index.astype("str"),
                    "column": name,
                    "table": customers.column(name).table,
                    "row": 0,
                    "text": customers.frame[name].fillna("").astype("str").to_numpy(),
                }
            )
            for name in known
        ]
        found = pd.concat(cells) if cells else pd.DataFrame({name: [] for name in COLUMNS})
    found = found[found["text"].map(lambda text: bool(text.strip())).astype(bool)]
    if not len(found):
        raise DataError("Nobody wrote anything. Reading attitudes needs a column with the role text.")
    return found.sort_values(list(COLUMNS), ignore_index=True)


def sentences(text: str) -> list[str]:
    """Cut a text into sentences, English or Chinese; what holds no letter, figure or sign of its own is left out.

    Examples
    --------
    >>> sentences("It broke after 3.5 days! Never again...  味道不错。送得太慢了！！")
    ['It broke after 3.5 days!', 'Never again...', '味道不错。', '送得太慢了！！']
    """
    pieces = (" ".join(piece.split()) for piece in _ENDS.split(text))
    return [piece for piece in pieces if piece.strip(" .。…~～-—*\"'")]


def quotable(sentence: str) -> str:
    """Shorten a sentence to what is quoted.

    Examples
    --------
    >>> len(quotable("so " * 200))
    240
    """
    line = " ".join(sentence.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1].rstrip() + "…"


def distinct(texts: Sequence[str]) -> list[str]:
    """Return each different text once, in alphabetical order."""
    return sorted(set(texts))

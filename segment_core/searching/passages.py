"""Passages: what customers wrote, cut into sentences, each with whose it is and where it stands."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Customers
from segment_core.errors import DataError
from segment_core.language import CJK
from segment_core.privacy import untagged
from segment_core.traits.writings import sentences, writings

LONGEST, LONGEST_CHINESE = 60, 150
"""Words, and characters, after which a sentence is cut: a model's eyes do not reach much further."""


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """Sentences of texts. `texts` has a row a text: customer, column, table, row, text.

    `distinct` holds each different sentence once, in order of the alphabet. Each place where one stands has its row
    in `texts`, `text_of`, in `distinct`, `sentence_of`, and its customer's row, `customer_of`; places stand in the
    order of texts.
    """

    texts: pd.DataFrame
    distinct: tuple[str, ...]
    text_of: NDArray[np.int64]
    sentence_of: NDArray[np.int64]
    customer_of: NDArray[np.int64]


def passages_of(customers: Customers) -> Passages:
    """Cut all texts into sentences; where nobody wrote anything there are none.

    Examples
    --------
    >>> from segment_core.artifacts import Column
    >>> from segment_core.messages import say
    >>> frame = pd.DataFrame({"review": ["Late. Never again!", "Late."]}, index=["a", "b"])
    >>> found = passages_of(Customers(frame, (Column("review", "text", "psychographic", say("-")),), "id", 2))
    >>> found.distinct, found.sentence_of.tolist(), found.customer_of.tolist()
    (('Late.', 'Never again!'), [0, 1, 0], [0, 0, 1])
    """
    try:
        texts = writings(customers)
    except DataError:  # nobody wrote anything
        none = np.zeros(0, dtype=np.int64)
        return Passages(pd.DataFrame(columns=["customer", "column", "table", "row", "text"]), (), none, none, none)
    cut = {
        text: [piece for sentence in sentences(untagged(text)) for piece in _pieces(sentence)]
        for text in texts["text"].unique()
    }
    distinct = tuple(sorted({piece for pieces in cut.values() for piece in pieces}))
    place = {piece: number for number, piece in enumerate(distinct)}
    own = [cut[text] for text in texts["text"]]
    counts = np.array([len(pieces) for pieces in own], dtype=np.int64)
    text_of = np.repeat(np.arange(len(texts), dtype=np.int64), counts)
    sentence_of = np.array([place[piece] for pieces in own for piece in pieces], dtype=np.int64)
    rows = customers.frame.index.astype(str).get_indexer(pd.Index(texts["customer"].astype(str)))
    return Passages(texts, distinct, text_of, sentence_of, rows.astype(np.int64)[text_of])


def _pieces(sentence: str) -> list[str]:
    if CJK.search(sentence):
        return [sentence[start : start + LONGEST_CHINESE] for start in range(0, len(sentence), LONGEST_CHINESE)]
    found = sentence.split()
    if len(found) <= LONGEST:
        return [sentence]
    return [" ".join(found[start : start + LONGEST]) for start in range(0, len(found), LONGEST)]

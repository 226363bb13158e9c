"""Ratings: what single texts say, brought together to what is known of each customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segment_core.artifacts import Customers, Note, Step, Traits
from segment_core.messages import Message
from segment_core.traits.rubric import RUBRIC
from segment_core.traits.writings import quotable


@dataclass(frozen=True, slots=True)
class Rating:
    """What a text says of one criterion, and the sentence that says it."""

    name: str
    score: float
    sentence: str


def together(
    customers: Customers,
    written: pd.DataFrame,
    ratings: Mapping[str, Sequence[Rating]],
    made_by: Step,
    reason: Message,
    *,
    notes: Sequence[Note] = (),
) -> Traits:
    """Give each customer the mean over the texts that speak of a criterion, with a quote for every one of them.

    `written` is as `writings` lists it; `ratings` holds what each different text says. What nobody
    speaks of is left out.
    """
    rows = [
        (*place, rating.name, rating.score, quotable(rating.sentence))
        for *place, text in written[["customer", "column", "table", "row", "text"]].itertuples(index=False, name=None)
        for rating in ratings.get(text, ())
    ]
    quotes = pd.DataFrame(rows, columns=["customer", "column", "table", "row", "trait", "score", "text"])
    quotes = quotes[["customer", "trait", "score", "column", "table", "row", "text"]]
    quotes = quotes.astype({"score": "float64", "row": "int64"}).sort_values(
        ["customer", "trait", "column", "table", "row", "text"], ignore_index=True
    )
    names = tuple(name for name in RUBRIC if (quotes["trait"] == name).any())
    means = quotes.groupby(["customer", "trait"])["score"].mean().unstack()
    means = means.reindex(index=customers.frame.index.astype("str"), columns=list(names))
    scores = means.to_numpy(dtype=np.float32) if names else np.zeros((len(customers), 0), dtype=np.float32)
    return Traits(scores, names, quotes, made_by, reason, tuple(notes))

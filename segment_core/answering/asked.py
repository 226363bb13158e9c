"""Asked: a question as a typed query, and its answer: what is counted, of whom, and in which groups."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Condition
from segment_core.messages import Message

Measure = Literal["size", "share_of", "mean", "median", "sum", "share_of_total", "mention", "complain", "most_common"]
SEGMENTS = "segment"
"""What `Asked.by` is for one row a segment; a column of that name is asked by its own name in `Asked.column` only."""
OF_NUMBERS: frozenset[str] = frozenset({"mean", "median", "sum", "share_of_total"})
OF_TEXTS: frozenset[str] = frozenset({"mention", "complain"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that can be computed.

    `column` is a number for "mean", "median", "sum" and "share_of_total", and a category for "most_common". `about` is
    a topic of `speaking.TOPICS` or words as written, for "mention" and "complain"; "" is a complaint about anything.
    `test` is what "share_of" counts. `by` is "segment", a category's name, or "" for one row; `only` says who counts
    at all, and `top` is 1 for the most, -1 for the least, 0 for all rows alike.
    """

    measure: Measure
    column: str = ""
    about: str = ""
    by: str = ""
    only: tuple[Condition, ...] = ()
    top: int = 0
    test: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What came out. `rows` has a row a group: group, label, value, n, base, low, high, text; best first where asked.

    `n` customers are in a group, and `base` of them count: those with a value, or who wrote anything. `low` and `high`
    are 95 % intervals, NaN where there is none; `value` is NaN where fewer than five customers count. `who` (n,) by
    group are the customers behind a row. `sql` gives the same numbers; `notes` say what was left out.
    """

    asked: Asked
    sentence: Message
    rows: pd.DataFrame
    query: Message
    sql: str
    who: Mapping[str, NDArray[np.bool_]] = field(repr=False)
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that was understood, what else it may have meant, and whether a model read it."""

    asked: Asked
    others: tuple[Asked, ...] = ()
    by_model: bool = False


@dataclass(frozen=True, slots=True)
class CannotAnswer:
    """A question that the data do not answer, or that was not understood: why, and what comes near.

    `beyond` tells a question that no table of customers answers, so that a model need not be asked either.
    """

    message: Message
    nearest: tuple[Asked, ...] = ()
    beyond: bool = False

"""Feedback: what was asked about pairs of customers, what was answered, and what it would change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts.basics import Floats, Labels

Judgement = Literal["keep", "refuse", "nothing"]
"""Whether what was learned stands: it helps for sure, it does not, or it changes nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """What segments are made of: alike customers of one segment, who are asked about, and moved, as one.

    The piece of each customer (n,), and of each piece: mean (m, d), size, and segment (m,). `speakers` are the rows of
    those nearest to each mean, nearest first. `groups` (g, m) are the sets of pieces that are nested in a segment:
    every piece, what it was joined with (Ward 1963), and so on up to the whole segment.
    """

    of: Labels
    means: Floats
    sizes: Labels
    segments: Labels
    speakers: tuple[tuple[int, ...], ...]
    groups: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.sizes)


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """What somebody said of two customers, by id: whether they belong into one segment; None was skipped.

    `author` is a person, or "model:" and the name of a language model. `at` is UTC in ISO 8601.
    """

    one: str
    other: str
    same: bool | None
    at: str
    author: str = ""

    @property
    def by_model(self) -> bool:
        """Tell whether a language model said so."""
        return self.author.startswith("model:")


@dataclass(frozen=True, slots=True)
class Move:
    """Customers who would go from a segment to another, or to a new one ("N1", "N2", …); `whole` if none stays."""

    start: str
    end: str
    customers: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A score of the segments, by name and space, before and after; `better` says which way is."""

    name: str
    space: str
    before: float
    after: float
    better: Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What answers would change, and how sure it is that it helps.

    `before` and `after` are the shares of answers that the segments tell rightly as they are, and as they are learned
    from all other answers (leave one out); `helped` and `harmed` count the answers that only one of both tells
    rightly. `luck` is the chance that answers without sense help as much, `doubt` that of telling as many where at
    most 70 % can be told. `decided` is "" as long as nobody chose. `names` are those that the segments had.
    """

    at: str
    run: str
    n_answers: int
    n_by_model: int
    judgement: Judgement
    before: float
    after: float
    helped: int
    harmed: int
    luck: float
    doubt: float
    moves: tuple[Move, ...] = ()
    scores: tuple[Compared, ...] = ()
    decided: Literal["", "kept", "discarded"] = ""
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def n_moved(self) -> int:
        """Count the customers who would be elsewhere."""
        return sum(len(move.customers) for move in self.moves)

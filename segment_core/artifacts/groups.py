"""Groups: customers whom an analyst put together, and what was asked to find them."""

from dataclasses import dataclass

from segment_core.artifacts.labels import Condition


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: all parts that are not empty must be met.

    `words` must all occur; `meaning` is text to be like, of which the `n_nearest` are taken; `conditions` are plain
    questions to columns.
    """

    words: str = ""
    meaning: str = ""
    conditions: tuple[Condition, ...] = ()
    n_nearest: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """A custom segment: a name, the ids of its customers, and the query that found them, where one did.

    Groups may overlap, unlike segments and labels.
    """

    name: str
    customers: tuple[str, ...]
    query: Query | None = None

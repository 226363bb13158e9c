"""Groups: customers whom an analyst put together, and what was asked to find them."""

from dataclasses import dataclass
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing an analyst said about customers, kept for good: who said it, when, and of which run's segments.

    A "move" says that `customers` belong to `segment` (its id in that run). `at` is UTC in ISO 8601.
    """

    what: Literal["move"]
    customers: tuple[str, ...]
    segment: str
    run: str
    at: str
    author: str = ""

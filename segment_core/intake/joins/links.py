"""Links: how two tables of one study hang together, and how well."""

from dataclasses import dataclass
from typing import Literal

from segment_core.messages import Message

Cardinality = Literal["1:1", "n:1", "n:n"]


@dataclass(frozen=True, slots=True)
class Link:
    """Say that a column of the table `child` names rows of the table `parent`: many order lines, one order."""

    child: str
    child_column: str
    parent: str
    parent_column: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link that was measured.

    Attributes
    ----------
    cardinality : rows of the child to rows of the parent that share a key.
    child_match : share of the child's filled keys that the parent has, 0 to 1.
    parent_match : share of the parent's keys that the child names, 0 to 1.
    n_orphans : rows of the child whose key the parent lacks; `examples` are some of these keys.
    n_empty : rows of the child without a key.
    n_repeated : keys that stand in several rows of the parent.
    n_conflicting : of these, keys whose rows say different things.
    usable : whether the link can be joined without multiplying rows; `reason` says why or why not.
    """

    link: Link
    cardinality: Cardinality
    child_match: float
    parent_match: float
    n_orphans: int
    n_empty: int
    n_repeated: int
    n_conflicting: int
    examples: tuple[str, ...]
    usable: bool
    reason: Message

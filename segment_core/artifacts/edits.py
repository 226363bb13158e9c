"""Edits: what an analyst said about customers and segments, one entry after the other, none ever taken out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from segment_core.messages import Message

EditKind = Literal[
    "move",
    "merge",
    "split",
    "delete",
    "rename",
    "recolour",
    "together",
    "apart",
    "verdict",
    "undo",
    "redo",
]
"""What an edit does. "undo" takes the latest edit back that still counts, "redo" the latest undo."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that was said, kept for good: who said it, when, and of which run's segments.

    A "move" says that `customers` belong to `segment` (its id in that run). "merge" puts `others` into `segment`;
    "split" makes `customers` a segment of their own; "delete" gives the customers of `segment` to their
    nearest neighbours; "rename" and "recolour" give it `value` (a name, a place in the palette) instead of `before`.
    "together" and "apart" speak of two or more `customers`. A "verdict" on `segment`, or with `part` "persona" on its
    persona, is `value`. `at` is UTC in ISO 8601. `witnesses` are some customers of each segment that is named, by its
    id, and `sizes` how many it had, so that a segment is known again in another run, whose ids are others. `author`
    is a person, or "model:" and the name of a language model.
    """

    what: EditKind
    customers: tuple[str, ...]
    segment: str
    run: str
    at: str
    author: str = ""
    others: tuple[str, ...] = ()
    value: str = ""
    part: str = ""
    witnesses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Missed:
    """An edit that could not be done on the segments as found, by its place in the ledger, and why."""

    place: int
    reason: Message


@dataclass(frozen=True, slots=True)
class Replay:
    """Which edits segments were made with: the first `n_edits` entries of the ledger, but for those `missed`."""

    n_edits: int
    missed: tuple[Missed, ...] = ()

"""Basics: what every artifact is made of: arrays, steps, notes and progress."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from segment_core.messages import Message

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]
Progress = Callable[[float, float, Message], None]
"""`progress(done, total, note)`: may raise `Cancelled` to stop the work."""


def silent(done: float, total: float, note: Message) -> None:
    """Report progress to nobody: the default of every `progress` argument."""


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a menu that was picked, with its options as JSON values."""

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was done to the data and must not stay unsaid.

    `code` is stable for tests and filters, `count` says how many cells, rows or columns. `places` are
    some of them (at most 20) to look up: the row of the table as read, counted from 1 as its preview shows
    it (0 where it is no row), and the text as it stood. `table` names the table, where there are several.
    Two notes are equal whatever their places, because a row's number depends on how the file is sorted.
    """

    code: str
    message: Message
    count: int = 0
    level: Literal["info", "warning"] = "info"
    places: tuple[tuple[int, str], ...] = field(default=(), compare=False)
    table: str = ""

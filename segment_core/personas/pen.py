"""Pen: a language model at hand, with the time it has left in all."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from segment_core.artifacts import Progress, Tally
from segment_core.llm import Outbound, Reply, Writer

T = TypeVar("T")
ASK_AGAIN = 2


@dataclass(frozen=True, slots=True)
class Pen:
    """A `Writer`, until when (monotonic seconds) it may be asked, and whether anew where it answered before."""

    writer: Writer
    until: float
    fresh: bool = False

    def fill(
        self,
        letter: Outbound,
        form: type[T],
        check: Callable[[T], list[str]],
        progress: Progress,
        again: int = ASK_AGAIN,
    ) -> Reply[T]:
        """Ask for an answer in a form within the time that is left; see `Writer.fill`."""
        left = max(self.until - time.monotonic(), 0.0)
        return self.writer.fill(letter, form, check, seconds=left, again=again, progress=progress, fresh=self.fresh)


def added(*tallies: Tally) -> Tally:
    """Add up how sentences fared."""
    return Tally(
        sum(one.first for one in tallies),
        sum(one.mended for one in tallies),
        sum(one.dropped for one in tallies),
        sum(one.filled for one in tallies),
    )

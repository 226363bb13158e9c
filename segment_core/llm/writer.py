"""Writer: what the rest of the core needs of a language model, whoever provides it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from segment_core.artifacts import Progress, silent
from segment_core.llm.outbound import Outbound

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """The best answer in the right form, what is still wrong with it, and how often the model was asked."""

    answer: T
    problems: tuple[str, ...]
    asked: int


class Writer(Protocol):
    """A language model that fills a form."""

    def fill(
        self,
        letter: Outbound,
        form: type[T],
        check: Callable[[T], list[str]],
        *,
        seconds: float,
        again: int = 2,
        progress: Progress = silent,
        fresh: bool = False,
    ) -> Reply[T]:
        """Ask for an answer in a form, and again while `check` finds problems, up to `again` times.

        The form is a pydantic model class; `check` names what is wrong in words that may go to the
        model; `seconds` is the time for everything, retries included. Within a block of `recorded_in`
        the same letter is answered from what is kept there, at once and with `asked` 0, unless
        `fresh`: then it is asked anew, and the new answer is kept instead.

        Raises
        ------
        ModelError
            If no answer in the right form came in time.
        Cancelled
            If `progress` raised it; the request is then dropped at once.
        """
        ...

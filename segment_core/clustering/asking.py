"""Asking: the one way in which algorithms put questions to a language model, within calls and time set before."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from segment_core.artifacts import Progress
from segment_core.choices import option
from segment_core.errors import MissingExtraError, ModelError
from segment_core.llm import ModelAccess, Outbound, Writer, writer_at
from segment_core.llm.filters import reads_like_a_command
from segment_core.messages import Message, say
from segment_core.privacy import without_tags

T = TypeVar("T")

KEY = "llm_key"
FAILURES_IN_A_ROW = 2
SHORTEST = 3


def url_option() -> Any:
    """Declare where the model is; empty is without one."""
    return option(
        "",
        "Server address",
        help="Empty: no model is asked. With any OpenAI-compatible address, some of what your customers wrote goes "
        "there; if it is not on this machine or its local network, it leaves the machine, masked as far as personal "
        "data can be recognised.",
    )


def model_option() -> Any:
    """Declare what the model is called."""
    return option("", "Model name", help="As the server knows it, such as qwen3:8b or gpt-4o-mini.")


def budget_option(default: int, low: int) -> Any:
    """Declare how many calls may be made."""
    return option(
        default,
        "At most so many calls",
        low=low,
        high=10_000,
        help="Never more, whatever happens; a call that must be repeated in a plainer form counts once.",
    )


def timeout_option() -> Any:
    """Declare how long all calls together may take."""
    return option(
        900.0, "Time limit in seconds", low=1, high=36_000, help="For all calls together; then it goes on without."
    )


@dataclass(slots=True)
class Asker:
    """A model, how many calls it may still get, and until when. Nothing that it or its server does raises.

    After two failures in a row it is not asked again; `failure` then says why.
    """

    writer: Writer
    model: str
    budget: int
    until: float
    progress: Progress
    asked: int = 0
    answered: int = 0
    masked: int = 0
    in_a_row: int = 0
    failure: Message | None = None

    @classmethod
    def of(cls, options: Any, secrets: Mapping[str, str], progress: Progress) -> "Asker":
        """Make one of options that name a url, model, budget and timeout."""
        writer = writer_at(ModelAccess(options.url, options.model, secrets.get(KEY, "")))
        return cls(writer, options.model, options.budget, time.monotonic() + options.timeout, progress)

    @property
    def able(self) -> bool:
        """Tell whether another call may be made."""
        return self.asked < self.budget and self.in_a_row < FAILURES_IN_A_ROW

    def ask(self, letter: Outbound, form: type[T], check: Callable[[T], list[str]] = lambda _: []) -> T | None:
        """Put one question; None where the model may not be asked, failed, or answered in no usable form.

        Raises
        ------
        Cancelled
            If `progress` raised it.
        """
        if not self.able:
            return None
        note = say("Call {n:,} of at most {all:,} to the model", n=self.asked + 1, all=self.budget)
        at = self.asked

        def told(done: float, total: float, _: Message) -> None:
            self.progress(at + min(1.0, done / total if total else 1.0), self.budget, note)

        self.asked += 1
        seconds = max(self.until - time.monotonic(), 0.0)
        try:
            # Asked once and never again, so that the number of calls is known before; what is wrong is dropped.
            reply = self.writer.fill(letter, form, check, seconds=seconds, again=0, progress=told)
        except (ModelError, MissingExtraError) as error:
            self.failure = error.message
            self.in_a_row += 1
            return None
        self.in_a_row = 0
        self.answered += 1
        self.masked += letter.masked
        return reply.answer

    def told(self) -> tuple[Message, ...]:
        """Say how often the model was asked, what was masked, and why it failed, where it did."""
        found = []
        if self.asked:
            found.append(
                say(
                    "Calls to the model {model}: {n:,}, of which it answered {answered:,}.",
                    model=self.model,
                    n=self.asked,
                    answered=self.answered,
                )
            )
        if self.masked:
            found.append(say("Addresses and numbers masked before the model was asked: {n}.", n=self.masked))
        if self.failure is not None:
            found.append(self.failure)
        return tuple(found)


def fit_to_send(text: str) -> bool:
    """Tell whether a text says anything, and does not read like a command to the model."""
    return len(without_tags(text).strip()) >= SHORTEST and not reads_like_a_command(text)

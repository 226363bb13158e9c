"""Filling: have a form filled by a model at any address, in the best form of output that its server understands."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from segment_core.artifacts import Progress, silent
from segment_core.errors import ModelError
from segment_core.llm import answers, protocols, rungs
from segment_core.llm.access import ModelAccess
from segment_core.llm.calling import Call, FormError
from segment_core.llm.failures import explained
from segment_core.llm.ledger import let_out
from segment_core.llm.outbound import Outbound
from segment_core.llm.rungs import LADDER
from segment_core.llm.writer import Reply

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A `Writer` behind an address, whatever protocol is spoken there."""

    access: ModelAccess

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
        """Ask, and step down the ladder only if the form was not met; see `Writer.fill`."""
        access = self.access.checked()
        let_out(access)
        key = answers.key(access, letter, form, again)
        known = None if fresh else answers.kept(key, access, letter, form, check)
        if known is not None:
            return known
        protocols.load(access.protocol)
        reply, exhausted = _asked(access, letter, form, check, seconds=seconds, again=again, progress=progress)
        if not reply.problems or exhausted:  # where it was cut short, more may come of it another time
            answers.keep(key, reply.answer, len(reply.problems))
        return reply


def _asked(
    access: ModelAccess,
    letter: Outbound,
    form: type[Any],
    check: Callable[[Any], list[str]],
    *,
    seconds: float,
    again: int,
    progress: Progress,
) -> tuple[Reply[Any], bool]:
    until = time.monotonic() + seconds
    refused: list[int | None] = []
    for rung in LADDER[LADDER.index(rungs.best(access)) :]:
        call = Call(access, letter, form, rung, until, progress)
        try:
            reply = call.until_right(check, again)
        except FormError as error:
            refused.append(error.status_code)
            continue
        rungs.note(access, rung)
        return reply, call.exhausted
    if None not in refused:  # it never answered in any form: then it may not be about the form
        raise explained(FormError(refused[-1]), access)
    raise ModelError(
        "The model {model} at {host} answered, but not in the form asked for. Try another model.",
        model=access.model,
        host=access.host,
    )

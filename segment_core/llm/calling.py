"""Calling: one letter to a model, in one form of output, tried again while the server is busy."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from segment_core.artifacts import Progress
from segment_core.errors import Cancelled, ModelError
from segment_core.llm.access import ModelAccess
from segment_core.llm.failures import explained, is_about_form
from segment_core.llm.ledger import Sent, digest, record
from segment_core.llm.loop import loop_thread
from segment_core.llm.outbound import Outbound, masks_in
from segment_core.llm.protocols import Seen, connect, model_behind
from segment_core.llm.retries import is_passing, is_reset, sit_out, wait_before
from segment_core.llm.writer import Reply
from segment_core.messages import say

if TYPE_CHECKING:
    from pydantic_ai import Agent

T = TypeVar("T")

TRIES = 4


class FormError(Exception):
    """The server refused the form, or the answer did not follow it. `status` is what it refused with, if anything."""

    def __init__(self, status: int | None = None) -> None:
        super().__init__(status)
        self.status_code = status


class _Busy(Exception):  # noqa: N818
    """The server did not answer now but may soon; it asked to be left alone for so long."""

    def __init__(self, error: ModelError, retry_after: str) -> None:
        super().__init__(retry_after)
        self.error, self.retry_after = error, retry_after


@dataclass
class Call:
    """One letter, asked for in one form of output; `until` is when to give up, by the monotonic clock."""

    access: ModelAccess
    letter: Outbound
    form: type[Any]
    rung: str
    until: float
    progress: Progress
    tries: int = TRIES
    history: list[Any] = field(default_factory=list)
    outcome: str = ""
    tokens: int | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    status: int | None = None
    exhausted: bool = False

    def until_right(self, check: Callable[[Any], list[str]], again: int) -> Reply[Any]:
        """Ask until nothing is wrong; keep the answer with the fewest problems.

        Raises
        ------
        FormError
            If a plainer form may help.
        ModelError
            If the first answer did not come; an answer that was got survives a server that then breaks.
        """
        best: Reply[Any] | None = None
        for asked in range(1, again + 2):
            try:
                answer = self.once(best.problems if best else ())
            except (FormError, ModelError):
                if best is None:
                    raise
                return best
            problems = tuple(check(answer))
            if best is None or len(problems) < len(best.problems):
                best = Reply(answer, problems, asked)
            if not problems:
                break
        else:
            self.exhausted = True
        assert best is not None
        return best

    def once(self, problems: tuple[str, ...] = ()) -> Any:
        """Send the letter, or what was wrong with the last answer to it, again while the server is busy."""
        seed = digest(str(self.letter).encode("utf-8", "replace"))
        tried = 0
        while True:
            tried += 1
            left = self.until - time.monotonic()
            if left <= 0:
                raise explained(TimeoutError(), self.access)
            try:
                return self._try(problems, left)
            except _Busy as busy:
                wait = wait_before(tried, busy.retry_after, seed=seed)
                if tried >= self.tries or time.monotonic() + wait >= self.until:
                    raise busy.error from busy.__cause__
            sit_out(wait, self.access.host, self.progress, self.status)

    def _try(self, problems: tuple[str, ...], left: float) -> Any:
        from httpx2 import HTTPError
        from pydantic_ai.exceptions import AgentRunError, UserError

        note = say("Waiting for the model {model} at {host}.", model=self.access.model, host=self.access.host)
        seen = Seen()
        ours = (AgentRunError, UserError, HTTPError, TimeoutError, OSError, ValueError)
        failures: tuple[type[Exception], ...] = (*ours, *_library_errors())
        self.outcome, self.tokens, self.tokens_in, self.tokens_out = "no answer", None, None, None
        try:
            return loop_thread().run(self._run(problems, left, seen), seconds=left, progress=self.progress, note=note)
        except Cancelled:
            self.outcome = "cancelled"
            raise
        except failures as error:
            failed = seen.status if seen.status is not None and seen.status >= 300 else None
            self.status = failed
            if failed is not None:
                self.outcome = f"status {failed}"
            if is_passing(failed) or (failed is None and is_reset(error)):
                raise _Busy(explained(error, self.access, failed), seen.retry_after) from error
            if is_about_form(error, failed):
                self.outcome = "unusable"
                raise FormError(failed) from error
            raise explained(error, self.access, failed) from error
        finally:
            self._record(problems)

    def _record(self, problems: tuple[str, ...]) -> None:
        sent = str(self.letter) + (_ask_again(problems) if self.history and problems else "")
        record(
            Sent(
                host=self.access.host,
                model=self.access.model,
                purpose=self.letter.purpose,
                n_texts=1,
                n_characters=len(sent),
                n_masked=self.letter.masked,
                sha256=digest(sent.encode("utf-8", "replace")),
                tokens=self.tokens,
                tokens_in=self.tokens_in,
                tokens_out=self.tokens_out,
                outcome=self.outcome,
                masks=masks_in(sent),
            ),
            self.access,
        )

    async def _run(self, problems: tuple[str, ...], seconds: float, seen: Seen) -> Any:
        from pydantic_ai.exceptions import UnexpectedModelBehavior

        async with connect(self.access, seconds, seen) as client:
            model = model_behind(self.access, client, self.rung)
            agent = _agent(model, self.form, self.rung, self.letter.instructions, seconds)
            prompt = self.letter.message if not self.history else _ask_again(problems)
            result = await agent.run(prompt, message_history=self.history or None)
            if result.output is None:
                raise UnexpectedModelBehavior("no output")
            self.history = result.all_messages()
            used = result.usage
            self.outcome, self.tokens = "answered", used.total_tokens or None
            self.tokens_in, self.tokens_out = used.input_tokens or None, used.output_tokens or None
            return result.output


def _library_errors() -> tuple[type[Exception], ...]:
    """Return what the library of the protocol that is spoken raises, without importing those that are not."""
    import sys

    found = {"openai": "OpenAIError", "anthropic": "AnthropicError", "google.genai.errors": "APIError"}
    return tuple(getattr(sys.modules[module], name) for module, name in found.items() if module in sys.modules)


def _agent(model: Any, form: type[T], rung: str, instructions: str, seconds: float) -> "Agent[None, T]":
    from pydantic_ai import Agent, NativeOutput, PromptedOutput, ToolOutput

    output: dict[str, Any] = {
        "native": NativeOutput(form),
        "tool": ToolOutput(form),
        "prompted": PromptedOutput(form, template=False),
        "text": form,
    }
    return Agent(
        model,
        output_type=output[rung],
        instructions=instructions if rung != "prompted" else f"{instructions}\n\n{_described(form)}",
        retries={"output": 0},
        model_settings={"timeout": seconds, "max_retries": 0},
    )


def _described(form: type[Any]) -> str:
    """Put the form into words, in the same system message as the rest: many local servers take only one."""
    from pydantic import TypeAdapter

    schema = json.dumps(TypeAdapter(form).json_schema(), ensure_ascii=False)
    return f"Answer with one JSON object that follows this schema, and with nothing before or after it:\n{schema}"


def _ask_again(problems: tuple[str, ...]) -> str:
    listed = "\n".join(f"- {problem}" for problem in problems[:20])
    return f"Correct these points, keep the rest, and give the complete answer again:\n{listed}"

"""OpenAI-compatible: ask any such server through pydantic-ai, in the best form of output that it understands."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from segment_core.artifacts import Progress, silent
from segment_core.errors import Cancelled, ModelError
from segment_core.extras import need
from segment_core.llm.access import ModelAccess
from segment_core.llm.failures import explained, is_about_form
from segment_core.llm.ledger import Sent, digest, let_out, record
from segment_core.llm.loop import loop_thread
from segment_core.llm.outbound import Outbound, masks_in, seal
from segment_core.llm.writer import Reply
from segment_core.messages import Message, say

if TYPE_CHECKING:
    from pydantic_ai import Agent

T = TypeVar("T")

LADDER = ("native", "tool", "prompted")
"""How the form is asked for: by JSON schema, by a tool call, in plain words; each where the one before it failed."""

_known_rungs: dict[tuple[str, str], str] = {}
_CONNECTION_SECONDS = 20.0
_NETWORK_TRIES = 2


@dataclass(frozen=True, slots=True)
class OpenAICompatible:
    """A `Writer` behind an OpenAI-compatible address."""

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
    ) -> Reply[T]:
        """Ask, and step down the ladder only if the form was not met; see `Writer.fill`."""
        access = self.access.checked()
        let_out(access)
        load()
        until = time.monotonic() + seconds
        known = _known_rungs.get((access.url, access.model), LADDER[0])
        rungs = LADDER[LADDER.index(known) :]
        for rung in rungs:
            ask = _Ask(access, letter, form, rung, until, progress)
            try:
                reply = ask.until_right(check, again)
            except _FormError:
                continue
            _known_rungs[access.url, access.model] = rung
            return reply
        raise ModelError(
            "The model {model} at {host} answered, but not in the form asked for. Try another model.",
            model=access.model,
            host=access.host,
        )


def try_connection(access: ModelAccess, *, seconds: float = _CONNECTION_SECONDS) -> Message:
    """Ask the model for one word, and say how long it took.

    Raises
    ------
    ModelError
        If the address, the key or the model does not work, with what to do about it.
    """
    access = access.checked()
    let_out(access)
    load()
    start = time.monotonic()
    letter = seal("Answer with the single word: ready", {})
    ask = _Ask(access, letter, str, "text", start + seconds, silent)
    try:
        ask.once()
    except _FormError as error:
        raise ModelError(
            "The server {host} answered, but not as an OpenAI-compatible one. Check the address: it often ends in /v1.",
            host=access.host,
        ) from error
    took = round(time.monotonic() - start, 1)
    return say(
        "The model {model} at {host} answered in {seconds} s.", model=access.model, host=access.host, seconds=took
    )


def load() -> None:
    """Import what is needed before the clock starts; cold, that alone may take seconds."""
    need("pydantic-ai")
    need("openai")
    import_module("pydantic_ai.models.openai")


class _FormError(Exception):
    """The server refused the form, or the answer did not follow it."""


@dataclass
class _Ask:
    """One letter, asked for in one form of output."""

    access: ModelAccess
    letter: Outbound
    form: type[Any]
    rung: str
    until: float
    progress: Progress
    history: list[Any] = field(default_factory=list)
    outcome: str = ""
    tokens: int | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None

    def until_right(self, check: Callable[[Any], list[str]], again: int) -> Reply[Any]:
        """Ask until nothing is wrong; keep the answer with the fewest problems."""
        best: Reply[Any] | None = None
        for asked in range(1, again + 2):
            try:
                answer = self.once(best.problems if best else ())
            except (_FormError, ModelError):
                if best is None:
                    raise
                return best
            problems = tuple(check(answer))
            if best is None or len(problems) < len(best.problems):
                best = Reply(answer, problems, asked)
            if not problems:
                break
        assert best is not None
        return best

    def once(self, problems: tuple[str, ...] = ()) -> Any:
        """Send the letter, or what was wrong with the last answer to it."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise ModelError(
                "The model {model} at {host} did not answer in time. Allow it more, or choose a faster model.",
                model=self.access.model,
                host=self.access.host,
            )
        note = say("Waiting for the model {model} at {host}.", model=self.access.model, host=self.access.host)
        from openai import OpenAIError
        from pydantic_ai.exceptions import AgentRunError, UserError

        self.outcome, self.tokens, self.tokens_in, self.tokens_out = "no answer", None, None, None
        try:
            return loop_thread().run(self._run(problems, left), seconds=left, progress=self.progress, note=note)
        except Cancelled:
            self.outcome = "cancelled"
            raise
        except (AgentRunError, UserError, OpenAIError, TimeoutError, OSError, ValueError) as error:
            if is_about_form(error):
                self.outcome = "unusable"
                raise _FormError from error
            raise explained(error, self.access) from error
        finally:
            self._record(problems)

    def _record(self, problems: tuple[str, ...]) -> None:
        sent = str(self.letter) + (_ask_again(problems) if self.history and problems else "")
        record(
            Sent(
                host=self.access.host,
                model=self.access.model,
                purpose="chat",
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

    async def _run(self, problems: tuple[str, ...], seconds: float) -> Any:
        import httpx2
        from pydantic_ai.exceptions import UnexpectedModelBehavior
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

        # No redirects: they would carry the customers' data to an address that nobody entered. Proxies from
        # the environment are for the world outside, not for a server on this machine.
        timeout = httpx2.Timeout(seconds, connect=min(seconds, 10.0))
        async with httpx2.AsyncClient(
            timeout=timeout, follow_redirects=False, trust_env=not self.access.stays_near
        ) as client:
            provider = OpenAICompatibleProvider(
                "strata", base_url=self.access.url.strip(), api_key=self.access.key or None, http_client=client
            )
            model = OpenAIChatModel(self.access.model, provider=provider, profile=_profile(self.rung))
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
        model_settings={"timeout": seconds, "max_retries": _NETWORK_TRIES},
    )


def _described(form: type[Any]) -> str:
    """Put the form into words, in the same system message as the rest: many local servers take only one."""
    from pydantic import TypeAdapter

    schema = json.dumps(TypeAdapter(form).json_schema(), ensure_ascii=False)
    return f"Answer with one JSON object that follows this schema, and with nothing before or after it:\n{schema}"


def _profile(rung: str) -> Any:
    """Tell pydantic-ai what the server can do; plain prompting sends nothing but model and messages."""
    able = {
        "native": {"supports_json_schema_output": True},
        "tool": {"supports_tools": True},
    }
    nothing = {"supports_json_object_output": False, "supports_json_schema_output": False, "supports_tools": False}
    return {**nothing, **able.get(rung, {})}


def _ask_again(problems: tuple[str, ...]) -> str:
    listed = "\n".join(f"- {problem}" for problem in problems[:20])
    return f"Correct these points, keep the rest, and give the complete answer again:\n{listed}"

"""Trying: what works at an address, found by asking, and which models the server there has."""

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from segment_core.artifacts import Progress, silent
from segment_core.errors import ModelError
from segment_core.llm import protocols, rungs
from segment_core.llm.access import ModelAccess
from segment_core.llm.calling import Call, FormError
from segment_core.llm.failures import explained
from segment_core.llm.filters import is_unseen
from segment_core.llm.ledger import Sent, digest, let_out, record
from segment_core.llm.loop import loop_thread
from segment_core.llm.outbound import seal
from segment_core.llm.rungs import LADDER, Abilities
from segment_core.messages import Message, say

if TYPE_CHECKING:
    from pydantic import BaseModel

MOST_MODELS, LONGEST_NAME = 500, 200
_CONNECTION_SECONDS, _LIST_SECONDS = 20.0, 10.0
_MOST_BYTES = 4 * 2**20
_TRIES = 2
_WHOLE = (401, 403, 429)
"""Refusals that another form of output would meet with as well."""


@dataclass(frozen=True, slots=True)
class Connection:
    """What a test of a connection found, and the sentence that says so."""

    abilities: Abilities
    seconds: float
    message: Message

    def __str__(self) -> str:
        return str(self.message)


def try_connection(
    access: ModelAccess, *, seconds: float = _CONNECTION_SECONDS, progress: Progress = silent
) -> Connection:
    """Have a tiny form filled in each form of output, say what works, and remember it.

    `seconds` is the time for each. The form's one field is named in its schema only, so that a server which takes a
    schema and then ignores it is found out.

    Raises
    ------
    ModelError
        If the address, the key or the model does not work, with what to do about it.
    """
    access = access.checked()
    let_out(access)
    protocols.load(access.protocol)
    start = time.monotonic()
    found: dict[str, float] = {}
    first: ModelError | None = None
    for rung in LADDER:
        began = time.monotonic()
        letter = seal("Fill the form to say that you are ready.", {}, purpose="connection test")
        call = Call(access, letter, _form(), rung, began + seconds, progress, tries=_TRIES)
        try:
            call.once()
        except FormError:
            continue
        except ModelError as error:
            if call.status is None or call.status in _WHOLE or 300 <= call.status < 400:
                raise
            first = first or error
        else:
            found[rung] = round(time.monotonic() - began, 1)
    if not found:
        if first is not None:
            raise first
        _word(access, seconds, progress)
        raise ModelError(
            "The model {model} at {host} answers, but fills no form. Try another model.",
            model=access.model,
            host=access.host,
        )
    abilities = Abilities(**found)
    rungs.remember(access, abilities)
    took = round(time.monotonic() - start, 1)
    return Connection(abilities, took, _said(access, took))


def models_at(access: ModelAccess, *, seconds: float = _LIST_SECONDS, progress: Progress = silent) -> tuple[str, ...]:
    """Return the names of the models that the server has, in order; nothing of the customers is sent.

    Names that hold what cannot be seen, or longer than `LONGEST_NAME`, are passed over; so are all after `MOST_MODELS`.

    Raises
    ------
    ModelError
        If the server cannot be reached, refuses, or does not list its models.
    """
    access = ModelAccess(access.url, access.model or "any", access.key).checked()
    let_out(access)
    protocols.load(access.protocol)
    from httpx2 import HTTPError

    note = say("Asking {host} which models it has.", host=access.host)
    outcome = "no answer"
    try:
        status, said = loop_thread().run(_listed(access, seconds), seconds=seconds, progress=progress, note=note)
        outcome = "answered" if status < 300 else f"status {status}"
        if status >= 300:
            raise explained(FormError(status), access)
    except (HTTPError, TimeoutError, OSError) as error:
        raise explained(error, access) from error
    finally:
        record(
            Sent(
                host=access.host,
                model="",
                purpose="models",
                n_texts=0,
                n_characters=0,
                n_masked=0,
                sha256=digest(b""),
                outcome=outcome,
            )
        )
    return _names(said, access)


def _form() -> "type[BaseModel]":
    from pydantic import create_model

    return create_model("Readiness", strata_ready=(bool, ...))


def _word(access: ModelAccess, seconds: float, progress: Progress) -> None:
    """Ask for one word; what fills no form may still be no language model at all."""
    letter = seal("Answer with the single word: ready", {}, purpose="connection test")
    try:
        Call(access, letter, str, "text", time.monotonic() + seconds, progress, tries=_TRIES).once()
    except FormError as error:
        if error.status_code is not None:
            raise explained(error, access) from error
        raise ModelError(
            "The server {host} answered, but not as a language model does. Check the address: it often ends in /v1.",
            host=access.host,
        ) from error


def _said(access: ModelAccess, seconds: float) -> Message:
    return say("The model {model} at {host} works. {seconds} s", model=access.model, host=access.host, seconds=seconds)


async def _listed(access: ModelAccess, seconds: float) -> tuple[int, bytes]:
    headers = {"anthropic-version": "2023-06-01"} if access.protocol == "anthropic" else {}
    async with (
        protocols.connect(access, seconds) as client,
        client.stream("GET", protocols.models_address(access), headers=headers) as response,
    ):
        said = b""
        async for part in response.aiter_bytes():
            said += part
            if len(said) > _MOST_BYTES:
                break
        return response.status_code, said


def _names(said: bytes, access: ModelAccess) -> tuple[str, ...]:
    try:
        body = json.loads(said)
        if access.protocol == "google":
            listed = [
                one["name"].removeprefix("models/")
                for one in body["models"]
                if "generateContent" in one.get("supportedGenerationMethods", ["generateContent"])
            ]
        else:
            listed = [one["id"] for one in body["data"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ModelError(
            "The server {host} does not list its models. Enter the name of one by hand.", host=access.host
        ) from error
    fit = {name for name in listed if isinstance(name, str) and 0 < len(name) <= LONGEST_NAME and _is_plain(name)}
    return tuple(sorted(fit))[:MOST_MODELS]


def _is_plain(name: str) -> bool:
    return not any(letter.isspace() or is_unseen(letter) for letter in name)

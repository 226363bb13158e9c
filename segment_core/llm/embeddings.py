"""Embeddings: texts become vectors at an OpenAI-compatible address, cleaned and masked before they leave."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from segment_core.artifacts import Floats, Progress, silent
from segment_core.errors import Cancelled, ModelError
from segment_core.extras import need
from segment_core.llm.access import ModelAccess
from segment_core.llm.failures import explained
from segment_core.llm.ledger import Sent, digest, let_out, record
from segment_core.llm.loop import loop_thread
from segment_core.llm.outbound import Outbound, clean, masks_in
from segment_core.llm.protocols import connect, embeddings_address, embeddings_headers
from segment_core.llm.retries import is_passing, is_reset, wait_before
from segment_core.messages import Message, say

if TYPE_CHECKING:
    from httpx2 import AsyncClient

TRIES = 5
FIRST_WAIT = 0.5
MOST_DIMENSIONS = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """Vectors (n_texts, d) float32 as the server gave them, zero where a text is empty, and what was sent for them.

    `tokens` is what the server reported, None where it did not.
    """

    matrix: Floats
    n_sent: int
    n_characters: int
    n_masked: int
    tokens: int | None


def embed(
    texts: Sequence[str],
    access: ModelAccess,
    *,
    longest: int = 2000,
    batch: int = 64,
    seconds: float = 60.0,
    progress: Progress = silent,
) -> Embedded:
    """Send texts in batches and put what comes back in their order.

    Each text is brought to one form, masked, and cut to `longest` characters; equal ones are sent once. A server
    that is busy or fails is asked again, ever later, within the `seconds` that each batch has.

    Raises
    ------
    ModelError
        If the switch is off, or the server cannot be reached, refuses, or answers with anything but one vector of
        finite numbers for each text, all of one length.
    Cancelled
        If `progress` raised it; the connection is then closed at once.
    """
    access = access.checked()
    let_out(access)
    embeddings_address(access)
    need("httpx2")
    cleaned = []
    for number, text in enumerate(texts):
        if number % 200 == 0:
            progress(0.1 * number / len(texts), 1, say("Masking texts: {done:,} of {n:,}", done=number, n=len(texts)))
        cleaned.append(clean(text, longest))
    masked = {text: count for text, count in cleaned if text}
    distinct = sorted(masked, key=lambda text: (len(text), text))
    found: list[Floats] = []
    tokens: list[int | None] = []
    for start in range(0, len(distinct), batch):
        note = say("Texts read at {host}: {done:,} of {n:,}", host=access.host, done=start, n=len(distinct))
        part = distinct[start : start + batch]
        call = _Call(access, part, sum(masked[text] for text in part), seconds)
        vectors, used = call.answer(_held_at(progress, 0.1 + 0.9 * start / len(distinct)), note)
        if found and vectors.shape[1] != found[0].shape[1]:
            raise _uneven(access, found[0].shape[1], vectors.shape[1])
        found.append(vectors)
        tokens.append(used)
    place = {text: row for row, text in enumerate(distinct)}
    table = np.vstack([*found, np.zeros((1, found[0].shape[1]))]) if found else np.zeros((1, 1))
    matrix = table[[place.get(text, -1) for text, _ in cleaned]].astype(np.float32)
    known = [used for used in tokens if used is not None]
    progress(1, 1, say("Texts read"))
    return Embedded(
        matrix,
        len(distinct),
        sum(map(len, distinct)),
        sum(masked.values()),
        sum(known) if known and len(known) == len(tokens) else None,
    )


def example(texts: Sequence[str], access: ModelAccess, *, longest: int = 2000) -> Outbound:
    """Return a call with these texts as JSON, letter by letter as `embed` would send it; nothing is sent."""
    cleaned = {text: count for text, count in (clean(one, longest) for one in texts) if text}
    distinct = sorted(cleaned, key=lambda text: (len(text), text))
    return Outbound("", _payload(access, distinct), sum(cleaned.values()))


def _payload(access: ModelAccess, texts: Sequence[str]) -> str:
    return json.dumps(_body(access, texts), ensure_ascii=False)


def _body(access: ModelAccess, texts: Sequence[str]) -> dict[str, Any]:
    return {"model": access.model, "input": list(texts), "encoding_format": "float"}


@dataclass(slots=True)
class _Call:
    """One batch: asked for until it is answered, and entered in the ledger however it ends."""

    access: ModelAccess
    texts: list[str]
    n_masked: int
    seconds: float
    n_tries: int = 0

    def answer(self, progress: Progress, note: Message) -> tuple[Floats, int | None]:
        from httpx2 import HTTPError

        written = _payload(self.access, self.texts)
        payload = written.encode("utf-8", "replace")
        outcome, tokens = "no answer", None
        try:
            status, said = loop_thread().run(self._ask(payload), seconds=self.seconds, progress=progress, note=note)
            outcome = "unusable" if status < 300 else f"status {status}"
            if status >= 300:
                raise explained(_Refused(status), self.access)
            vectors, tokens = _read(said, len(self.texts), self.access)
            outcome = "answered"
        except Cancelled:
            outcome = "cancelled"
            raise
        except (HTTPError, TimeoutError, OSError) as error:
            raise explained(_as_timeout(error), self.access) from error
        finally:
            record(
                Sent(
                    host=self.access.host,
                    model=self.access.model,
                    purpose="embeddings",
                    n_texts=len(self.texts),
                    n_characters=sum(map(len, self.texts)),
                    n_masked=self.n_masked,
                    sha256=digest(payload),
                    tokens=tokens,
                    tokens_in=tokens,
                    tokens_out=None if tokens is None else 0,
                    outcome=outcome,
                    n_tries=max(1, self.n_tries),
                    masks=masks_in(written),
                ),
                self.access,
            )
        return vectors, tokens

    async def _ask(self, payload: bytes) -> tuple[int, bytes]:
        async with connect(self.access, self.seconds, headers=embeddings_headers(self.access)) as client:
            return await self._until_answered(client, payload)

    async def _until_answered(self, client: "AsyncClient", payload: bytes) -> tuple[int, bytes]:
        import asyncio

        from httpx2 import HTTPError

        url, headers = embeddings_address(self.access), {"Content-Type": "application/json"}
        for tried in range(1, TRIES + 1):
            self.n_tries = tried
            asked = ""
            try:
                response = await client.post(url, content=payload, headers=headers)
            except HTTPError as error:
                if tried == TRIES or not is_reset(error):
                    raise
            else:
                if tried == TRIES or not is_passing(response.status_code):
                    return response.status_code, response.content
                asked = response.headers.get("Retry-After", "")
            await asyncio.sleep(wait_before(tried, asked, seed=digest(payload), first=FIRST_WAIT))
        raise AssertionError("the last try returns or raises")


class _Refused(Exception):  # noqa: N818
    """The server answered with a status that is not a success."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status_code = status


def _as_timeout(error: BaseException) -> BaseException:
    from httpx2 import TimeoutException

    return TimeoutError() if isinstance(error, TimeoutException) else error


def _held_at(progress: Progress, part: float) -> Progress:
    """Keep telling the caller, who may want to stop, while a batch is on its way."""

    def told(done: float, total: float, note: Message) -> None:
        progress(part, 1, note)

    return told


def _read(said: bytes, n_texts: int, access: ModelAccess) -> tuple[Floats, int | None]:
    try:
        body = json.loads(said)
        items = [(item.get("index"), item["embedding"]) for item in body["data"]]
        rows = [np.array(numbers, dtype=np.float64) for _, numbers in items]
        usage = body.get("usage")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ModelError(
            "The server {host} answered, but not with vectors. Check the address, which often ends in /v1, "
            "and that {model} is a model for embeddings.",
            host=access.host,
            model=access.model,
        ) from error
    places = [index for index, _ in items]
    if all(index is None for index in places):
        places = list(range(len(items)))
    if (
        len(items) != n_texts
        or any(type(index) is not int for index in places)
        or sorted(places) != list(range(n_texts))
    ):
        raise ModelError(
            "The server {host} sent {n} vectors for {needed} texts, or not whose is whose. Try another model.",
            host=access.host,
            n=len(items),
            needed=n_texts,
        )
    widths = [row.shape[0] if row.ndim == 1 else 0 for row in rows]
    if len(set(widths)) != 1 or not 1 <= widths[0] <= MOST_DIMENSIONS:
        raise _uneven(access, min(widths), max(widths))
    matrix = np.zeros((n_texts, widths[0]))
    matrix[places] = rows
    with np.errstate(over="ignore"):
        single = matrix.astype(np.float32)
    if not np.isfinite(single).all():
        raise ModelError(
            "The model {model} at {host} sent vectors with numbers that are not finite. Try another model.",
            model=access.model,
            host=access.host,
        )
    return single, _tokens(usage)


def _tokens(usage: Any) -> int | None:
    found = usage.get("total_tokens", usage.get("prompt_tokens")) if isinstance(usage, dict) else None
    return found if type(found) is int and found >= 0 else None


def _uneven(access: ModelAccess, one: int, other: int) -> ModelError:
    return ModelError(
        "The model {model} at {host} sent vectors of {one} and of {other} numbers; all must have one length.",
        model=access.model,
        host=access.host,
        one=one,
        other=other,
    )

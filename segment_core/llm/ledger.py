"""Ledger: what was sent to a language model, when and how much; and the switch that lets nothing leave."""

import hashlib
import json
import math
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Protocol

from segment_core.errors import ModelError
from segment_core.llm.access import ModelAccess
from segment_core.llm.costs import CURRENCY, Price, place, price

FILE = "outbound.jsonl"
OUTBOUND = "outbound"
"""The setting that lets models at other addresses be asked; where it is False nothing leaves this machine."""
PRICES = "prices"
"""The setting with the analyst's own prices: dollars for a million tokens sent and answered, by `costs.place`."""
KEPT = "kept"
"""The outcome of a question whose answer was kept from before: nothing was sent, and nothing is paid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One call to a model. `sha256` is that of what was sent, which is itself kept nowhere, and neither is the key.

    `time` is in seconds since 1970; `tokens`, all of them, `tokens_in` and `tokens_out` are what the server reports,
    None where it reports nothing; `price` is by these, None where it is unknown; `masks` counts the tags that stood in
    what was sent, by kind, and `n_masked` those of them that were set at the door. `outcome` is "answered",
    "cancelled", "no answer", "unusable", "kept" (nothing was sent), or "status" and a number. What was cancelled may
    still be billed. `n_tries` counts how often it was sent, `study` is the study it was sent for.
    """

    host: str
    model: str
    purpose: str
    n_texts: int
    n_characters: int
    n_masked: int
    sha256: str
    tokens: int | None = None
    outcome: str = "answered"
    time: float = field(default_factory=time.time)
    tokens_in: int | None = None
    tokens_out: int | None = None
    price: float | None = None
    currency: str = CURRENCY
    study: str = ""
    n_tries: int = 1
    masks: Mapping[str, int] = field(default_factory=dict)

    @property
    def kept(self) -> bool:
        """Tell whether the answer was kept from before, so that nothing was sent."""
        return self.outcome == KEPT


@dataclass(frozen=True, slots=True)
class Total:
    """What several calls come to. Of `n_calls` that were sent, `n_priced` have a known price and `n_counted` tokens.

    `n_kept` more questions were answered from before, and count in nothing else.
    """

    n_calls: int
    n_kept: int
    n_characters: int
    tokens: int
    tokens_in: int
    tokens_out: int
    n_counted: int
    price: float
    n_priced: int
    masks: Mapping[str, int]


def total(calls: Iterable[Sent]) -> Total:
    """Add up calls."""
    every = tuple(calls)
    sent = [call for call in every if not call.kept]
    masks: Counter[str] = Counter()
    for call in sent:
        masks.update(call.masks)
    priced = [call.price for call in sent if call.price is not None]
    return Total(
        len(sent),
        len(every) - len(sent),
        sum(call.n_characters for call in sent),
        sum(call.tokens or 0 for call in sent),
        sum(call.tokens_in or 0 for call in sent),
        sum(call.tokens_out or 0 for call in sent),
        sum(call.tokens is not None for call in sent),
        math.fsum(priced),
        len(priced),
        dict(masks),
    )


@dataclass(frozen=True, slots=True)
class Ledger:
    """Lines of JSON in a file that is only ever added to. Any number of processes may write to it.

    `open` is the switch: where it is off, nothing goes to any address but those of this machine itself. `study` is
    written beside each call, and `prices` are the analyst's own, by host and model.
    """

    path: Path
    open: bool = True
    study: str = ""
    prices: Mapping[str, Price] = field(default_factory=dict)

    def priced(self, sent: Sent, access: ModelAccess) -> Sent:
        """Write the study beside a call, and what its tokens cost where both are known."""
        sent = replace(sent, study=sent.study or self.study)
        if sent.price is not None or sent.kept or sent.tokens_in is None:
            return sent
        found = price(access, sent.tokens_in, sent.tokens_out or 0, self.prices.get(place(access)))
        return replace(sent, price=found)

    def record(self, sent: Sent) -> None:
        """Add a call. One write a line, so that lines of several processes never mix."""
        line = json.dumps(asdict(sent), ensure_ascii=False) + "\n"
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.encode("utf-8", "replace"))
        finally:
            os.close(handle)

    def entries(self) -> tuple[Sent, ...]:
        """Return all calls, oldest first; a line that broke off when the machine did is passed over."""
        if not self.path.is_file():
            return ()
        found = []
        for line in self.path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                read = json.loads(line)
                found.append(Sent(**{name: read[name] for name in _FIELDS if name in read}))
            except (ValueError, TypeError, AttributeError):
                continue
        return tuple(found)


_FIELDS = tuple(part.name for part in fields(Sent))
_current: ContextVar[Ledger | None] = ContextVar("ledger", default=None)


@contextmanager
def recorded_in(
    folder: Path, *, outbound: bool = True, study: str = "", prices: Mapping[str, Price] | None = None
) -> Iterator[Ledger]:
    """Record every call made by this thread within the block in a folder's ledger; `outbound` False is the switch off.

    `study` is written beside each call; `prices` are the analyst's own, by host and model (see `costs.place`).

    Examples
    --------
    >>> import tempfile
    >>> with recorded_in(Path(tempfile.mkdtemp()), outbound=False):
    ...     let_out(ModelAccess("https://api.example.com/v1", "m"))
    Traceback (most recent call last):
        ...
    segment_core.errors.ModelError: Nothing may leave this machine at the moment, and api.example.com is elsewhere...
    """
    ledger = Ledger(Path(folder) / FILE, outbound, study, prices or {})
    token = _current.set(ledger)
    try:
        yield ledger
    finally:
        _current.reset(token)


class Keeper(Protocol):
    """A workspace, as far as the ledger needs it."""

    @property
    def folder(self) -> Path:
        """Return where the ledger lies."""
        ...

    def setting(self, name: str, default: Any = None) -> Any:
        """Return a setting."""
        ...


def recorded_for(keeper: Keeper, study: str = "") -> AbstractContextManager[Ledger]:
    """Record every call made within the block in a workspace's ledger, by its switch and its own prices."""
    return recorded_in(
        keeper.folder, outbound=bool(keeper.setting(OUTBOUND, True)), study=study, prices=own_prices(keeper)
    )


def own_prices(keeper: Keeper) -> dict[str, Price]:
    """Return the prices that the analyst gave, by host and model."""
    return {name: Price(*map(float, pair)) for name, pair in dict(keeper.setting(PRICES, {})).items()}


def folder() -> Path | None:
    """Return the folder of this thread's block, where answers are kept too; None outside of one."""
    ledger = _current.get()
    return ledger.path.parent if ledger is not None else None


def let_out(access: ModelAccess) -> None:
    """Return if the address may be spoken to; called before any connection is opened.

    Raises
    ------
    ModelError
        If the switch is off and the address is not on this machine itself.
    """
    ledger = _current.get()
    if ledger is not None and not ledger.open and not access.stays_here:
        raise ModelError(
            "Nothing may leave this machine at the moment, and {host} is elsewhere. "
            "Allow it in the settings, or use a model on this machine.",
            host=access.host,
        )


def may_fetch() -> bool:
    """Tell whether a model that is named and not here may be fetched: not where the switch is off."""
    ledger = _current.get()
    return ledger is None or ledger.open


def record(sent: Sent, access: ModelAccess | None = None) -> None:
    """Enter a call in the ledger of this thread's block, if there is one; `access` tells what its tokens cost."""
    ledger = _current.get()
    if ledger is not None:
        ledger.record(ledger.priced(sent, access) if access else replace(sent, study=sent.study or ledger.study))


def digest(payload: bytes) -> str:
    """Return the SHA-256 of what is sent."""
    return hashlib.sha256(payload).hexdigest()


def digest_of(letter: object) -> str:
    """Return the SHA-256 under which a letter, as it is shown before it leaves, is entered once it has."""
    return digest(str(letter).encode("utf-8", "replace"))

"""Reach: how many customers of a segment a campaign can reach, through which channel, and what they are worth."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Customers, Measure
from segment_core.errors import DataError
from segment_core.exporting import contactable
from segment_core.exporting.consent import suppressed
from segment_core.exporting.tables import segment_name
from segment_core.profiles.worth import worth
from segment_core.study import Study

Rows = NDArray[np.bool_]

_EMAIL = re.compile(r"[^\s@,;:<>\"()]{1,64}@[^\s@,;:<>\"()]+\.[^\s@.,;:<>\"()\d]{2,}")
_PHONE = re.compile(r"\+?[\d\s()./\-]+")
_EMAIL_NAME = re.compile(r"e[\W_]?mail|邮件|邮箱", re.IGNORECASE)
_PHONE_NAME = re.compile(
    r"phone|mobile|cell|(?<![a-z])tel(?![a-z])|telefon|handy|whats[\W_]?app|手机|电话", re.IGNORECASE
)
_POST_NAME = re.compile(r"street|address|stra(?:ss|ß)e|adress|anschrift|direcci|indirizzo|地址", re.IGNORECASE)
_NO_ADDRESS = ("consent", "suppression", "yes/no", "date", "money", "vector", "image", "audio")
_READ = 1000
_MARKS = str.maketrans("", "", " +()./-")


def _is_email(text: str) -> bool:
    return len(text) <= 254 and ".." not in text and _EMAIL.fullmatch(text) is not None


def _is_phone(text: str) -> bool:
    bare = text.translate(_MARKS)
    if bare.isascii() and bare.isdigit():  # the usual case, and much faster
        return 7 <= len(bare) <= 15 and len(set(bare)) > 1 and "+" not in text[1:]
    digits = re.sub(r"\D", "", text)
    return 7 <= len(digits) <= 15 and len(set(digits)) > 1 and _PHONE.fullmatch(text) is not None


def _is_post(text: str) -> bool:
    return len(text) >= 5 and "@" not in text and any(letter.isalpha() for letter in text)


_FORMS: Mapping[str, tuple[re.Pattern[str], Callable[[str], bool]]] = {
    "email": (_EMAIL_NAME, _is_email),
    "sms": (_PHONE_NAME, _is_phone),
    "whatsapp": (_PHONE_NAME, _is_phone),
    "phone": (_PHONE_NAME, _is_phone),
    "post": (_POST_NAME, _is_post),
}
REACHED: tuple[str, ...] = tuple(_FORMS)
"""The channels for which a customer needs an address in the file."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What the customers of a segment add up to in a money column, and which share of all that is."""

    column: str
    total: float
    share: float


@dataclass(frozen=True, slots=True)
class Ready:
    """What a campaign finds in a segment.

    `reach` counts by channel those who consented, are not suppressed and have an address that can be one; None where
    the file holds no address for it. The channel "" is any other way, for which consent alone counts. `baseline` and
    `spread` are the rate, or the mean and standard deviation, of the column asked for, among those reachable.
    """

    segment: str
    name: str
    n: int
    suppressed: int
    consented: int
    reach: Mapping[str, int | None]
    worth: tuple[Worth, ...]
    baseline: float | None = None
    spread: float | None = None


def address_columns(customers: Customers) -> tuple[str, ...]:
    """Return the columns that may hold addresses, in the order of the file."""
    return tuple(column.name for column in customers.columns if column.role not in _NO_ADDRESS)


def address_column(customers: Customers, channel: str, chosen: str = "") -> str | None:
    """Return the column that holds the addresses of a channel: `chosen` if it is in the file, else the one found.

    That one is named like it, and most of its cells can be one; an e-mail is told by its cells alone. None where there
    is no such column, or the channel needs no address.
    """
    if channel not in _FORMS:
        return None
    if chosen and chosen in customers.frame.columns:
        return chosen
    name_is, valid = _FORMS[channel]
    found: list[tuple[bool, float, str]] = []
    for column in customers.columns:
        if column.role in _NO_ADDRESS:
            continue
        named = name_is.search(column.name) is not None
        if not named and channel != "email":
            continue
        if channel == "post" and _EMAIL_NAME.search(column.name):
            continue
        cells = [cell for cell in _texts(customers.frame[column.name].dropna().head(_READ)) if cell]
        share = sum(map(valid, cells)) / len(cells) if cells else 0.0
        if share >= 0.5:
            found.append((named, share, column.name))
    # The first of equals: `max` keeps it, and columns come in file order.
    return max(found, key=lambda one: one[:2])[2] if found else None


def reachable(customers: Customers, channel: str, chosen: str = "") -> Rows:
    """Tell for each customer (n,) whether a campaign may and can reach them: consent, no suppression, an address.

    Nobody can be reached through a channel for which the file holds no addresses; "" needs none. `chosen` names the
    column of addresses.
    """
    may: Rows = contactable(customers, channel or None).to_numpy(dtype=np.bool_)
    if channel not in _FORMS:
        return may
    column = address_column(customers, channel, chosen)
    if column is None:
        return np.zeros(len(customers), dtype=np.bool_)
    return may & _valid(customers, column, _FORMS[channel][1])


def reach_of(customers: Customers, channel: str = "", chosen: str = "") -> Mapping[str, Rows | None]:
    """Return what `reachable` says of every channel; None where the file holds no addresses for it.

    `chosen` names the column of addresses of `channel`. Each column is read once, though several channels use it.
    """
    found: dict[str, Rows | None] = {}
    read: dict[tuple[str, Callable[[str], bool]], Rows] = {}
    for code in (*REACHED, ""):
        column = address_column(customers, code, chosen if code == channel else "")
        if code and column is None:
            found[code] = None
            continue
        may: Rows = contactable(customers, code or None).to_numpy(dtype=np.bool_)
        if column is not None:
            valid = _FORMS[code][1]
            if (column, valid) not in read:
                read[column, valid] = _valid(customers, column, valid)
            may = may & read[column, valid]
        found[code] = may
    return found


def readiness(
    study: Study,
    segments: Sequence[str],
    *,
    channel: str = "",
    measure: Measure = "rate",
    column: str = "",
    reached: Mapping[str, Rows | None] | None = None,
) -> tuple[Ready, ...]:
    """Return what a campaign finds in each of these segments, in this order.

    `column` is a yes/no column whose rate, or an amount whose mean, is what to expect without the campaign, among those
    reachable through `channel`. `reached` is what `reach_of` returned, where that is known already.

    Raises
    ------
    DataError
        If there are no segments yet, or a column is not in the file.
    """
    clustering, customers = study.clustering, study.customers
    if clustering is None:
        raise DataError("There are no segments yet. Find segments first.")
    if column and column not in customers.frame.columns:
        raise DataError("There is no column {name} in this file.", name=column)
    against, ids = suppressed(customers).to_numpy(), np.asarray(clustering.ids, dtype=object)
    may = contactable(customers).to_numpy()
    by_channel = reach_of(customers) if reached is None else reached
    found = []
    for segment in segments:
        here = ids == segment
        through = by_channel.get(channel)
        outcome = _outcome(customers, column, here & (may if through is None else through)) if column else np.zeros(0)
        found.append(
            Ready(
                segment,
                segment_name(study, segment),
                int(here.sum()),
                int((here & against).sum()),
                int((here & may).sum()),
                {code: None if rows is None else int((here & rows).sum()) for code, rows in by_channel.items()},
                _worth(customers, segment, here),
                float(outcome.mean()) if len(outcome) else None,
                float(outcome.std(ddof=1)) if measure == "mean" and len(outcome) > 1 else None,
            )
        )
    return tuple(found)


def _worth(customers: Customers, segment: str, here: Rows) -> tuple[Worth, ...]:
    """Add up the money columns that personas do: an average of each customer's own adds up to nothing."""
    return tuple(
        Worth(item.column, float(np.nansum(customers.frame[item.column].to_numpy(np.float64)[here])), item.value)
        for item in worth(customers, here, segment)
        if item.value is not None
    )


def _valid(customers: Customers, column: str, valid: Callable[[str], bool]) -> Rows:
    return np.array([valid(cell) for cell in _texts(customers.frame[column])], dtype=np.bool_)


def _outcome(customers: Customers, column: str, rows: Rows) -> NDArray[np.float64]:
    values = pd.to_numeric(customers.frame[column], errors="coerce").to_numpy(dtype=np.float64)[rows]
    known: NDArray[np.float64] = values[np.isfinite(values)]
    return known


def _texts(cells: "pd.Series[str]") -> list[str]:
    """Return cells as text; a phone number that was read as a number has no decimals."""
    found = []
    for cell in cells.astype(object):
        if isinstance(cell, float):
            found.append(str(int(cell)) if cell.is_integer() else "")
        else:
            found.append(cell.strip() if isinstance(cell, str) else "" if cell is None else str(cell))
    return found

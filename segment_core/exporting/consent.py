"""Consent: who may be contacted, by the consent and suppression columns of the file."""

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from segment_core.artifacts import Customers, Note
from segment_core.messages import say
from segment_core.privacy.permission import is_against, permits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

CHANNELS = {
    "email": r"e[\W_]?mail|newsletter|邮件|邮箱",
    "sms": r"sms|(?<![a-z])text(?![a-z])|短信",
    "phone": r"phone|(?<![a-z])(?:call|tel)(?![a-z])|telefon|电话",
    "post": r"(?<![a-z])(?:post|postal|letter|mailing)(?![a-z])|邮寄",
    "whatsapp": r"whats[\W_]?app",
    "push": r"push",
    "ads": r"(?<![a-z])ads?(?![a-z])|advert|retarget|remarket|广告",
}


def contactable(customers: Customers, channel: str | None = None) -> "pd.Series[bool]":
    """Tell for each customer whether they may be contacted, by the columns with role consent and suppression.

    Without a channel, every consent for no channel in particular must say yes, where there are
    consents for channels ("email_opt_in", "sms_opt_in") at least one of them must, and no suppression
    may say yes. With one ("email"), only its own columns and the general ones count, and all
    must agree. An empty consent is none; an empty suppression is none either. A file without such
    columns lets everybody through.
    """
    consented, unsuppressed = _answers(customers, channel)
    return consented & unsuppressed


def permitted(customers: Customers, channel: str | None = None) -> "pd.Series[bool]":
    """Tell for each customer whether a file for a channel may hold them; stricter than `contactable`.

    Where consents are given for other channels only, nobody consented to this one. For an audience for advertisements,
    about which files seldom ask, one must also be contactable by any channel at all.
    """
    found = contactable(customers, channel)
    if channel == "ads":
        return found & contactable(customers)
    consents = [name for name in customers.named("consent") if not is_against(name, "consent")]
    if channel is None or not consents or any(_channel_of(name) in (None, channel) for name in consents):
        return found
    return found & False


def withheld(customers: Customers, channel: str | None = None, *, only: "Sequence[str] | None" = None) -> Note | None:
    """Say how many customers, or how many of `only` these ids, may not be contacted, and why; None where all may."""
    index = customers.frame.index
    return withheld_at(customers, None if only is None else np.flatnonzero(index.isin(list(only))), channel)


def withheld_at(customers: Customers, rows: "NDArray[np.int64] | None", channel: str | None = None) -> Note | None:
    """Say what `withheld` says of the customers in these rows; None is all."""
    consented, unsuppressed = (answers.to_numpy() for answers in _answers(customers, channel))
    if rows is not None:
        consented, unsuppressed = consented[rows], unsuppressed[rows]
    missing, suppressed = int((~consented).sum()), int((consented & ~unsuppressed).sum())
    n = missing + suppressed
    if not n:
        return None
    if not suppressed:
        message = say("{n} customers withheld: no consent.", n=n)
    elif not missing:
        message = say("{n} customers withheld: suppressed.", n=n)
    else:
        message = say(
            "{n} customers withheld: {missing} without consent, {suppressed} suppressed.",
            n=n,
            missing=missing,
            suppressed=suppressed,
        )
    return Note("withheld", message, n, "warning")


def suppressed(customers: Customers, channel: str | None = None) -> "pd.Series[bool]":
    """Tell for each customer whether a suppression column holds them back, whatever they consented to."""
    return ~_answers(customers, channel)[1]


def has_permissions(customers: Customers) -> bool:
    """Tell whether the file says anything of whom one may contact."""
    return bool(customers.named("consent", "suppression"))


def _answers(customers: Customers, channel: str | None) -> "tuple[pd.Series[bool], pd.Series[bool]]":
    """Return who gave consent, and who is not suppressed."""
    everybody = pd.Series(True, index=customers.frame.index)
    consented, unsuppressed, any_channel = everybody.copy(), everybody.copy(), ~everybody
    by_channel = False
    for column in customers.columns:
        if column.role not in ("consent", "suppression"):
            continue
        own = _channel_of(column.name)
        if channel is not None and own not in (None, channel):
            continue
        against = is_against(column.name, column.role)
        said = _permitted(customers.frame[column.name], against=against)
        if against:
            unsuppressed &= said
        elif own is None or channel is not None:
            consented &= said
        else:
            by_channel, any_channel = True, any_channel | said
    return (consented & any_channel if by_channel else consented), unsuppressed


def _permitted(cells: "pd.Series[str]", *, against: bool) -> "pd.Series[bool]":
    # A million customers give few answers: each is read once.
    codes, values = pd.factorize(cells.astype(object), use_na_sentinel=False)
    answers = [permits(cell if isinstance(cell, str) else None, against=against) for cell in values]
    return pd.Series(np.array(answers, dtype=np.bool_)[codes], index=cells.index, dtype=bool)


def _channel_of(name: str) -> str | None:
    return next((one for one, words in CHANNELS.items() if re.search(words, name, re.IGNORECASE)), None)

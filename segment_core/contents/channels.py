"""Channels: the lines that a message has in each channel, how long each may be, and how the channel counts."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from segment_core.artifacts import Channel

How = Literal["characters", "sms", "weighted", "double"]

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = frozenset("^{}\\[~]|€\f")
"""The default alphabet of GSM 03.38 (3GPP TS 23.038, 6.2.1), and its extension, where a character takes two septets."""

SEPTETS, UNITS = (160, 153), (70, 67)
"""What one SMS holds, and each part of a longer one (3GPP TS 23.040: the rest of a part numbers it)."""

_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that count one on X; all others count two (twitter-text, configuration version 3)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a message: at most `limit`, counted `how` the channel counts.

    `hard` tells a limit that the channel sets from one up to which a line is usually shown in full.
    """

    limit: int
    how: How = "characters"
    hard: bool = False


CHANNELS: Mapping[Channel, Mapping[str, Line]] = {
    "email": {"subject": Line(60), "preview": Line(90), "body": Line(1200)},
    "sms": {"text": Line(160, "sms", hard=True)},
    "push": {"title": Line(40), "body": Line(120)},
    "social": {"post": Line(280, "weighted", hard=True)},
    "ad": {
        "headline 1": Line(30, "double", hard=True),
        "headline 2": Line(30, "double", hard=True),
        "headline 3": Line(30, "double", hard=True),
        "description 1": Line(90, "double", hard=True),
        "description 2": Line(90, "double", hard=True),
    },
    "landing": {"headline": Line(60), "subline": Line(140), "button": Line(25)},
}
"""The lines of each channel.

Set by the channel: an SMS of one part (3GPP TS 23.038); a post on X, 280 weighted characters (twitter-text); headlines
of 30 and descriptions of 90 in a responsive search ad, double-width characters counting two (Google Ads help, "About
responsive search ads"). The others are what is usually shown in full: no standard cuts a subject (RFC 5322 allows 998
characters a line), mail programs on a desk show about 60 of it and about 90 of a preview; phones show about 40 of a
push title and 120 of its text before it is opened.
"""


def length(text: str, how: How) -> int:
    """Return how long a text is as a channel counts.

    "characters" counts what a reader sees as one character; "sms" septets, or UTF-16 units as soon as one character is
    outside the GSM alphabet; "weighted" as X does, an emoji of whatever parts counting two; "double" counts
    full-width characters twice.

    Examples
    --------
    >>> length("€5", "sms"), length("日本", "weighted"), length("日本 ad", "double")
    (3, 4, 7)
    """
    if how == "sms":
        return _septets(text) if fits_gsm(text) else len(text.encode("utf-16-le", "surrogatepass")) // 2
    composed = unicodedata.normalize("NFC", text)
    if how == "double":
        return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in composed)
    if how == "weighted":
        return sum(2 if _is_emoji(seen) else sum(map(_weight, seen)) for seen in _seen(composed))
    return len(_seen(composed))


def limit(line: Line, text: str) -> int:
    """Return the limit for this text: an SMS that needs other letters than GSM's holds less."""
    return UNITS[0] if line.how == "sms" and not fits_gsm(text) else line.limit


def fits(line: Line, text: str) -> bool:
    """Tell whether a text keeps to its line's limit."""
    return length(text, line.how) <= limit(line, text)


def parts(text: str) -> int:
    """Return how many parts an SMS is sent in.

    A character of two units or septets is never split over two parts, so a part may end one short.
    """
    one, each = SEPTETS if fits_gsm(text) else UNITS
    if length(text, "sms") <= one:
        return 1
    n, room = 1, each
    for letter in text:
        size = _septets(letter) if one == SEPTETS[0] else len(letter.encode("utf-16-le", "surrogatepass")) // 2
        if size > room:
            n, room = n + 1, each
        room -= size
    return n


def fits_gsm(text: str) -> bool:
    """Tell whether a text can be sent in the GSM alphabet."""
    return all(letter in GSM or letter in GSM_TWICE for letter in text)


def _septets(text: str) -> int:
    return sum(2 if letter in GSM_TWICE else 1 for letter in text)


def _weight(letter: str) -> int:
    return 1 if any(low <= ord(letter) <= high for low, high in _LIGHT) else 2


def _seen(text: str) -> list[str]:
    """Split a text into what a reader sees as characters: marks, joined emoji and flags belong together."""
    found: list[str] = []
    for letter in text:
        joined = bool(found) and (found[-1].endswith("\u200d") or _belongs_to_the_last(letter, found[-1]))
        if joined:
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _belongs_to_the_last(letter: str, last: str) -> bool:
    if letter == "\n" and last == "\r":
        return True
    if unicodedata.category(letter) in ("Mn", "Me", "Mc") or letter == "\u200d" or _is_tone(letter):
        return True
    return _is_flag_half(letter) and len(last) == 1 and _is_flag_half(last)


def _is_emoji(seen: str) -> bool:
    first = ord(seen[0])
    pictured = 0x1F000 <= first <= 0x1FAFF or 0x2300 <= first <= 0x27BF or 0x2B00 <= first <= 0x2BFF
    return pictured or "\ufe0f" in seen or "\u20e3" in seen


def _is_tone(letter: str) -> bool:
    return 0x1F3FB <= ord(letter) <= 0x1F3FF or 0xE0020 <= ord(letter) <= 0xE007F


def _is_flag_half(letter: str) -> bool:
    return 0x1F1E6 <= ord(letter) <= 0x1F1FF

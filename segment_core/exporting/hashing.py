"""Hashing: e-mail addresses and phone numbers as advertising platforms compare them, and as nobody reads them."""

import hashlib
import re
from typing import Literal

Platform = Literal["google", "meta"]


GMAIL = ("gmail.com", "googlemail.com")


def hashed_email(cell: object, platform: Platform = "meta") -> str:
    """Return the SHA-256 (hex) of an address without blanks around it and in lower case; "" where it is none.

    For Google, as its Data Manager API asks, addresses at Gmail lose their dots and what follows a plus, and blanks
    inside are taken out; all others, and all for Meta, stay as their owner wrote them.

    Examples
    --------
    >>> hashed_email(" Ann@Example.com ") == hashed_email("ann@example.com")
    True
    >>> hashed_email("ann.lee+shop@gmail.com", "google") == hashed_email("annlee@gmail.com")
    True
    """
    text = cell.strip().lower() if isinstance(cell, str) else ""
    if platform == "google":
        text = "".join(text.split())
        own, _, domain = text.rpartition("@")
        if domain in GMAIL:
            text = f"{own.partition('+')[0].replace('.', '')}@{domain}"
    return _sha(text) if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) else ""


def hashed_phone(cell: object, country: str, platform: Platform = "google") -> str:
    """Return the SHA-256 (hex) of a number in E.164; "" where it is none, or its country is not known.

    `country` (such as "DE") is that of numbers written without one. Google takes the + along, Meta the digits alone.
    """
    import phonenumbers

    text = cell.strip() if isinstance(cell, str) else ""
    if not text:
        return ""
    if text.startswith("00"):
        text = "+" + text[2:]
    try:
        number = phonenumbers.parse(text, country.upper() or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return _sha(written if platform == "google" else written.removeprefix("+"))


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()

"""Masking: addresses, phone and card numbers are blanked out before a text leaves; best effort, and names stay."""

import re

_EMAIL = re.compile(
    r"[^\s@<>()\[\]{},;:\"'“”，。；：]+@[^\s@<>()\[\]{},;:\"'“”，。；：]+\.[^\s@<>()\[\]{},;:\"'“”，。；：]+"
)
_DIGITS = re.compile(r"(?<![A-Za-z0-9])\+?\(?\d(?:[\s().\-/]{0,2}\d){6,}(?![A-Za-z0-9])")
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_NATIONAL_ID = re.compile(r"(?<![A-Za-z0-9])\d{17}[\dXx](?![A-Za-z0-9])")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")


def mask(text: str) -> tuple[str, int]:
    """Replace e-mail addresses and long digit runs by tags; return the text and how many were replaced.

    Examples
    --------
    >>> mask("Call +44 20 7946 0958 or write to jo@example.org")
    ('Call [PHONE] or write to [EMAIL]', 2)
    """
    count = 0
    for pattern, tag in ((_EMAIL, "[EMAIL]"), (_IBAN, "[ACCOUNT]"), (_NATIONAL_ID, "[ID]")):
        text, found = pattern.subn(tag, text)
        count += found
    masked = 0

    def tagged(match: re.Match[str]) -> str:
        nonlocal masked
        if _DATE.fullmatch(match.group()):
            return match.group()
        masked += 1
        return "[CARD]" if _is_card(match.group()) else "[PHONE]"

    return _DIGITS.sub(tagged, text), count + masked


def _is_card(text: str) -> bool:
    """Check length and the Luhn sum."""
    digits = [int(letter) for letter in text if letter.isdigit()]
    doubled = [digit if place % 2 == 0 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 19 and sum(doubled) % 10 == 0

"""Banking: card numbers by issuer and Luhn sum, IBANs by their check digits."""

import re
from collections.abc import Iterator
from functools import cache

from segment_core.privacy.found import Found

_ISSUERS = re.compile(
    r"4(?:\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}"
    r"|35(?:2[89]|[3-8]\d)\d{12}|(?:6011|64[4-9]\d|65\d\d)\d{12}|62\d{14,17}|(?:5[0678]|6[037])\d{14}|220[0-4]\d{12}"
    r"|(?:60|65|81|82|508|50[2-9])\d{14}",
    re.ASCII,
)
_OLD_VISA = re.compile(r"4\d{3}[ -]\d{3}[ -]\d{3}[ -]\d{3}", re.ASCII)
_IBAN = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,40}", re.ASCII)


def is_card(written: str, digits: str) -> bool:
    """Tell whether digits have an issuer's first digits, its length, and a Luhn sum of 0."""
    if not _ISSUERS.fullmatch(digits) and not _OLD_VISA.fullmatch(written):
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return len(set(digits)) > 1 and (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def ibans(text: str) -> Iterator[Found]:
    """Find IBANs, in groups of four or written together; what follows one is cut off by its country's length."""
    place = 0
    while match := _IBAN.search(text, place):
        start = match.start()
        place = start + 2
        length = _length(text[start : start + 2].upper())
        if not length:
            continue
        place_of = [at for at in range(start, match.end()) if text[at].isalnum()]
        letters = "".join(text[at] for at in place_of).upper()
        if not length <= len(letters) or not _checks(letters[:length]):
            continue
        end = place_of[length - 1] + 1
        if end < len(text) and text[end].isascii() and text[end].isalnum():
            continue
        yield Found("IBAN", start, end, text[start:end], letters[:length])
        place = end


@cache
def _length(country: str) -> int:
    """Return how long a country's IBAN is, or 0."""
    from stdnum import numdb

    structure = dict(numdb.get("iban").info(country)[0][1]).get("bban", "")
    return 4 + sum(int(number) for number in re.findall(r"\d+", structure)) if structure else 0


def _checks(letters: str) -> bool:
    from stdnum import iban

    return bool(iban.is_valid(letters, check_country=False))

"""Phones: what can be dialled, in every country's way of writing it (phonenumbers), and what only looks so."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import phonenumbers

_DATE = re.compile(
    r"(?:19|20)\d\d([-/. ])\d{1,2}\1\d{1,2}|\d{1,2}([-/. ])\d{1,2}\2(?:19|20)\d\d|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])",
    re.ASCII,
)
_CHINESE_MOBILE = re.compile(r"1[3-9]\d([ -]?)\d{4}\1\d{4}", re.ASCII)
_AREA_IN_BRACKETS = re.compile(r"\((?:0\d{1,4}|[2-9]\d{1,2}|0)\) ?\d[\d -]{4,9}\d", re.ASCII)
_SHAPES = {
    "US": r"(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}|1-8\d\d-\d{3}-\d{4}",
    "ES": r"[6789]\d\d?(?:[ .-]?\d{2,3}){3,4}",
    "IT": r"(?:0\d{1,3}|3\d\d)[ ./-]?\d{3,4}[ ]?\d{3,4}",
    "BR": r"(?:\(\d\d\) ?|\d\d[ -])(?:9[ .]?)?\d{4}[ .-]\d{4}|\d\d9\d{8}",
    "PL": r"[1-9]\d\d[ -]?\d{3}[ -]?\d{3}|\(?[1-9]\d\)?[ -]\d{3}[ -]\d\d[ -]\d\d",
    "PT": r"[29]\d\d? ?\d{3} ?\d{3}|[29]\d ?\d{3} ?\d\d ?\d\d",
    "IN": r"[6-9]\d{4}[ -]?\d{5}|[6-9]\d{2}[ -]\d{3}[ -]\d{4}",
    "MX": r"\(?[2-9]\d{1,2}\)?[ -]\d{3,4}[ -]\d{4}",
    "NO": r"[2-9]\d(?: \d\d){3}|[49]\d\d \d\d \d{3}",
    "DK": r"[2-9]\d(?: \d\d){3}",
    "CZ": r"[2-7]\d\d \d{3} \d{3}",
    "GR": r"(?:2\d{2,3}|69\d)[ -]?\d{3}[ -]?\d{3,4}",
    "HK": r"[5679]\d{3}[ -]\d{4}",
    "CO": r"3\d\d[ -]?\d{3}[ -]?\d{4}",
    "CL": r"9[ ]?\d{4}[ ]?\d{4}",
    "RU": r"8[ -]?\(?9\d\d\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d",
}
"""How countries without a trunk 0 write a number at home. Elsewhere it starts with 0."""

_AT_HOME = {region: re.compile(shape, re.ASCII) for region, shape in _SHAPES.items()}
_TRUNK = re.compile(r"\(?0[1-9][\d ()./-]{6,16}\d|\(0\)[\d ()./-]{6,16}\d", re.ASCII)
_FAR_FROM_ANY = ("US", "GB", "DE", "FR", "IT", "NL", "SE", "IN", "AU", "JP", "CN", "BE", "AT", "CH", "IE", "ZA", "TR")
_FEWEST, _MOST = 7, 15


def is_phone(written: str, regions: Sequence[str], said: str) -> bool:  # noqa: PLR0911 - one question after the other
    """Tell whether digits are a phone number: international, called one, or written as one of `regions`.

    `regions` are those of the text's language; without any, only what is written as a phone is
    everywhere, with blanks or brackets, is taken.
    """
    digits = re.sub(r"\D", "", written)
    if not _FEWEST <= len(digits) <= _MOST or len(set(digits)) == 1:
        return False
    if written.lstrip("(").startswith("+"):
        return _possible(written, None)
    if _DATE.fullmatch(written) or said not in ("", "phone"):
        return False
    if said == "phone" or (digits.startswith("00") and _valid("+" + digits[2:], None)):
        return True
    if _CHINESE_MOBILE.fullmatch(written) and (not regions or "CN" in regions):
        return True
    if _AREA_IN_BRACKETS.fullmatch(written):
        return True
    grouped = len(written) > len(digits)
    if _TRUNK.fullmatch(written):
        if not regions:
            return grouped and any(_valid(written, region) for region in _FAR_FROM_ANY)
        return any(_valid(written, region) or (grouped and _possible(written, region)) for region in regions)
    if not regions:
        return grouped and bool(_AT_HOME["US"].fullmatch(written)) and _valid(written, "US")
    return any(_at_home(written, region) for region in regions)


def normal(written: str, regions: Sequence[str]) -> str:
    """Write a phone number as E.164 where its country is known, else as its digits."""
    import phonenumbers

    for region in (None,) if written.startswith("+") else regions or ("CN",):
        number = _parsed(written, region)
        if number is not None and (region is None or phonenumbers.is_valid_number(number)):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return re.sub(r"\D", "", written)


def _at_home(written: str, region: str) -> bool:
    shape = _AT_HOME.get(region)
    return bool(shape and shape.fullmatch(written)) and _valid(written, region)


@lru_cache(maxsize=4096)
def _valid(written: str, region: str | None) -> bool:
    import phonenumbers

    number = _parsed(written, region)
    return number is not None and phonenumbers.is_valid_number(number)


def _possible(written: str, region: str | None) -> bool:
    import phonenumbers

    number = _parsed(written, region)
    return number is not None and phonenumbers.is_possible_number(number)


def _parsed(written: str, region: str | None) -> "phonenumbers.PhoneNumber | None":
    import phonenumbers

    try:
        return phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None

"""Quantities: the numbers in a text with their units, so that "10 %" and "10 percent" are the same."""

import re

from segment_core.llm.filters import fold

_UNITS = {
    "%": r"%|per ?cent|percent|pct",
    "eur": r"€|eur\b|euros?\b",
    "usd": r"\$|usd\b|dollars?\b|美元",
    "gbp": r"£|gbp\b|pounds?\b|英镑",
    "cny": r"¥|元|块|rmb\b|cny\b|yuan\b",
    "折": r"折",
    "day": r"days?\b|天|日",
    "week": r"weeks?\b|周",
    "month": r"months?\b|个?月",
    "year": r"years?\b|年",
    "hour": r"hours?\b|小时",
    "minute": r"min(?:ute)?s?\b|分钟",
}
_UNIT = "|".join(f"(?:{pattern})" for pattern in _UNITS.values())
_NUMBER = re.compile(rf"(?P<before>[$€£¥])?\s?(?P<number>\d+(?:[.,]\d+)*)\s?-?(?P<after>{_UNIT})?")


def quantities(text: str) -> frozenset[tuple[str, str]]:
    """Return each number as written without marks for thousands, and its unit or "".

    A mark before exactly three digits is one for thousands: "1.000" is a thousand.

    Examples
    --------
    >>> sorted(quantities("10 % off above 1,000.50 €"))
    [('10', '%'), ('1000.5', 'eur')]
    """
    found = set()
    for match in _NUMBER.finditer(fold(text)):
        found.add((_plain(match["number"]), _unit(match["before"] or match["after"] or "")))
    return frozenset(found)


def without_quantities(text: str) -> str:
    """Return a folded text with its numbers and their units blanked out."""
    return _NUMBER.sub(" ", text)


def _plain(number: str) -> str:
    *groups, last = re.split(r"[.,]", number)
    if not groups:
        return last.lstrip("0") or "0"
    whole = "".join(groups)
    if len(last) == 3:
        return (whole + last).lstrip("0") or "0"
    rest = last.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")


def _unit(text: str) -> str:
    return next((unit for unit, pattern in _UNITS.items() if re.fullmatch(pattern, text)), "")

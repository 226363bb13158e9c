"""Dates: text becomes moments; whether the day or the month comes first is decided from all values."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

Order = Literal["day first", "month first"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 45
_TIME = (
    r"(?:[T,\s]+(?P<H>[0-9]{1,2}):(?P<M>[0-9]{2})(?::(?P<S>[0-9]{2})(?:[.,][0-9]+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?"
)
_DAY_NAME = r"(?:[A-Za-z]{3,9}\.?,?\s+)?"
_YEAR_FIRST = re.compile(r"(?P<y>[12][0-9]{3})(?:[-/.]|年)(?P<m>[0-9]{1,2})(?:[-/.]|月)(?P<d>[0-9]{1,2})日?" + _TIME)
_YEAR_LAST = re.compile(r"(?P<a>[0-9]{1,2})[-/.](?P<b>[0-9]{1,2})[-/.](?P<y>[0-9]{4}|[0-9]{2})" + _TIME)
_DAY_MONTH = re.compile(
    _DAY_NAME
    + r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[-\s.]+(?P<name>[A-Za-z]{3,9})\.?,?[-\s]+(?P<y>[0-9]{4}|[0-9]{2})"
    + _TIME
)
_MONTH_DAY = re.compile(
    _DAY_NAME + r"(?P<name>[A-Za-z]{3,9})\.?\s+(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>[0-9]{4})" + _TIME
)
_COMPACT = re.compile(r"(?P<y>19[0-9]{2}|20[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])")


def dates_of(distinct: Iterable[str], *, compact: bool = False, day_first: bool = True) -> dict[str, datetime | None]:
    """Parse distinct texts as moments, None where they are no date.

    Year first, day or month first, and months by English name are known; times of day are
    kept, zones are brought to UTC. `day_first` only decides where no value does.
    `compact` also takes 20240131, which could be a number.

    Examples
    --------
    >>> [moment.month for moment in dates_of(["31/01/2024", "1/2/2024"]).values()]
    [1, 2]
    """
    texts = list(distinct)
    order = date_order(texts)
    first = day_first if order is None else order == "day first"
    return {text: _moment(text.strip(), compact, first) for text in texts}


def date_order(distinct: Iterable[str]) -> Order | None:
    """Tell from all values together whether the day or the month comes first; None where they leave it open."""
    day = month = 0
    for text in distinct:
        if found := _year_last(text):
            day += int(found["a"]) > 12
            month += int(found["b"]) > 12
    if day == month:
        return None
    return "day first" if day > month else "month first"


def is_ambiguous(distinct: Iterable[str]) -> bool:
    """Tell whether a column has dates such as 3/4/2024 and nothing that decides how to read them."""
    texts = list(distinct)
    return any(_year_last(text) for text in texts) and date_order(texts) is None


def _year_last(text: str) -> re.Match[str] | None:
    return _YEAR_LAST.fullmatch(text.strip()) if 6 <= len(text) <= _LONGEST else None


def _moment(text: str, compact: bool, day_first: bool) -> datetime | None:
    if not 6 <= len(text) <= _LONGEST:
        return None
    for pattern in (_YEAR_FIRST, _YEAR_LAST, _DAY_MONTH, _MONTH_DAY):
        if found := pattern.fullmatch(text):
            return _assembled(found.groupdict(), day_first)
    found = _COMPACT.fullmatch(text) if compact else None
    return _assembled(found.groupdict(), day_first) if found else None


def _assembled(parts: dict[str, str | None], day_first: bool) -> datetime | None:
    """Put year, month, day, time and zone together; an impossible date is none."""
    year = int(parts["y"] or 0)
    if year < 100:
        year += 2000 if year < 70 else 1900
    if "a" in parts:
        parts["d"], parts["m"] = (parts["a"], parts["b"]) if day_first else (parts["b"], parts["a"])
    name = (parts.get("name") or "")[:3].lower()
    if name and name not in _MONTHS:
        return None
    month = _MONTHS.index(name) + 1 if name else int(parts["m"] or 0)
    hour, half = int(parts.get("H") or 0), (parts.get("half") or "")[:1].lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        found = datetime(
            year, month, int(parts["d"] or 0), hour, int(parts.get("M") or 0), min(int(parts.get("S") or 0), 59)
        )
    except ValueError:
        return None
    zone = parts.get("zone") or ""
    if zone[:1] in ("+", "-"):
        away = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        found = found - away if zone[0] == "+" else found + away
    return found

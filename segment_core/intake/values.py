"""Values: text becomes numbers and yes/no. Judged over all distinct values, so the order of rows cannot matter."""

import math
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.intake.distincts import in_arrow

if TYPE_CHECKING:
    import pyarrow as pa

NOTHING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "?", ".", "<na>", "missing"})
"""What people write where there is no value, in lower case; counts as missing in numbers, dates and yes/no."""

NO_TEXT = NOTHING - {"none", "nil", "missing"}
"""The same for free text, where "none" can be an answer."""

_YES_NO = (
    ("yes", "no"),
    ("y", "n"),
    ("true", "false"),
    ("t", "f"),
    ("1", "0"),
    ("1.0", "0.0"),
    ("on", "off"),
    ("ja", "nein"),
    ("oui", "non"),
    ("sí", "no"),
    ("si", "no"),
    ("sì", "no"),
    ("sim", "não"),
    ("sim", "nao"),
    ("j", "n"),
    ("o", "n"),
    ("s", "n"),
    ("wahr", "falsch"),
    ("vrai", "faux"),
    ("verdadero", "falso"),
    ("verdadeiro", "falso"),
    ("vero", "falso"),
    ("v", "f"),
    ("tak", "nie"),
    ("evet", "hayır"),
    ("да", "нет"),
    ("是", "否"),
    ("是", "不是"),
    ("有", "无"),
    ("有", "没有"),
    ("对", "错"),
    ("真", "假"),
    ("耶", "否"),
    ("はい", "いいえ"),
    ("예", "아니오"),
    ("✓", "✗"),
)
_YES = frozenset(yes for yes, _ in _YES_NO)
_NO = frozenset(no for _, no in _YES_NO)

_LONGEST_NUMBER = 40
_ENOUGH = 10_000  # distinct values show a column's sign
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_PLAIN = re.compile(r"[+-]?[0-9]+[.,][0-9]+")
_DIGIT = re.compile("[0-9]")
_CURRENCY = re.compile(
    r"[$£€¥₹₽₩₺฿₫₴₦]|(?<![A-Za-z])(?:USD|EUR|GBP|CHF|CNY|RMB|JPY|INR|AUD|CAD|SEK|NOK|DKK|PLN|CZK|BRL|kr|zł|Kč)(?![A-Za-z])|元"
)
_CLOCK = re.compile(r"([0-9]{1,4}):([0-5][0-9]):([0-5][0-9])(?:\.[0-9]+)?")
_SPAN = re.compile(
    r"(?=[0-9])(?:([0-9]+)\s*(?:d|days?)\s*)?(?:([0-9]+)\s*(?:h|hrs?|hours?)\s*)?(?:([0-9]+)\s*(?:m|mins?|minutes?)\s*)?"
    r"(?:([0-9]+)\s*(?:s|secs?|seconds?))?"
)
_BLANK_THOUSANDS = re.compile(r"(?<=[0-9])[\s\u00a0\u202f'’](?=[0-9]{3}(?![0-9]))")
_COMMA = re.compile(r"[+-]?(?:[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|0,[0-9]+)")
_POINT = re.compile(r"[+-]?(?:[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|0\.[0-9]+)")
_POINT_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]*)?")
_COMMA_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]*)?")
_TYPED = re.compile(
    r"[+-]?[0-9][0-9.,' ]*%?|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[T ][0-9:.]+Z?)?|[+-]?[.][0-9]+"
)


def is_nothing(text: str, words: frozenset[str] = NOTHING) -> bool:
    """Tell whether a cell holds only a word for "no value"."""
    return len(text) < 20 and text.strip().lower() in words


def nothings(cells: "pd.Series | pd.Index") -> NDArray[np.bool_]:
    """Tell of each cell of a column of text whether it is missing or holds only a word for "no value"."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = in_arrow(cells)
    likely = pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(texts)), pa.array(sorted(NOTHING), pa.large_string()))
    words = [text for text in pc.unique(texts.filter(likely)).to_pylist() if is_nothing(text)]
    found = pc.or_(pc.is_null(texts), pc.is_in(texts, pa.array(words, pa.large_string())))
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def looks_typed(cell: str) -> bool:
    """Tell whether a cell is plainly a number or a date, which a column's name hardly ever is."""
    return len(cell) <= _LONGEST_NUMBER and bool(_TYPED.fullmatch(cell.strip()))


def decimal_of(frame: pd.DataFrame) -> str:
    """Return the decimal sign that most columns of a file speak for, "." where none does."""
    signs = [_sign_of(values) for _, values in frame.items()]
    return "," if signs.count(",") > signs.count(".") else "."


def column_decimal(distinct: Iterable[str], share: float = 1.0) -> str | None:
    """Return a column's decimal sign, or None where its values do not show it.

    `share` is below 1 where only that part of the values is given: those that could show a sign at all.
    """
    comma = point = marked = total = 0
    for text in distinct:
        total += 1
        if len(text) > _LONGEST_NUMBER or not ("," in text or "." in text) or not _DIGIT.search(text):
            continue
        marked += 1
        bare = _bare(text)
        if _COMMA.fullmatch(bare):
            comma += 1
        elif _POINT.fullmatch(bare):
            point += 1
    if max(comma, point) < 0.2 * marked or not comma + point or marked * share < 0.02 * total:
        return None
    return "," if comma > point else "."


def numbers_of(distinct: Iterable[str], decimal: str) -> dict[str, float | None]:
    """Parse distinct texts as numbers, None where they are none.

    Currency signs, blanks and thousands marks fall away, "12 %" is 12, "(3)" is -3; time spans such as
    "1:30:00" and "2h 5min" are minutes. Values that show a decimal sign together are read with that;
    `decimal` decides the rest.

    Examples
    --------
    >>> list(numbers_of(["1.234,56", "£3", "12 %", "(3)", "many"], ".").values())
    [1234.56, 3.0, 12.0, -3.0, None]
    """
    texts = list(distinct)
    sign = column_decimal(texts) or decimal
    return {text: _number(text, sign) for text in texts}


def has_currency(text: str) -> bool:
    """Tell whether a cell carries a currency sign or code."""
    return len(text) <= _LONGEST_NUMBER and bool(_CURRENCY.search(text))


def minutes_of(text: str) -> float | None:
    """Parse a time span, "1:30:00" or "2h 5min", as minutes.

    Examples
    --------
    >>> minutes_of("1:30:00"), minutes_of("2h 5min"), minutes_of("12"), minutes_of("15044D")
    (90.0, 125.0, None, None)
    """
    bare = text.strip().lower()
    if not (":" in bare or bare[-1:].isalpha()) or not bare[0].isdigit() or len(bare) > _LONGEST_NUMBER:
        return None
    if found := _CLOCK.fullmatch(bare):
        hours, minutes, seconds = (int(part) for part in found.groups())
        return hours * 60 + minutes + seconds / 60
    if bare[-1:].isalpha() and (found := _SPAN.fullmatch(bare)):
        if bare[-2:-1].isdigit() and sum(part is not None for part in found.groups()) < 2:
            return None  # "15044D" is an article, not days
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return days * 1440 + hours * 60 + minutes + seconds / 60
    return None


def is_yes_no(distinct: Iterable[str]) -> bool:
    """Tell whether distinct values are one known pair of answers; one answer alone is not enough."""
    found = {text.strip().lower() for text in distinct if not is_nothing(text)}
    return len(found) == 2 and any(found == {yes, no} for yes, no in _YES_NO)


def answer_of(text: str) -> float | None:
    """Parse any known word for yes as 1.0 and for no as 0.0."""
    word = text.strip().lower()
    return 1.0 if word in _YES else 0.0 if word in _NO else None


def _sign_of(values: pd.Series) -> str | None:
    """Return the decimal sign that a column's distinct values show, looking only at those that could."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = pa.chunked_array(pa.array(values, from_pandas=True))
    texts = [np.frombuffer(chunk.buffers()[2] or b"", dtype=np.uint8) for chunk in cells.chunks]
    if not any(np.any(text == ord(",")) or np.any(text == ord(".")) for text in texts):
        return None
    distinct = pc.unique(cells).drop_null()
    short = pc.less_equal(pc.utf8_length(distinct), _LONGEST_NUMBER)
    signed = pc.and_(pc.match_substring_regex(distinct, "[.,]"), pc.match_substring_regex(distinct, "[0-9]"))
    marked = distinct.filter(pc.and_(short, signed))
    if not len(marked):
        return None
    return column_decimal(_sampled(marked).to_pylist(), share=len(marked) / len(distinct))


def _sampled(texts: "pa.LargeStringArray") -> "pa.LargeStringArray":
    """Take some of many distinct texts, by what they say and not by where they stand."""
    if len(texts) <= 2 * _ENOUGH:
        return texts
    starts = np.frombuffer(texts.buffers()[1], dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    data = np.frombuffer(texts.buffers()[2], dtype=np.uint8)
    sizes = np.diff(starts)
    mixed = sizes.astype(np.uint64)
    for place in range(int(sizes.max())):
        letters = data[np.minimum(starts[:-1] + place, len(data) - 1)]
        mixed = np.where(place < sizes, (mixed ^ letters) * np.uint64(0x9E3779B97F4A7C15), mixed)
        mixed ^= mixed >> np.uint64(29)
    return texts.filter(mixed % np.uint64(len(texts) // _ENOUGH) == 0)


def _number(text: str, sign: str) -> float | None:
    if _WHOLE.fullmatch(text):
        return float(text)
    if len(text) > _LONGEST_NUMBER or not _DIGIT.search(text):
        return None
    bare = _bare(text)
    if sign == ",":
        if _POINT_THOUSANDS.fullmatch(bare):
            bare = bare.replace(".", "")
        bare = bare.replace(",", ".", 1)
    elif _COMMA_THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    if not _NUMBER.fullmatch(bare):
        return minutes_of(text) if text[:1].isdigit() else None
    found = float(bare)
    return found if math.isfinite(found) else None


def _bare(text: str) -> str:
    """Strip what surrounds a number: currency, percent, blanks, accounting brackets, the long minus."""
    if _PLAIN.fullmatch(text):
        return text
    bare = _CURRENCY.sub("", text).replace("−", "-").strip().removesuffix("%").strip()
    if bare.startswith("(") and bare.endswith(")"):
        bare = "-" + bare[1:-1].strip()
    if bare.endswith("-") and bare[:1].isdigit():
        bare = "-" + bare[:-1]
    if bare[:1] in ("+", "-"):
        bare = bare[0] + bare[1:].lstrip()
    return _BLANK_THOUSANDS.sub("", bare)

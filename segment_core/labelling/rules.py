"""Rules: plain conditions on columns, and a search by words; both say which customers are meant."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Condition, Customers, Role, Rule
from segment_core.errors import OptionError

SEGMENT = "\0segment"
"""The segment as if it were a column; no column of a file holds a NUL in its name."""
ORDERED = ("=", "≠", "<", "≤", ">", "≥", "between", "is missing", "is known")
NAMED = ("is", "is not", "is one of", "contains", "is missing", "is known")
ANSWERED = ("is", "is missing", "is known")
WRITTEN = ("contains", "does not contain", "is missing", "is known")
SEARCHED: tuple[Role, ...] = ("id", "name", "category", "place", "text")
Mask = NDArray[np.bool_]
_BY_ROLE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("number", "money", "count", "date"), ORDERED),
    "yes/no": ANSWERED,
    "text": WRITTEN,
}
_COMPARED: Mapping[str, Callable[..., Mask]] = {
    "=": np.equal,
    "≠": np.not_equal,
    "<": np.less,
    "≤": np.less_equal,
    ">": np.greater,
    "≥": np.greater_equal,
}
ACCENTS = re.compile("[\u0300-\u036f]+")
_TRUTH = {"yes": 1.0, "no": 0.0}


def operations(customers: Customers, column: str) -> tuple[str, ...]:
    """Return what may be asked of a column in a condition, the most usual first."""
    if column == SEGMENT:
        return ("is one of", "is", "is not")
    if column not in customers.frame.columns:
        raise OptionError(
            "A rule asks for the column {name}, which these customers do not have; change or delete the rule.",
            name=column,
        )
    values = customers.frame[column]
    found = _BY_ROLE.get(customers.column(column).role)
    if found is not None:
        return found
    return ANSWERED if pd.api.types.is_numeric_dtype(values) else NAMED


def apply_rule(customers: Customers, conditions: Sequence[Condition], segments: Sequence[str] = ()) -> Mask:
    """Tell which customers (n,) meet all conditions.

    A customer without a value meets only "is missing": nobody is "not from Rome" whose city is unknown.
    Dates compare by day. Words ignore case and accents; every word must occur, and words in quotation
    marks must stand together. `segments` holds each customer's segment id, for the column `SEGMENT`.

    Raises
    ------
    OptionError
        If there is no condition, or one does not fit its column or cannot be read.

    Examples
    --------
    >>> from segment_core.artifacts import Column
    >>> from segment_core.messages import say
    >>> frame = pd.DataFrame({"spend": [10.0, 250.0, np.nan]}, index=["a", "b", "c"])
    >>> shop = Customers(frame, (Column("spend", "money", "behavioural", say("-")),), "id", 3)
    >>> apply_rule(shop, [Condition("spend", "≥", ("100",))]).tolist()
    [False, True, False]
    """
    if not conditions:
        raise OptionError("This rule has no condition; add at least one.")
    found = np.ones(len(customers), dtype=bool)
    for condition in conditions:
        found &= _met(customers, condition, segments)
    return found


def problem(rule: Rule, customers: Customers, segments: Sequence[str] = ()) -> OptionError | None:
    """Return why a rule cannot be applied to these customers, or None."""
    try:
        one = replace(customers, frame=customers.frame.head(1), said=None)  # whether it fits needs no more rows
        apply_rule(one, rule.conditions, segments[:1])
    except OptionError as error:
        return error
    return None


def search(customers: Customers, words: str) -> tuple[str, ...]:
    """Return the ids of the customers in whose id, categories or texts all these words occur, in their order.

    Case and accents do not matter; words in quotation marks must stand together. No words find nobody.
    """
    wanted = wanted_in(words)
    if not wanted:
        return ()
    columns = [customers.frame[name] for name in customers.named(*SEARCHED)]
    lines = [folded(str(id_)) for id_ in customers.frame.index]
    for column in columns:
        lines = [f"{line}\n{cell}" for line, cell in zip(lines, folded_cells(column), strict=True)]
    hits = [all(word in line for word in wanted) for line in lines]
    return tuple(customers.frame.index[np.array(hits, dtype=bool)])


def _met(customers: Customers, condition: Condition, segments: Sequence[str]) -> Mask:
    known = operations(customers, condition.column)
    if condition.op not in known:
        raise OptionError(
            "The column {name} cannot be asked “{op}”; it can be asked: {known}.",
            name=_shown(condition.column),
            op=condition.op,
            known=", ".join(known),
        )
    _require_values(condition)
    if condition.column == SEGMENT:
        if len(segments) != len(customers):
            raise OptionError("A rule asks for the segment, and there are none yet; find segments first.")
        cells: pd.Series[str] = pd.Series(np.asarray(segments, dtype=object), dtype=object)
        return _named(cells, condition)
    cells = customers.frame[condition.column]
    written = customers.column(condition.column).role == "text"
    here = (cells.fillna("").str.strip() != "" if written else cells.notna()).to_numpy(dtype=bool)
    if condition.op == "is missing":
        return ~here
    if condition.op == "is known":
        return here
    return here & _compared(cells, condition, known)


def _compared(cells: "pd.Series[str]", condition: Condition, known: tuple[str, ...]) -> Mask:
    if "contain" in condition.op:
        wanted = wanted_in(condition.values[0])
        has = np.array([all(word in cell for word in wanted) for cell in folded_cells(cells)], dtype=bool)
        return has if condition.op == "contains" else ~has
    if known == ANSWERED:
        return (cells == _truth(condition)).to_numpy(dtype=bool)
    if known == NAMED:
        return _named(cells, condition)
    numbers, limits = _numbers(cells, condition)
    if condition.op == "between":
        if limits[0] > limits[1]:
            raise OptionError(
                "Nothing lies between {low} and {high}; write the smaller one first.",
                low=condition.values[0],
                high=condition.values[1],
            )
        return (numbers >= limits[0]) & (numbers <= limits[1])
    return _COMPARED[condition.op](numbers, limits[0])


def _named(cells: "pd.Series[str]", condition: Condition) -> Mask:
    among = cells.astype(object).isin(condition.values).to_numpy(dtype=bool)
    return ~among & cells.notna().to_numpy(dtype=bool) if condition.op == "is not" else among


def _numbers(cells: "pd.Series[str]", condition: Condition) -> tuple[NDArray[np.float64], list[float]]:
    """Return cells and limits as numbers; dates as days, so that a time of day decides nothing."""
    if not pd.api.types.is_datetime64_any_dtype(cells):
        return cells.to_numpy(dtype=np.float64), [number_in(value, condition.column) for value in condition.values]
    days = cells.to_numpy(dtype="datetime64[D]")
    whole = np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(np.float64))
    return whole, [day_in(value, condition.column) for value in condition.values]


def number_in(value: str, column: str) -> float:
    """Read a number that a condition on this column compares with, or raise `OptionError`."""
    try:
        return float(value)
    except ValueError as error:
        raise OptionError(
            "“{value}” is no number for the column {name}; write it as 1234.5.", value=value[:40], name=column
        ) from error


def day_in(value: str, column: str) -> float:
    """Read a date such as 2024-12-31 as days since 1970, or raise `OptionError`."""
    try:
        return float(np.datetime64(date.fromisoformat(value.strip()), "D").astype(np.int64))
    except ValueError as error:
        raise OptionError(
            "“{value}” is no date for the column {name}; write it as 2024-12-31.", value=value[:40], name=column
        ) from error


def _truth(condition: Condition) -> float:
    try:
        return _TRUTH[condition.values[0]]
    except KeyError as error:
        raise OptionError(
            "“{value}” is no answer for the column {name}; it is yes or no.",
            value=condition.values[0][:40],
            name=condition.column,
        ) from error


def _require_values(condition: Condition) -> None:
    op, n = condition.op, len(condition.values)
    if op in ("is missing", "is known"):
        return
    fits = n > 0 if op == "is one of" else n == (2 if op == "between" else 1)
    if "contain" in op and fits:
        fits = bool(wanted_in(condition.values[0]))
    if not fits:
        raise OptionError(
            "The condition “{name} {op}” lacks what to compare with; write or choose it.",
            name=_shown(condition.column),
            op=op,
        )


def wanted_in(words: str) -> list[str]:
    """Return the words and quoted phrases of a search, folded.

    Examples
    --------
    >>> wanted_in('Café "Late  delivery"')
    ['cafe', 'late delivery']
    """
    parts = re.findall(r"[\"“”]([^\"“”]+)[\"“”]|([^\s\"“”]+)", words)
    return [plain for phrase, word in parts if (plain := folded(phrase or word))]


def folded_cells(cells: "pd.Series[str]") -> list[str]:
    """Return cells as words are compared, "" where there is nothing."""
    codes, distinct = pd.factorize(cells)
    plain = [folded(cell) if isinstance(cell, str) else "" for cell in distinct]
    return [plain[code] if code >= 0 else "" for code in codes]


def folded(text: str) -> str:
    """Return a text without case, accents and superfluous spaces, as words are compared."""
    if not text.isascii():
        text = ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return " ".join(text.lower().split())


def _shown(column: str) -> str:
    return "segment" if column == SEGMENT else column

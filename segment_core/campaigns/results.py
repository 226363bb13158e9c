"""Results: what came back of a campaign, read from a table of customer ids and outcomes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite, nan

import pandas as pd

from segment_core.artifacts import Measure, Note
from segment_core.errors import DataError
from segment_core.messages import say

YES = frozenset({
    "1", "yes", "y", "true", "t", "x", "✓", "✔", "是", "有", "ja", "oui", "si", "sí", "converted", "responded",
    "purchased", "bought", "已响应", "已购买", "已转化",
})  # fmt: skip
NO = frozenset({
    "0", "no", "n", "false", "f", "-", "–", "否", "无", "沒有", "没有", "nein", "non", "not converted", "not responded",
    "not purchased", "no response", "no purchase", "未响应", "未购买", "未转化",
})  # fmt: skip
NOTHING = frozenset({"", "na", "n/a", "nan", "null", "none"})
IDS = (
    "id",
    "customer id",
    "customer",
    "customer number",
    "client id",
    "user id",
    "member id",
    "客户编号",
    "客户号",
    "用户编号",
)
OUTCOMES = (
    "outcome", "result", "response", "responded", "converted", "conversion", "purchased", "bought", "ordered", "amount",
    "revenue", "spend", "value", "sales", "结果", "响应", "转化", "购买", "金额",
)  # fmt: skip
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
MOST_PLACES = 20
_SHOWN = 60


def outcomes(
    customers_id_name: str,
    table: pd.DataFrame,
    *,
    measure: Measure = "rate",
    id_column: str = "",
    column: str = "",
) -> tuple[Mapping[str, float], tuple[Note, ...]]:
    """Read each customer's outcome from a table of text: yes as 1 and no as 0, or an amount.

    The columns are those that are named, or else guessed: for ids the one called as in the customer file or by a usual
    name, for outcomes the one with a usual name or the only other. A table of ids alone lists those who responded.
    Yes/no is understood in a few spellings; amounts with decimal point or comma, which one being decided by the whole
    column. Where yes or no is asked for, a number above 0 is a yes, which is told. A customer with several lines
    responded if one of them says so; amounts are added up. Cells that are empty are no outcome; those that cannot be
    read are NaN, which is neither a yes nor a no, and told.

    Raises
    ------
    DataError
        If the table is empty, a column is not there or cannot be guessed, or fewer than half of its cells can be read.
    """
    if table.empty or not len(table.columns):
        raise DataError("The results have no rows; they need a column of customer ids and one of outcomes.")
    names = [str(name) for name in table.columns]
    place = _id_place(customers_id_name, names, id_column)
    ids = [_tidy(cell) for cell in table.iloc[:, place]]
    found = _outcome_place(names, place, column, measure)
    cells = ["1"] * len(ids) if found is None else [_tidy(cell) for cell in table.iloc[:, found]]
    notes = [] if found is not None else [_listed(len(set(ids) - {""}))]
    comma, ambiguous = _decimal_comma(cells)
    values: dict[str, float] = {}
    lost: list[tuple[int, str]] = []
    numbers: list[tuple[int, str]] = []
    n_read = n_again = n_nobody = 0
    for row, (one, cell) in enumerate(zip(ids, cells, strict=True), start=1):
        if not one:
            n_nobody += 1
            continue
        value = _yes_no(cell) if measure == "rate" else None
        if value is None and (value := _amount(cell, comma=comma)) is not None and measure == "rate":
            numbers += [(row, cell[:_SHOWN])] if value > 0 else []
            value = float(value > 0) if value >= 0 else None
        if value is None:
            if cell.casefold() not in NOTHING:
                lost.append((row, cell[:_SHOWN]))
                values.setdefault(one, nan)
            continue
        before, n_read = values.get(one, nan), n_read + 1
        n_again += isfinite(before)
        values[one] = _together(before, value, measure) if isfinite(before) else value
    if len(lost) >= n_read:
        raise _unreadable("" if found is None else names[found], [cell for _, cell in lost[:3]], n_read, measure)
    notes += _notes(lost, n_again, n_nobody, measure, ambiguous=ambiguous and measure == "mean")
    return values, (*notes, *_of_numbers(numbers))


def _unreadable(column: str, cells: Sequence[str], n_read: int, measure: Measure) -> DataError:
    shown = ", ".join(f"“{cell}”" for cell in cells) or "–"
    if n_read and measure == "rate":
        return DataError(
            "Most outcomes in the column “{column}” cannot be read: {found}. It needs yes or no, 1 or 0.",
            column=column,
            found=shown,
        )
    if n_read:
        return DataError(
            "Most outcomes in the column “{column}” cannot be read: {found}. It needs amounts such as 1234.50.",
            column=column,
            found=shown,
        )
    if measure == "rate":
        return DataError(
            "No outcome in the column “{column}” can be read: {found}. It needs yes or no, 1 or 0.",
            column=column,
            found=shown,
        )
    return DataError(
        "No outcome in the column “{column}” can be read: {found}. It needs amounts such as 1234.50.",
        column=column,
        found=shown,
    )


def _id_place(id_name: str, names: Sequence[str], asked: str) -> int:
    if asked:
        return _named(names, asked)
    for wanted in (id_name, *IDS):
        if (place := _like(names, wanted)) is not None:
            return place
    raise DataError(
        "No column of customer ids was found in the results; it is called “{wanted}” in the customer file, and the "
        "results have: {names}. Say which one it is.",
        wanted=id_name,
        names=_shown(names),
    )


def _outcome_place(names: Sequence[str], id_place: int, asked: str, measure: Measure) -> int | None:
    if asked:
        return _named(names, asked)
    others = [place for place in range(len(names)) if place != id_place]
    usual = [place for wanted in OUTCOMES for place in others if _plain(names[place]) == wanted]
    if usual:
        return usual[0]
    if len(others) == 1:
        return others[0]
    if not others and measure == "rate":
        return None
    raise DataError(
        "It is not clear which column of the results is the outcome: {names}. Say which one it is.",
        names=_shown([names[place] for place in others]) or "–",
    )


def _named(names: Sequence[str], asked: str) -> int:
    if asked not in names:
        raise DataError("The results have no column “{column}”; they have: {names}.", column=asked, names=_shown(names))
    return names.index(asked)


def _like(names: Sequence[str], wanted: str) -> int | None:
    return next((place for place, name in enumerate(names) if _plain(name) == _plain(wanted)), None)


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[_\-.]+", " ", name.casefold()).split())


def _shown(names: Iterable[str]) -> str:
    return ", ".join(f"“{name[:_SHOWN]}”" for name in list(names)[:MOST_PLACES])


def _tidy(cell: object) -> str:
    return cell.strip() if isinstance(cell, str) else "" if pd.isna(cell) else str(cell)  # type: ignore[call-overload]


def _yes_no(cell: str) -> float | None:
    word = cell.casefold()
    if word in YES or word in NO:
        return float(word in YES)
    if _PLAIN.fullmatch(word) and float(word) in (0.0, 1.0):
        return float(word)
    return None


def _decimal_comma(cells: Iterable[str]) -> tuple[bool, bool]:
    """Tell whether amounts have decimal commas, and whether that is a guess: “1,234” alone can be either."""
    bare = [_bare(cell) for cell in cells]
    both = [cell for cell in bare if "," in cell and "." in cell]
    if both:
        return sum(cell.rfind(",") > cell.rfind(".") for cell in both) * 2 > len(both), False
    commas = [cell for cell in bare if "," in cell]
    if any(cell.count(",") == 1 and not re.search(r"\d,\d{3}$", cell) for cell in commas):
        return True, False
    return False, bool(commas) and not any("." in cell for cell in bare)


def _amount(cell: str, *, comma: bool) -> float | None:
    bare = _bare(cell)
    bare = bare.replace(".", "").replace(",", ".") if comma and "," in bare else bare.replace(",", "")
    if not _PLAIN.fullmatch(bare):
        return None
    value = float(bare)
    return value if isfinite(value) else None


def _bare(cell: str) -> str:
    """Return a number without its currency and spaces; a minus of typesetters is one."""
    return re.sub(r"[\s'’€$£¥￥元]|USD|EUR|GBP|CNY|RMB|CHF", "", cell.replace("−", "-"))


def _together(one: float, other: float, measure: Measure) -> float:
    return max(one, other) if measure == "rate" else one + other


def _listed(n: int) -> Note:
    return Note(
        "results_listed", say("The results are a list of ids: {n} customers are taken to have responded.", n=n), n
    )


def _of_numbers(numbers: Sequence[tuple[int, str]]) -> list[Note]:
    if not numbers:
        return []
    message = say(
        "{n} outcomes are numbers other than 0 and 1, such as “{cell}”; above 0 counts as a yes.",
        n=len(numbers),
        cell=numbers[0][1],
    )
    return [Note("results_numbers", message, len(numbers), "warning", places=tuple(numbers[:MOST_PLACES]))]


def _notes(
    lost: Sequence[tuple[int, str]], n_again: int, n_nobody: int, measure: Measure, *, ambiguous: bool
) -> list[Note]:
    notes = []
    if lost:
        message = say("{n} outcomes cannot be read and are left out, such as “{cell}”.", n=len(lost), cell=lost[0][1])
        notes.append(Note("results_odd", message, len(lost), "warning", places=tuple(lost[:MOST_PLACES])))
    if n_again and measure == "rate":
        message = say("{n} lines are of customers who had a line already; one yes is enough.", n=n_again)
        notes.append(Note("results_again", message, n_again))
    elif n_again:
        message = say("{n} lines are of customers who had a line already; their amounts are added up.", n=n_again)
        notes.append(Note("results_again", message, n_again))
    if n_nobody:
        notes.append(
            Note("results_nobody", say("{n} lines have no id and count for nothing.", n=n_nobody), n_nobody, "warning")
        )
    if ambiguous:
        message = say("Commas in amounts are taken for thousands: “1,234” is one thousand two hundred thirty-four.")
        notes.append(Note("results_commas", message, 0, "warning"))
    return notes

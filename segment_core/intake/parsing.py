"""Parsing: a column of text becomes numbers, dates, answers or clean text, by its role, with every loss counted."""

from collections.abc import Iterable, Mapping

import pandas as pd

from segment_core.artifacts import Column, Note
from segment_core.intake.dates import dates_of, is_ambiguous
from segment_core.intake.looks import distinct_values
from segment_core.intake.values import NO_TEXT, answer_of, is_nothing, numbers_of
from segment_core.messages import say
from segment_core.numberlists import common_length, numbers_in, packed

_SHOWN = 20


def convert(cells: pd.Series, column: Column, decimal: str) -> tuple[pd.Series, tuple[Note, ...]]:
    """Return the cells in the type of the column's role, and notes on cells that became missing or stayed odd.

    The index of the cells is their row in the table as read, from 0; notes say where things were.
    """
    if column.role in ("id", "name", "ignore", "image", "audio"):
        return cells, ()
    counts = distinct_values(cells)
    stripped = cells.str.strip()
    if column.role in ("category", "place", "consent", "suppression"):
        return _levels(cells, stripped, counts)
    if column.role in ("text", "vector"):
        return (_texts if column.role == "text" else _lists)(stripped, counts)
    meant = [text for text in counts if not is_nothing(text)]
    notes = _missing_words(stripped, counts)
    if column.role == "date":
        dates = dates_of(meant, compact=True)
        found = stripped.map(dates).astype("datetime64[us]")
        return found, notes + _dates_lost(stripped, counts, dates)
    if column.role == "yes/no":
        answers = {text: answer_of(text) for text in meant}
        return stripped.map(answers).astype("float64"), notes + _not_yes_no(stripped, _lost(counts, answers))
    numbers = numbers_of(meant, decimal)
    return stripped.map(numbers).astype("float64"), notes + _not_a_number(stripped, _lost(counts, numbers))


def _lost(counts: Mapping[str, int], parsed: Mapping[str, object]) -> dict[str, int]:
    return {text: counts[text] for text, value in parsed.items() if value is None}


def _not_a_number(stripped: pd.Series, lost: Mapping[str, int]) -> tuple[Note, ...]:
    if not lost:
        return ()
    n = sum(lost.values())
    message = say(
        "Column {column}: cells that are no number and became missing: {n} ({examples}).",
        column=str(stripped.name),
        n=n,
        examples=_examples(lost),
    )
    return (Note("not-a-number", message, n, "warning", _places(stripped, lost)),)


def _not_yes_no(stripped: pd.Series, lost: Mapping[str, int]) -> tuple[Note, ...]:
    if not lost:
        return ()
    n = sum(lost.values())
    message = say(
        "Column {column}: cells that are neither yes nor no and became missing: {n} ({examples}).",
        column=str(stripped.name),
        n=n,
        examples=_examples(lost),
    )
    return (Note("not-yes-no", message, n, "warning", _places(stripped, lost)),)


def _dates_lost(stripped: pd.Series, counts: Mapping[str, int], dates: Mapping[str, object]) -> tuple[Note, ...]:
    notes: tuple[Note, ...] = ()
    lost = _lost(counts, dates)
    if lost:
        n = sum(lost.values())
        message = say(
            "Column {column}: cells that are no date and became missing: {n} ({examples}).",
            column=str(stripped.name),
            n=n,
            examples=_examples(lost),
        )
        notes += (Note("not-a-date", message, n, "warning", _places(stripped, lost)),)
    if is_ambiguous(dates):
        message = say(
            "Column {column}: no date shows whether the day or the month comes first; read with the day first.",
            column=str(stripped.name),
        )
        notes += (Note("ambiguous-date", message, sum(counts.values()), "warning"),)
    return notes


def _lists(stripped: pd.Series, counts: Mapping[str, int]) -> tuple[pd.Series, tuple[Note, ...]]:
    lists = {text: numbers_in(text) for text in counts}
    length = common_length(lists.values())
    fit = {text: packed(numbers) for text, numbers in lists.items() if numbers is not None and len(numbers) == length}
    lost = {text: n for text, n in counts.items() if text not in fit and not is_nothing(text)}
    found = stripped.map(fit).astype("str")
    if not lost:
        return found, ()
    n = sum(lost.values())
    message = say(
        "Column {column}: cells that are no list of {length} numbers and became missing: {n}.",
        column=str(stripped.name),
        length=length,
        n=n,
    )
    return found, (Note("not-a-vector", message, n, "warning", _places(stripped, lost)),)


def _texts(stripped: pd.Series, counts: Mapping[str, int]) -> tuple[pd.Series, tuple[Note, ...]]:
    name = str(stripped.name)
    silent = {text: n for text, n in counts.items() if is_nothing(text, NO_TEXT)}
    found = stripped.mask(stripped.isin(list(silent))) if silent else stripped
    notes: tuple[Note, ...] = ()
    if silent:
        n = sum(silent.values())
        message = say(
            "Column {column}: cells with a word for nothing, such as NA, read as no text: {n}.", column=name, n=n
        )
        notes += (Note("missing-text", message, n, places=_places(stripped, silent)),)
    return found.fillna(""), notes


def _levels(cells: pd.Series, stripped: pd.Series, counts: Mapping[str, int]) -> tuple[pd.Series, tuple[Note, ...]]:
    name = str(cells.name)
    found = stripped.mask(stripped == "")
    notes: tuple[Note, ...] = ()
    changed = cells[found.notna() & (found != cells)]
    trimmed = len(changed)
    if trimmed:
        message = say("Column {column}: values with blanks around them, trimmed: {n}.", column=name, n=trimmed)
        notes += (Note("trimmed", message, trimmed, places=_places(changed, changed.unique())),)
    words = {text: n for text, n in counts.items() if is_nothing(text)}
    if words:
        n = sum(words.values())
        message = say(
            "Column {column}: {words} stands in {n} cells and was kept as a value.",
            column=str(stripped.name),
            words=_examples(words),
            n=n,
        )
        notes += (Note("kept-level", message, n, places=_places(stripped, words)),)
    return found, notes


def _missing_words(stripped: pd.Series, counts: Mapping[str, int]) -> tuple[Note, ...]:
    words = {text: n for text, n in counts.items() if is_nothing(text)}
    if not words:
        return ()
    n, name = sum(words.values()), str(stripped.name)
    message = say("Column {column}: cells with a word for nothing, such as NA, read as missing: {n}.", column=name, n=n)
    return (Note("missing-words", message, n, places=_places(stripped, words)),)


def _places(cells: pd.Series, texts: Iterable[str]) -> tuple[tuple[int, str], ...]:
    """Return for some of these texts the first row that holds it, counted from 1."""
    shown = sorted(texts)[:_SHOWN]
    found = cells[cells.isin(shown)]
    rows = pd.Series(found.index, index=found.to_numpy()).groupby(level=0).min()
    return tuple((int(rows[text]) + 1, text[:500]) for text in shown)


def _examples(texts: Mapping[str, int]) -> str:
    return ", ".join(text[:30] for text in sorted(texts)[:3])

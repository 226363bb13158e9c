"""Parsing: a column of text becomes numbers, dates, answers or clean text, by its role, with every loss counted."""

from collections.abc import Mapping

import pandas as pd

from segment_core.artifacts import Column, Note
from segment_core.intake.dates import dates_of, is_ambiguous
from segment_core.intake.looks import distinct_values
from segment_core.intake.values import NO_TEXT, answer_of, is_nothing, numbers_of
from segment_core.messages import say


def convert(cells: pd.Series, column: Column, decimal: str) -> tuple[pd.Series, tuple[Note, ...]]:
    """Return the cells in the type of the column's role, and notes on cells that became missing or stayed odd."""
    if column.role in ("id", "ignore", "image", "audio"):
        return cells, ()
    counts = distinct_values(cells)
    stripped = cells.str.strip()
    if column.role in ("category", "place", "consent", "suppression", "name"):
        return _levels(cells, stripped, counts)
    if column.role == "text":
        return _texts(stripped, counts)
    if column.role == "date":
        dates = dates_of([text for text in counts if not is_nothing(text)], compact=True)
        found = stripped.map(dates).astype("datetime64[us]")
        return found, _missing_words(column.name, counts) + _dates_lost(column.name, counts, dates)
    if column.role == "yes/no":
        answers = {text: answer_of(text) for text in counts if not is_nothing(text)}
        lost = _lost(counts, answers)
        return stripped.map(answers).astype("float64"), _missing_words(column.name, counts) + _not_yes_no(
            column.name, lost
        )
    numbers = numbers_of([text for text in counts if not is_nothing(text)], decimal)
    lost = _lost(counts, numbers)
    return stripped.map(numbers).astype("float64"), _missing_words(column.name, counts) + _not_a_number(
        column.name, lost
    )


def _lost(counts: Mapping[str, int], parsed: Mapping[str, object]) -> dict[str, int]:
    return {text: counts[text] for text, value in parsed.items() if value is None}


def _not_a_number(name: str, lost: Mapping[str, int]) -> tuple[Note, ...]:
    if not lost:
        return ()
    n = sum(lost.values())
    message = say(
        "Column {column}: cells that are no number and became missing: {n} ({examples}).",
        column=name,
        n=n,
        examples=_examples(lost),
    )
    return (Note("not-a-number", message, n, "warning"),)


def _not_yes_no(name: str, lost: Mapping[str, int]) -> tuple[Note, ...]:
    if not lost:
        return ()
    n = sum(lost.values())
    message = say(
        "Column {column}: cells that are neither yes nor no and became missing: {n} ({examples}).",
        column=name,
        n=n,
        examples=_examples(lost),
    )
    return (Note("not-yes-no", message, n, "warning"),)


def _dates_lost(name: str, counts: Mapping[str, int], dates: Mapping[str, object]) -> tuple[Note, ...]:
    notes: tuple[Note, ...] = ()
    lost = _lost(counts, dates)
    if lost:
        n = sum(lost.values())
        message = say(
            "Column {column}: cells that are no date and became missing: {n} ({examples}).",
            column=name,
            n=n,
            examples=_examples(lost),
        )
        notes += (Note("not-a-date", message, n, "warning"),)
    if is_ambiguous(dates):
        message = say(
            "Column {column}: no date shows whether the day or the month comes first; read with the day first.",
            column=name,
        )
        notes += (Note("ambiguous-date", message, sum(counts.values()), "warning"),)
    return notes


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
        notes += (Note("missing-text", message, n),)
    return found.fillna(""), notes


def _levels(cells: pd.Series, stripped: pd.Series, counts: Mapping[str, int]) -> tuple[pd.Series, tuple[Note, ...]]:
    name = str(cells.name)
    found = stripped.mask(stripped == "")
    notes: tuple[Note, ...] = ()
    trimmed = int((found.notna() & (found != cells)).sum())
    if trimmed:
        message = say("Column {column}: values with blanks around them, trimmed: {n}.", column=name, n=trimmed)
        notes += (Note("trimmed", message, trimmed),)
    words = {text: n for text, n in counts.items() if is_nothing(text)}
    if words:
        n = sum(words.values())
        message = say(
            "Column {column}: {words} stands in {n} cells and was kept as a value.",
            column=name,
            words=_examples(words),
            n=n,
        )
        notes += (Note("kept-level", message, n),)
    return found, notes


def _missing_words(name: str, counts: Mapping[str, int]) -> tuple[Note, ...]:
    n = sum(n for text, n in counts.items() if is_nothing(text))
    if not n:
        return ()
    message = say("Column {column}: cells with a word for nothing, such as NA, read as missing: {n}.", column=name, n=n)
    return (Note("missing-words", message, n),)


def _examples(texts: Mapping[str, int]) -> str:
    return ", ".join(text[:30] for text in sorted(texts)[:3])

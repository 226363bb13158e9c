"""Tidying: column names made present and distinct, empty rows and columns dropped, everything counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Note
from segment_core.errors import DataError
from segment_core.messages import say


def tidy(
    names: Iterable[object] | None, rows: pd.DataFrame, file: str, notes: tuple[Note, ...] = ()
) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Give every column a name of its own, and drop what is empty throughout. Empty cells are missing already.

    A named column without a value stays; only a column that has neither is dropped. `notes` are returned
    with those added, their places counted in the rows that stay.
    """
    written = [] if names is None else [" ".join(str(name).split()) for name in names]
    written += [""] * (rows.shape[1] - len(written))
    rows.columns = pd.RangeIndex(rows.shape[1])
    if any(dtype != "str" for dtype in rows.dtypes):
        rows = rows.astype("str")
    frame, kept, found = _drop_empty(rows, written, notes)
    if not kept:
        raise DataError("The file {name} is empty. Give a file with one row for each customer.", name=file)
    free, named = _distinct(kept, headless=names is None)
    frame.columns = pd.Index(free)
    return frame, found + named


def distinct(name: str, taken: set[str]) -> str:
    """Return the name, or a like one that is not taken, and take it."""
    free, number = name, 2
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    taken.add(free)
    return free


def _drop_empty(
    rows: pd.DataFrame, names: Sequence[str], notes: tuple[Note, ...]
) -> tuple[pd.DataFrame, list[str], tuple[Note, ...]]:
    alive = np.zeros(len(rows), dtype=bool)
    keep = []
    for position, (_, cells) in enumerate(rows.items()):
        filled = cells.notna().to_numpy()
        if filled.any():
            alive |= filled
        if names[position] or filled.any():
            keep.append(position)
    dropped = rows.shape[1] - len(keep)
    if dropped:
        message = say("Columns without a name and without a value that were dropped: {n}.", n=dropped)
        notes += (Note("empty-columns", message, dropped),)
        rows = rows[keep]
    empty = int((~alive).sum())
    if empty:
        message = say("Rows without a value that were dropped: {n}.", n=empty)
        notes = (*_renumbered(notes, np.cumsum(alive)), Note("empty-rows", message, empty))
        rows = rows[alive].reset_index(drop=True)
    return rows, [names[position] for position in keep], notes


def _renumbered(notes: tuple[Note, ...], places: NDArray[np.int_]) -> tuple[Note, ...]:
    """Count the rows that notes point to without the empty ones above them."""
    return tuple(
        replace(
            note,
            places=tuple((int(places[min(row, len(places)) - 1]) if row else 0, text) for row, text in note.places),
        )
        if note.places
        else note
        for note in notes
    )


def _distinct(names: Sequence[str], headless: bool) -> tuple[list[str], tuple[Note, ...]]:
    taken = {name for name in names if name}
    times: Counter[str] = Counter()
    found: list[str] = []
    blank: list[str] = []
    renamed: list[str] = []
    for position, name in enumerate(names):
        if not name:
            new = _free(f"column_{position + 1}", taken)
            blank.append(new)
        elif times[name]:
            new = _free(f"{name}_{times[name] + 1}", taken)
            renamed.append(new)
        else:
            new = name
        times[name] += 1
        taken.add(new)
        found.append(new)
    notes: tuple[Note, ...] = ()
    if blank and not headless:
        message = say("Columns without a name that were given one: {n} ({names}).", n=len(blank), names=_listed(blank))
        notes += (Note("blank-header", message, len(blank)),)
    if renamed:
        message = say(
            "Columns whose name was taken and now have another: {n} ({names}).", n=len(renamed), names=_listed(renamed)
        )
        notes += (Note("duplicate-header", message, len(renamed), "warning"),)
    return found, notes


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 2
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) + (" …" if len(names) > 8 else "")

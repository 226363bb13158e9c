"""Tidying: column names made present and distinct, empty rows and columns dropped, everything counted."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from segment_core.artifacts import Note
from segment_core.errors import DataError
from segment_core.messages import say


def tidy(names: Iterable[object] | None, rows: pd.DataFrame, file: str) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Give every column a name of its own, and drop what is empty throughout. Empty cells are missing already.

    A named column without a value stays; only a column that has neither is dropped.
    """
    written = [] if names is None else [" ".join(str(name).split()) for name in names]
    written += [""] * (rows.shape[1] - len(written))
    rows = rows.astype("str")
    rows.columns = pd.RangeIndex(rows.shape[1])
    frame, kept, notes = _drop_empty(rows, written)
    if not kept:
        raise DataError("The file {name} is empty. Give a file with one row for each customer.", name=file)
    frame.columns = pd.Index(kept)
    distinct, named = _distinct(kept, headless=names is None)
    frame.columns = pd.Index(distinct)
    return frame, notes + named


def _drop_empty(rows: pd.DataFrame, names: Sequence[str]) -> tuple[pd.DataFrame, list[str], tuple[Note, ...]]:
    notes: tuple[Note, ...] = ()
    filled = rows.notna().to_numpy()
    used = np.asarray(filled.any(axis=0))
    keep = [position for position in range(rows.shape[1]) if names[position] or used[position]]
    dropped = rows.shape[1] - len(keep)
    if dropped:
        message = say("Columns without a name and without a value that were dropped: {n}.", n=dropped)
        notes += (Note("empty-columns", message, dropped),)
    alive = np.asarray(filled.any(axis=1))
    empty = int((~alive).sum())
    if empty:
        message = say("Rows without a value that were dropped: {n}.", n=empty)
        notes += (Note("empty-rows", message, empty),)
        rows = rows[alive]
    return rows[keep].reset_index(drop=True), [names[position] for position in keep], notes


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

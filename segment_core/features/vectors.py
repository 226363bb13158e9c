"""Vectors: what another model made of each customer, brought along and folded into its main directions."""

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Block, Customers, Note
from segment_core.features.directions import main_directions
from segment_core.messages import say
from segment_core.numberlists import common_length, numbers_in


def extract(customers: Customers, columns: tuple[str, ...]) -> Block:
    """Centre each column's vectors, keep their main directions, and scale the column to a total variance of 1.

    A customer without a vector, or with one of another length than most, stands at the centre: it says nothing.
    Scale does not matter between columns, only within one: vectors are not brought to length 1.
    """
    made: list[NDArray[np.float64]] = []
    names: list[str] = []
    sources: list[str] = []
    notes: list[Note] = []
    for column in columns:
        lists = [numbers_in(cell) if isinstance(cell, str) else None for cell in customers.frame[column]]
        length = common_length(lists)
        fit = np.array([numbers is not None and len(numbers) == length for numbers in lists], dtype=bool)
        notes += _notes(
            column, length, len(lists) - int(fit.sum()), sum(numbers is not None for numbers in lists) - int(fit.sum())
        )
        if fit.sum() < 2:
            continue
        known = np.vstack([numbers for numbers, fits in zip(lists, fit, strict=True) if fits and numbers is not None])
        # On one scale before anything is dropped as flat: a model's numbers may be as small as it likes.
        centred = known.astype(np.float64) - known.mean(axis=0, dtype=np.float64)
        spread = float(np.sqrt(np.mean(np.sum(centred**2, axis=1))))
        if spread <= 1e-6 * float(np.abs(known).max()):
            continue
        folded = main_directions(centred / spread)
        placed = np.zeros((len(lists), folded.shape[1]))
        placed[fit] = folded
        made.append(placed / np.sqrt(np.mean(np.sum(placed**2, axis=1))))
        names += [f"{column} {number + 1}" for number in range(placed.shape[1])]
        sources += [column] * placed.shape[1]
    matrix = np.column_stack(made) if made else np.zeros((len(customers), 0))
    kept = tuple(dict.fromkeys(sources))
    return Block("vectors", matrix.astype(np.float32), tuple(names), tuple(sources), kept, tuple(notes))


def _notes(column: str, length: int, n_central: int, n_other: int) -> list[Note]:
    found = []
    if n_central:
        message = say("{column}: customers without a usable vector, taken as central: {n}.", column=column, n=n_central)
        found.append(Note("no-vector", message, n_central))
    if n_other:
        message = say(
            "{column}: vectors that do not have {length} numbers as most do, left out: {n}.",
            column=column,
            length=length,
            n=n_other,
        )
        found.append(Note("other-length", message, n_other, "warning"))
    return found

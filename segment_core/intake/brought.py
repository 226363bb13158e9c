"""Brought along: a file of vectors (.npy) dropped with a table becomes one more column of it, row by row."""

import io
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Note, Table
from segment_core.errors import DataError
from segment_core.intake.contents import Content
from segment_core.intake.tidying import distinct
from segment_core.messages import say
from segment_core.numberlists import FEWEST, MOST, packed

MAGIC = b"\x93NUMPY"
COLUMN = "vector"


def is_npy(content: Content) -> bool:
    """Tell by its first bytes whether a file is one of NumPy's arrays."""
    return content.head(len(MAGIC)) == MAGIC


def refuse_alone(content: Content) -> None:
    """Raise a DataError if vectors come without the table that says whose they are."""
    if is_npy(content):
        raise DataError(
            "The file {name} holds vectors only. Drop it together with the table whose rows they belong to.",
            name=content.name,
        )


def with_vectors(tables: Sequence[Table], found: Sequence[Content]) -> tuple[Table, ...]:
    """Give each file of vectors, row by row, to the one table that has as many rows.

    Raises
    ------
    DataError
        If a file is no plain matrix of floating-point numbers, or not exactly one table has as many rows.
    """
    made = list(tables)
    for content in found:
        matrix = _matrix(content)
        fit = [place for place, table in enumerate(made) if len(table.frame) == len(matrix)]
        if len(fit) != 1:
            raise DataError(
                "The file {name} holds vectors for {n:,} rows, and {tables}. Vectors belong to the one table "
                "that has as many rows, in the same order.",
                name=content.name,
                n=len(matrix),
                tables=", ".join(f"{table.name}: {len(table.frame):,}" for table in made)[:200],
            )
        made[fit[0]] = _joined(made[fit[0]], matrix, content.name)
    return tuple(made)


def _joined(table: Table, matrix: NDArray[np.floating], file: str) -> Table:
    with np.errstate(over="ignore"):
        single = matrix.astype(np.float32)
    known = np.array([bool(np.isfinite(row).all()) for row in single])
    cells = [packed(row) if fits else None for row, fits in zip(single, known, strict=True)]
    name = distinct(COLUMN, {str(column) for column in table.frame.columns})
    message = say(
        "The vectors of {file} stand in the column {column}: {n:,} rows of {width} numbers.",
        file=file,
        column=name,
        n=len(matrix),
        width=matrix.shape[1],
    )
    notes = [*table.notes, Note("vectors", message, len(matrix))]
    n_odd = int((~known).sum())
    if n_odd:
        odd = say(
            "Column {column}: vectors with numbers that are not finite, taken as missing: {n}.", column=name, n=n_odd
        )
        notes.append(Note("not-finite", odd, n_odd, "warning"))
    return replace(
        table,
        frame=table.frame.assign(**{name: pd.Series(cells, index=table.frame.index, dtype="str")}),
        notes=tuple(notes),
    )


def _matrix(content: Content) -> NDArray[np.floating]:
    """Read the header first: what it claims must be what is there, before any room is taken."""
    data = content.whole()
    opened = io.BytesIO(data)
    try:
        major, _ = np.lib.format.read_magic(opened)
        read_header = np.lib.format.read_array_header_1_0 if major == 1 else np.lib.format.read_array_header_2_0
        shape, _, dtype = read_header(opened)
        size = int(np.prod([int(part) for part in shape], dtype=object))
        whole = size * dtype.itemsize == len(data) - opened.tell()
    except (ValueError, EOFError, OSError, TypeError, SyntaxError) as error:
        raise DataError("The file {name} is damaged: it is no array of NumPy.", name=content.name) from error
    if dtype.hasobject or dtype.kind != "f" or len(shape) != 2 or not shape[0] or not FEWEST <= shape[1] <= MOST:
        raise DataError(
            "The file {name} holds an array of shape {shape} and type {dtype}. Needed are floating-point numbers, "
            "one row for each row of the table and from {least} to {most:,} columns.",
            name=content.name,
            shape=" × ".join(str(part) for part in shape) or "()",
            dtype=str(dtype)[:40],
            least=FEWEST,
            most=MOST,
        )
    if not whole:
        raise DataError("The file {name} is damaged: it breaks off or goes on too long.", name=content.name)
    matrix: NDArray[np.floating] = np.load(io.BytesIO(data), allow_pickle=False)
    return matrix

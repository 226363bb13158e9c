"""Batches: a sheet of any length, made and written some rows at a time, so that memory does not grow with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Progress, silent
from segment_core.messages import say

BATCH = 20_000

Maker = Callable[[NDArray[np.int64]], Any]
"""Returns a column's cells for these places in the study."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Rows of a file before they are made: places in the study (n,), and for each column what makes its cells."""

    rows: NDArray[np.int64]
    makers: Mapping[str, Maker]

    def __len__(self) -> int:
        return len(self.rows)

    def part(self, start: int, stop: int) -> pd.DataFrame:
        """Make the rows from `start` to `stop`."""
        rows = self.rows[start:stop]
        made = {name: make(rows) for name, make in self.makers.items()}
        plain = {
            name: cells.reset_index(drop=True) if isinstance(cells, pd.Series) else cells
            for name, cells in made.items()
        }
        return pd.DataFrame(plain)

    def whole(self) -> pd.DataFrame:
        """Make all rows."""
        return self.part(0, len(self))

    def parts(self, progress: Progress = silent, *, size: int = BATCH) -> Iterator[pd.DataFrame]:
        """Make all rows, so many at a time; of none one empty part."""
        for start in range(0, max(len(self), 1), size):
            progress(start, len(self), say("Writing: {done:,} of {n:,} customers", done=start, n=len(self)))
            yield self.part(start, start + size)


def write_csv(sheet: Sheet, path: Path, progress: Progress = silent, *, bom: bool = False) -> None:
    """Write UTF-8 CSV in which no cell is a formula; the bytes are those of `as_csv` of the whole."""
    from segment_core.exporting.tables import as_csv

    with path.open("wb") as file:
        for number, part in enumerate(sheet.parts(progress)):
            file.write(as_csv(spelt(part), bom=bom and number == 0, header=number == 0))


def spelt(part: pd.DataFrame) -> pd.DataFrame:
    """Return rows with true and false written as most tools read them."""
    said = {True: "true", False: "false"}
    spelt = {name: part[name].map(said) if pd.api.types.is_bool_dtype(part[name]) else part[name] for name in part}
    return pd.DataFrame(spelt)


def write_parquet(
    sheet: Sheet, path: Path, progress: Progress = silent, *, about: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Write Parquet: texts as they are (it has no formulas), numbers as numbers, the same types in every part.

    `about` says in the file's metadata what it is of, each under "strata." and its name.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer = None
    try:
        for part in sheet.parts(progress):
            arrays = [array_of(part[name]) for name in part.columns]
            if writer is None:
                fields = [pa.field(str(name), array.type) for name, array in zip(part.columns, arrays, strict=True)]
                schema = pa.schema(fields, metadata={f"strata.{name}": said for name, said in about.items()})
                writer = pq.ParquetWriter(path, schema, compression="zstd")
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    finally:
        if writer is not None:
            writer.close()


def array_of(cells: "pd.Series[Any]") -> Any:
    """Return cells as an Arrow array: true and false, whole numbers, numbers, or texts; null where there is none."""
    import pyarrow as pa

    if pd.api.types.is_bool_dtype(cells):
        return pa.array(cells.to_numpy(dtype=bool))
    if pd.api.types.is_integer_dtype(cells):
        return pa.array(cells.astype("Int64"), type=pa.int64())
    if pd.api.types.is_numeric_dtype(cells):
        return pa.array(cells.to_numpy(dtype=np.float64, na_value=np.nan), type=pa.float64(), from_pandas=True)
    try:
        return pa.array(cells, type=pa.string(), from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):  # cells that are no text, or half a letter
        pass
    told = [None if pd.isna(cell) else _valid(str(cell)) for cell in cells]
    return pa.array(told, type=pa.string())


def _valid(text: str) -> str:
    """Replace halves of letters, which UTF-8 cannot hold."""
    return text if text.isascii() else text.encode("utf-8", errors="replace").decode("utf-8")

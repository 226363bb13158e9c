"""Frames: a data frame as Parquet, with index, names and dtypes coming back exactly as they went."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from segment_core.store.plain import from_plain, to_plain


def write(frame: pd.DataFrame, path: Path) -> dict[str, Any]:
    """Write a frame and return the JSON that `read` needs beside the file.

    Columns are numbered in the file, so any text, and the same text twice, may be a name.
    None and nan stay apart in columns of objects. Objects that are not JSON values, categoricals
    and indexes of several levels are refused with a TypeError.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays, kinds = [], []
    for number in range(frame.shape[1]):
        array, kind = _to_arrow(frame.iloc[:, number])
        arrays.append(array)
        kinds.append(kind | {"name": to_plain(frame.columns[number])})
    array, index = _index_to_arrow(frame.index)
    table = pa.table([*arrays, array], names=[*(str(number) for number in range(len(arrays))), "index"])
    pq.write_table(table, path)
    return {
        "columns": kinds,
        "index": index,
        "names_dtype": str(frame.columns.dtype),
        "names_name": to_plain(frame.columns.name),
    }


def read(path: Path, found: dict[str, Any]) -> pd.DataFrame:
    """Read a frame that `write` wrote."""
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    kinds = found["columns"]
    index = _index_from_arrow(table.column("index"), found["index"])
    columns = {
        number: pd.Series(_from_arrow(table.column(str(number)), kind), index=index, dtype=_dtype(kind))
        for number, kind in enumerate(kinds)
    }
    frame = pd.DataFrame(columns, index=index)
    names = [from_plain(kind["name"]) for kind in kinds]
    frame.columns = pd.Index(names, dtype=found["names_dtype"], name=from_plain(found["names_name"]))
    return frame


def _to_arrow(column: Any) -> tuple[Any, dict[str, Any]]:
    import pyarrow as pa

    dtype = str(column.dtype)
    if isinstance(column.dtype, pd.CategoricalDtype):
        raise TypeError("A categorical column cannot be kept; turn it into text first.")
    if dtype != "object" and not isinstance(column.dtype, pd.StringDtype):
        return pa.array(column, from_pandas=not isinstance(column.dtype, np.dtype)), {"dtype": dtype, "as": "arrow"}
    kind = {"dtype": dtype}
    cells = column.to_numpy(dtype=object)
    if dtype != "object":
        kind["storage"] = column.dtype.storage
        cells = np.where(pd.isna(cells), None, cells)
    try:
        if all(cell is None or isinstance(cell, str) for cell in cells):
            return pa.array(cells, type=pa.large_string()), kind | {"as": "text"}
    except UnicodeEncodeError:
        pass  # half a surrogate pair is not UTF-8, but escaped JSON can carry it
    written = [json.dumps(to_plain(cell), allow_nan=False) for cell in cells]
    return pa.array(written, type=pa.large_string()), kind | {"as": "json"}


def _from_arrow(array: Any, kind: dict[str, Any]) -> Any:
    if kind["as"] == "arrow":
        found = array.to_pandas()
        return found.to_numpy() if isinstance(_dtype(kind), np.dtype) else found.array
    if kind["as"] == "text" and kind.get("storage") == "pyarrow":
        # What was Arrow stays Arrow: a million texts are never made into objects and back.
        return _dtype(kind).construct_array_type()(array, dtype=_dtype(kind))
    cells = array.to_numpy(zero_copy_only=False)
    if kind["as"] == "text":
        return cells
    values = np.empty(len(cells), dtype=object)
    values[:] = [from_plain(json.loads(cell)) for cell in cells]
    return values


def _dtype(kind: dict[str, Any]) -> Any:
    if "storage" in kind:
        return pd.StringDtype(kind["storage"], na_value=np.nan if kind["dtype"] == "str" else pd.NA)
    return pd.api.types.pandas_dtype(kind["dtype"])


def _index_to_arrow(index: pd.Index) -> tuple[Any, dict[str, Any]]:
    if isinstance(index, pd.MultiIndex):
        raise TypeError("A frame with an index of several levels cannot be kept.")
    array, kind = _to_arrow(index)
    if isinstance(index, pd.RangeIndex):
        kind["range"] = [index.start, index.stop, index.step]
    return array, kind | {"name": to_plain(index.name)}


def _index_from_arrow(array: Any, kind: dict[str, Any]) -> pd.Index:
    name = from_plain(kind["name"])
    if "range" in kind:
        start, stop, step = kind["range"]
        return pd.RangeIndex(start, stop, step, name=name)
    index: pd.Index = pd.Index(_from_arrow(array, kind), dtype=_dtype(kind), name=name)
    return index

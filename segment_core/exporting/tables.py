"""Tables: one row a customer, safe to open in a spreadsheet."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Customers
from segment_core.errors import DataError
from segment_core.exporting.batches import Maker, Sheet
from segment_core.exporting.consent import contactable, has_permissions

if TYPE_CHECKING:  # the frame imports the steps, never the other way round
    from segment_core.study import Study

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SUSPECT = r"\A *[" + re.escape("".join(FORMULA_STARTS)) + "]"
MADE = ("segment", "segment_name", "confidence", "band")
NOTHING: Mapping[str, Sequence[Any]] = MappingProxyType({})


def segments_table(
    study: "Study",
    *,
    columns: Sequence[str] = (),
    only: Sequence[str] | None = None,
    more: Mapping[str, Sequence[Any]] = NOTHING,
    consent: bool = True,
) -> pd.DataFrame:
    """Return one row a customer: id, segment, segment_name, confidence (0 to 1), band, then the asked columns.

    The first column has the id column's own name, or "row" where the file had none; `only` keeps
    these customer ids. Where the file has consent or suppression columns, who may not be contacted
    is left out; `consent=False` keeps everybody, with a column "contactable" (yes or no). A column
    of the file that is named like one of ours gets "_in_file" appended. `more` adds columns made outside,
    such as an analyst's labels: one value a customer, in the study's order; where a name is taken, "_added"
    is appended.

    Raises
    ------
    DataError
        If there are no segments yet, or a column is not in the file.
    """
    return segments_sheet(study, columns=columns, only=only, more=more, consent=consent).whole()


def segments_sheet(
    study: "Study",
    *,
    columns: Sequence[str] = (),
    only: Sequence[str] | None = None,
    more: Mapping[str, Sequence[Any] | Maker] = NOTHING,
    consent: bool = True,
) -> Sheet:
    """Return what `segments_table` holds as a sheet that is made some rows at a time; `more` may be makers of cells."""
    clustering, customers = study.clustering, study.customers
    if clustering is None:
        raise DataError("There are no segments yet. Find segments first.")
    missing = [name for name in columns if name not in customers.frame.columns]
    if missing:
        raise DataError("There is no column {name} in this file.", name=missing[0])
    id_name, labels = customers.id_name, clustering.labels
    ids = np.array([segment.id for segment in clustering.segments], dtype=object)
    titles = np.array([segment_name(study, id_) for id_ in ids], dtype=object)
    index = customers.frame.index.to_numpy(dtype=object)
    taken = {id_name, *MADE}
    made: dict[str, Maker] = {
        id_name: lambda rows: index[rows],
        _free("segment", id_name): lambda rows: ids[labels[rows]],
        _free("segment_name", id_name): lambda rows: titles[labels[rows]],
        _free("confidence", id_name): lambda rows: np.round(clustering.strengths[rows].astype(np.float64), 4),
        _free("band", id_name): lambda rows: clustering.bands[rows],
    }
    may = contactable(customers).to_numpy()
    if not consent and has_permissions(customers):
        taken.add("contactable")
        made[_free("contactable", id_name)] = lambda rows: np.where(may[rows], "yes", "no")
    for name in columns:
        made[f"{name}_in_file" if name in taken else name] = cells_of(customers.frame[name])
    for name, values in more.items():
        label = name
        while label in made:
            label += "_added"
        made[label] = values if callable(values) else cells_of(pd.Series(list(values)), as_they_are=True)
    return Sheet(chosen_rows(customers, only, may if consent else None), made)


def chosen_rows(
    customers: Customers, only: Sequence[str] | None, may: NDArray[np.bool_] | None = None
) -> NDArray[np.int64]:
    """Return the places of the customers with ids in `only` (None is all) who `may` (n,) be in it, in order."""
    index = customers.frame.index
    kept = np.ones(len(index), dtype=bool) if may is None else may
    if only is not None:
        kept = kept & index.isin(list(only))
    rows = np.flatnonzero(kept)
    if customers.id_name == "row":
        rows = rows[np.argsort(index[rows].astype(int).to_numpy(), kind="stable")]
    return rows


def segments_csv(
    study: "Study",
    *,
    columns: Sequence[str] = (),
    only: Sequence[str] | None = None,
    more: Mapping[str, Sequence[Any]] = NOTHING,
    bom: bool = False,
    consent: bool = True,
) -> bytes:
    """Return `segments_table` as UTF-8 CSV in which no cell is a formula.

    Text that a spreadsheet would run gets an apostrophe in front. `bom` adds the mark by which
    Excel recognises UTF-8.
    """
    return as_csv(segments_table(study, columns=columns, only=only, more=more, consent=consent), bom=bom)


def projection_csv(study: "Study") -> bytes:
    """Return the map as CSV: id, x, y, segment; everybody is on it."""
    table = segments_table(study, consent=False)
    if study.projection is None:
        raise DataError("There is no map yet. Find segments first.")
    points = pd.DataFrame(study.projection.points.astype(np.float64), columns=["x", "y"]).round(5)
    points.index = study.customers.frame.index
    placed = points.loc[table[study.customers.id_name]].reset_index(drop=True)
    first = table.columns[0]
    own = {_free(name, first): values for name, values in (("x", placed["x"]), ("y", placed["y"]))}
    segment = table.columns[1]
    return as_csv(pd.DataFrame({first: table[first], **own, segment: table[segment]}))


def measures_csv(measures: pd.DataFrame, customers: Customers) -> bytes:
    """Return measures of customers, indexed by customer id, as UTF-8 CSV in which no cell is a formula.

    As in `segments_csv`, who may not be contacted is left out.
    """
    may = contactable(customers)
    kept = measures[~measures.index.isin(may.index[~may])]
    parts = {customers.id_name: kept.index.to_numpy(dtype=object)}
    shown = {_free(str(name), customers.id_name): _shown(kept[name]) for name in kept.columns}
    return as_csv(pd.DataFrame(parts | shown))


def segment_name(study: "Study", segment: str) -> str:
    """Return the name of a segment: its persona's, or its id while it has none."""
    persona = study.personas.of(segment) if study.personas else None
    return persona.name if persona else segment


def defused(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula; numbers stay as they are.

    Examples
    --------
    >>> defused("=1+1"), defused("-3.5"), defused("fine")
    ("'=1+1", '-3.5', 'fine')
    """
    if not text.lstrip(" ").startswith(FORMULA_STARTS):
        return text
    try:
        float(text)
    except ValueError:
        return "'" + text
    return text


def _free(name: str, id_name: str) -> str:
    return f"{name}_found" if name == id_name else name


def cells_of(values: "pd.Series[Any]", *, as_they_are: bool = False) -> Maker:
    """Return what writes some cells of a column: dates as ISO text, whole numbers without a decimal point.

    The whole column decides how, so that it does not matter how many rows are made at a time.
    """
    plain = values.reset_index(drop=True)
    if as_they_are:
        return lambda rows: plain.iloc[rows]
    if pd.api.types.is_datetime64_any_dtype(plain):
        known = plain.dropna()
        unit: Literal["D", "s"] = "D" if bool((known.dt.normalize() == known).all()) else "s"
        return lambda rows: _dates(plain.iloc[rows], unit)
    if pd.api.types.is_float_dtype(plain):
        known = plain.dropna()
        if bool((known % 1 == 0).all()) and bool((known.abs() < 2**53).all()):
            return lambda rows: plain.iloc[rows].astype("Int64")
    return lambda rows: plain.iloc[rows]


def _dates(cells: "pd.Series[Any]", unit: Literal["D", "s"]) -> "pd.Series[Any]":
    """Write dates as ISO text; many times faster than `strftime`."""
    told = np.datetime_as_string(cells.to_numpy().astype(f"datetime64[{unit}]"), unit=unit).astype(object)
    return pd.Series(told).where(cells.notna().to_numpy(), None)


def _shown(values: "pd.Series[Any]") -> "pd.Series[Any]":
    found: pd.Series[Any] = cells_of(values)(np.arange(len(values))).reset_index(drop=True)
    return found


def as_csv(table: pd.DataFrame, *, bom: bool = False, header: bool = True) -> bytes:
    """Return a table without its index as UTF-8 CSV in which no cell is a formula; `header` writes the names, too."""
    text = safe_table(table).to_csv(index=False, header=header, lineterminator="\n")
    return text.encode("utf-8-sig" if bom else "utf-8", errors="replace")


def safe_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which no text, and no name of a column, would be run by a spreadsheet."""
    safe = table.copy()
    for place in range(table.shape[1]):
        cells = table.iloc[:, place]
        if not pd.api.types.is_numeric_dtype(cells) and _suspect(cells):
            told = [_one_cell(cell) if isinstance(cell, str) else cell for cell in cells.tolist()]
            safe.isetitem(place, np.array(told, dtype=object))
    safe.columns = pd.Index([_one_cell(str(name)) for name in table.columns])
    return safe


def _suspect(cells: "pd.Series[Any]") -> bool:
    """Tell whether a text of a column may run, or break its line: one look at all, which is nearly always enough."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        texts = pa.array(cells, type=pa.string(), from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):  # cells that are no text, or half a letter
        return True
    found = pc.or_(pc.match_substring_regex(texts, SUSPECT), pc.match_substring(texts, "\r"))
    return bool(pc.any(found).as_py())


def _one_cell(text: str) -> str:
    """Defuse a text, and end its lines by LF: a bare CR would not be quoted, and start a new row in a spreadsheet."""
    return defused(text.replace("\r\n", "\n").replace("\r", "\n"))

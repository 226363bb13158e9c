"""Querying: a typed question as SQL, and the same run in a database that can reach nothing else."""

from typing import Any

import numpy as np
import pandas as pd

from segment_core.answering.asked import OF_NUMBERS, OF_TEXTS, SEGMENTS, Asked
from segment_core.answering.speaking import said
from segment_core.artifacts import Condition
from segment_core.errors import OptionError
from segment_core.labelling import SEGMENT, sql
from segment_core.labelling.sqlwords import as_text, database, identifier, literal
from segment_core.study import Study

SAID = "said"


def sql_of(asked: Asked, study: Study) -> str:
    """Write a question in the dialect of DuckDB; "" where a condition has no exact form in SQL.

    The table is that of `labelling.sql`, with the column "segment"; for questions to texts it has a column "said",
    which is 1 for those who wrote of it, 0 for those who wrote of something else, and NULL for who wrote nothing.
    """
    try:
        where, test = (_where(conditions, study) for conditions in (asked.only, asked.test))
    except OptionError:
        return ""
    group = _group(asked)
    if asked.measure == "most_common":
        cell = identifier(asked.column)
        columns = f'{group} AS "group", {cell} AS "text", COUNT(*) AS "value"'
        return _query(columns, [*where, f"{cell} IS NOT NULL"], 'GROUP BY 1, 2\nORDER BY "value" DESC, 2')
    counted, value = _value(asked, where, test)
    columns = f'{group} AS "group", COUNT(*) AS "n", {counted} AS "base", {value} AS "value"'
    order = "ASC" if asked.top < 0 else "DESC"
    known = [f"{group} IS NOT NULL"] if asked.by else []
    return _query(columns, [*where, *known], f'GROUP BY 1\nORDER BY "value" {order}, 1')


def run_sql(query: str, asked: Asked, study: Study) -> pd.DataFrame:
    """Run what `sql_of` wrote."""
    with database() as found_in:
        found_in.register("customers", _table(asked, study))
        ran = found_in.execute(query)
        names = [one[0] for one in ran.description or ()]
        return pd.DataFrame(ran.fetchall(), columns=names)


def _value(asked: Asked, where: list[str], test: list[str]) -> tuple[str, str]:
    if asked.measure == "size":
        return "COUNT(*)", "COUNT(*)"
    if asked.measure in OF_TEXTS:
        return f'COUNT("{SAID}")', f'AVG("{SAID}")'
    if asked.measure == "share_of":
        known = " AND ".join(f"{_name(one)} IS NOT NULL" for one in asked.test)
        hits = " AND ".join(test)
        return f"COUNT(*) FILTER (WHERE {known})", (
            f"AVG(CASE WHEN {hits} THEN 1.0 ELSE 0.0 END) FILTER (WHERE {known})"
        )
    cell = identifier(asked.column)
    how = {"mean": "AVG", "median": "MEDIAN"}.get(asked.measure, "SUM")
    value = f"{how}({cell})"
    if asked.measure == "share_of_total":
        value = f"{value} / SUM({value}) OVER ()"
    return f"COUNT({cell})", value


def _query(columns: str, where: list[str], rest: str) -> str:
    met = f"\nWHERE {' AND '.join(where)}" if where else ""
    return f'SELECT {columns}\nFROM "customers"{met}\n{rest};'


def _where(conditions: tuple[Condition, ...], study: Study) -> list[str]:
    if not conditions:
        return []
    segments = study.clustering.ids.tolist() if study.clustering else ()
    written = sql(conditions, study.customers, segments=segments)
    return [f"({written.split(chr(10) + 'WHERE ', 1)[1].rstrip(';')})"]


def _group(asked: Asked) -> str:
    if not asked.by:
        return literal("")
    return '"segment"' if asked.by == SEGMENTS else identifier(asked.by)


def _name(condition: Condition) -> str:
    return '"segment"' if condition.column == SEGMENT else identifier(condition.column)


def _table(asked: Asked, study: Study) -> pd.DataFrame:
    customers = study.customers
    names = [one.column for one in (*asked.only, *asked.test)] + [asked.by, asked.column]
    parts: dict[str, Any] = {customers.id_name: as_text(customers.frame.index.astype(str))}
    for name in dict.fromkeys(names):
        if name in customers.frame.columns:
            cells = customers.frame[name]
            typed = pd.api.types.is_numeric_dtype(cells) or pd.api.types.is_datetime64_any_dtype(cells)
            parts[name] = cells.array if typed else as_text(cells)
    if study.clustering is not None:
        parts["segment"] = as_text(study.clustering.ids.tolist())
    if asked.measure in OF_TEXTS:
        wrote, meant = said(customers, asked.about, sour=asked.measure == "complain")
        parts[SAID] = np.where(wrote, meant.astype(float), np.nan)
    found = pd.DataFrame(parts)
    numbers = [name for name in (SAID, asked.column) if name in found and asked.measure in OF_NUMBERS | OF_TEXTS]
    return found.astype(dict.fromkeys(numbers, "Float64"))  # a database tells NaN from NULL

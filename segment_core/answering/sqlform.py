"""SQL form: a typed query as SQL, where it can be said so, and the same run to see that the figures agree."""

import pandas as pd

from segment_core.answering.asked import Asked
from segment_core.errors import OptionError
from segment_core.labelling import SEGMENT, sql
from segment_core.labelling.sql import SEGMENT_COLUMN, TABLE
from segment_core.labelling.sqlwords import as_text, database, identifier, literal
from segment_core.study import Study

_CALLS = {"median": "median", "mean": "avg", "sum": "sum"}


def written(asked: Asked, study: Study) -> str:
    """Write a checked query in the dialect of DuckDB, "" where words of texts are judged, which SQL cannot."""
    if asked.measure in ("mentions", "complaints"):
        return ""
    column = identifier(SEGMENT_COLUMN if asked.by == SEGMENT else asked.by) if asked.by else ""
    if asked.measure == "count":
        value = "count(*)"
    elif asked.measure == "share":
        yes = study.customers.column(asked.of).role == "yes/no"
        wanted = ("1" if asked.value == "yes" else "0") if yes else literal(asked.value)
        name = identifier(asked.of)
        value = f"avg(CASE WHEN {name} = {wanted} THEN 1 WHEN {name} IS NOT NULL THEN 0 END)"
    else:
        value = f"{_CALLS[asked.measure]}({identifier(asked.of)})"
    parts = [f"{column} IS NOT NULL"] if column else []
    if asked.filters:
        customers = study.customers
        segments = list(study.clustering.ids) if study.clustering else []
        try:
            whole = sql(asked.filters, customers, segments=segments)
        except OptionError:  # words that SQL cannot compare exactly
            return ""
        head = f"SELECT {identifier(customers.id_name)}\nFROM {identifier(TABLE)}\nWHERE "
        parts.append(whole.removeprefix(head).removesuffix(";"))
    where = f"\nWHERE {' AND '.join(parts)}" if parts else ""
    select = f"{column}, {value} AS value" if column else f"{value} AS value"
    return f"SELECT {select}\nFROM {identifier(TABLE)}{where}{f'{chr(10)}GROUP BY {column}' if column else ''};"


def run_sql(query: str, asked: Asked, study: Study) -> dict[str, float | None]:
    """Run a query that `written` wrote in a database that reaches nothing else; return each group's value."""
    names = {asked.of, asked.by, *(one.column for one in asked.filters)} - {"", SEGMENT}
    parts: dict[str, object] = {}
    for name in sorted(names):
        cells = study.customers.frame[name]
        typed = pd.api.types.is_numeric_dtype(cells) or pd.api.types.is_datetime64_any_dtype(cells)
        parts[name] = cells.array if typed else as_text(cells)
    if study.clustering is not None:
        parts[SEGMENT_COLUMN] = as_text(study.clustering.ids.tolist())
    table = pd.DataFrame(parts, index=range(len(study.customers)))
    with database() as found_in:
        found_in.register(TABLE, table)
        rows = found_in.execute(query).fetchall()
    return {str(row[0]) if asked.by else "": row[-1] for row in rows}

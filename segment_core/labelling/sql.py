"""SQL: a rule as a query for a database, and the same query run to see that it finds the same customers."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from segment_core.artifacts import Condition, Customers
from segment_core.errors import OptionError
from segment_core.labelling import sqlwords
from segment_core.labelling.dialects import Dialect, spoken
from segment_core.labelling.rules import ANSWERED, SEGMENT, apply_rule, day_in, number_in, operations
from segment_core.labelling.sqlwords import identifier, literal

TABLE = "customers"
SEGMENT_COLUMN = "segment"
MOST_EXACT = 2**53
"""Whole numbers up to this one have a float each."""
_SIGNS = {"=": "=", "≠": "<>", "<": "<", "≤": "<=", ">": ">", "≥": ">="}
_NOBODY = "1 = 0"


def sql(
    conditions: Sequence[Condition],
    customers: Customers,
    *,
    segments: Sequence[str] = (),
    table: str = TABLE,
    dialect: Dialect = "duckdb",
) -> str:
    """Write a rule as a query that returns the ids of exactly those whom `apply_rule` means.

    The table holds the customers' columns under their names, NULL where a value is missing, yes/no as 1 and 0, and
    for a rule on the segment a column "segment". Names and values are quoted, whatever is in them. How words are
    compared depends on the letters that these customers use: a query for words is exact for them, and for others
    who write alike. `matches` runs it in DuckDB; for other databases see `dialects.spoken`.

    Raises
    ------
    OptionError
        If there is no such dialect or the database cannot hold a name or letter, if the rule does not fit the
        customers, two of its columns have the same name for a database, which does not tell capitals apart, or a
        comparison of words has no exact form in SQL.

    Examples
    --------
    >>> from segment_core.artifacts import Column
    >>> from segment_core.messages import say
    >>> frame = pd.DataFrame({"spend": [10.0, 250.0, np.nan]}, index=["a", "b", "c"])
    >>> shop = Customers(frame, (Column("spend", "money", "behavioural", say("-")),), "id", 3)
    >>> print(sql([Condition("spend", "≥", ("100",))], shop))
    SELECT "id"
    FROM "customers"
    WHERE "spend" >= 100;
    """
    where = "\n  AND ".join(asked_in(conditions, customers, segments, dialect))
    query = f"SELECT {identifier(customers.id_name)}\nFROM {identifier(table)}\nWHERE {where};"
    return spoken(query, dialect)


def asked_in(
    conditions: Sequence[Condition], customers: Customers, segments: Sequence[str], dialect: Dialect
) -> list[str]:
    """Write the conditions one by one in DuckDB's words, for another dialect in those that all databases share."""
    apply_rule(_first(customers), conditions, segments[:1])  # says what is wrong with the rule, if anything is
    _require_told_apart(conditions, customers)
    return [_written(condition, customers, portable=dialect != "duckdb") for condition in conditions]


def selected(query: str, columns: Sequence[str], customers: Customers, segments: Sequence[str] = ()) -> tuple[str, ...]:
    """Run a query that `sql` wrote in a database that holds these columns and can reach nothing else.

    Returns the ids in the customers' order.
    """
    found = {str(row[0]) for row in fetched(query, columns, customers, segments)}
    return tuple(id_ for id_ in customers.frame.index.astype(str) if id_ in found)


def fetched(
    query: str, columns: Sequence[str], customers: Customers, segments: Sequence[str] = ()
) -> list[tuple[Any, ...]]:
    """Run a query as `selected` does, and return its rows."""
    with sqlwords.database() as found_in:
        found_in.register(TABLE, _as_table(columns, customers, segments))
        return found_in.execute(query).fetchall()


def matches(conditions: Sequence[Condition], customers: Customers, segments: Sequence[str] = ()) -> bool:
    """Run a rule's SQL in DuckDB, and tell whether it returns exactly the ids that the rule means."""
    query = sql(conditions, customers, segments=segments)
    claimed = customers.frame.index[apply_rule(customers, conditions, segments)].astype(str)
    return selected(query, [condition.column for condition in conditions], customers, segments) == tuple(claimed)


def _first(customers: Customers) -> Customers:
    from dataclasses import replace

    return replace(customers, frame=customers.frame.head(1), said=None)


def _require_told_apart(conditions: Sequence[Condition], customers: Customers) -> None:
    names = [customers.id_name, *(name for name in customers.frame.columns if name != customers.id_name)]
    asked = {condition.column for condition in conditions}
    if SEGMENT in asked:
        names.append(SEGMENT_COLUMN)
        asked.add(SEGMENT_COLUMN)
    for name in sorted(asked | {customers.id_name}):
        alike = [other for other in names if other.casefold() == name.casefold()]
        if len(alike) > 1:
            raise OptionError(
                "A database cannot tell the columns {one} and {other} apart; give one of them another name in the "
                "file to write this rule in SQL.",
                one=alike[0],
                other=alike[1],
            )


def _written(condition: Condition, customers: Customers, *, portable: bool) -> str:
    if condition.column == SEGMENT:
        return _named(identifier(SEGMENT_COLUMN), condition)
    name = identifier(condition.column)
    cells = customers.frame[condition.column]
    if customers.column(condition.column).role == "text" or condition.op == "contains":
        return sqlwords.written(name, cells, condition, portable=portable)
    if condition.op in ("is missing", "is known"):
        return f"{name} IS {'NOT ' if condition.op == 'is known' else ''}NULL"
    known = operations(customers, condition.column)
    if known == ANSWERED:
        return f"{name} = {1 if condition.values[0] == 'yes' else 0}"
    return _ordered(name, cells, condition) if "between" in known else _named(name, condition)


def _ordered(name: str, cells: "pd.Series[float]", condition: Condition) -> str:
    if pd.api.types.is_datetime64_any_dtype(cells):
        days = [int(day_in(value, condition.column)) for value in condition.values]
        limits = [f"DATE '{np.datetime64(day, 'D')}'" for day in days]
        return _compared(f"CAST({name} AS DATE)", condition.op, limits)
    numbers = [number_in(value, condition.column) for value in condition.values]
    if any(math.isnan(number) for number in numbers):  # nothing compares with what is no number
        return f"{name} IS NOT NULL" if condition.op == "≠" else _NOBODY
    return _compared(name, condition.op, [_figure(number) for number in numbers])


def _compared(name: str, op: str, limits: Sequence[str]) -> str:
    if op == "between":
        return f"{name} BETWEEN {limits[0]} AND {limits[1]}"
    return f"{name} {_SIGNS[op]} {limits[0]}"


def _named(name: str, condition: Condition) -> str:
    values = [literal(value) for value in dict.fromkeys(condition.values)]
    if condition.op == "is one of" and len(values) > 1:
        return f"{name} IN ({', '.join(values)})"
    return f"{name} {'<>' if condition.op == 'is not' else '='} {values[0]}"


def _figure(number: float) -> str:
    """Write a number so that it is read as the very same float: short ones as they are, others by their digits."""
    if number.is_integer() and abs(number) < MOST_EXACT:
        return str(int(number))
    short = f"{number:.15g}"
    if math.isfinite(number) and "e" not in short and float(short) == number and len(short.lstrip("-0.")) <= 16:
        return short
    return f"CAST('{number!r}' AS DOUBLE)"


def _as_table(columns: Sequence[str], customers: Customers, segments: Sequence[str]) -> pd.DataFrame:
    parts: dict[str, Any] = {}
    for name in dict.fromkeys(columns):
        if name == SEGMENT:
            parts[SEGMENT_COLUMN] = sqlwords.as_text(segments)
            continue
        cells = customers.frame[name]
        typed = pd.api.types.is_numeric_dtype(cells) or pd.api.types.is_datetime64_any_dtype(cells)
        parts[name] = cells.array if typed else sqlwords.as_text(cells)
    parts[customers.id_name] = sqlwords.as_text(customers.frame.index.astype(str))
    return pd.DataFrame(parts)

"""Dialects: a query for DuckDB said in the words of PostgreSQL, BigQuery and Snowflake."""

from typing import Literal, get_args

from segment_core.errors import OptionError

Dialect = Literal["duckdb", "postgres", "bigquery", "snowflake"]
DIALECTS: dict[Dialect, str] = {
    "duckdb": "DuckDB",
    "postgres": "PostgreSQL",
    "bigquery": "BigQuery",
    "snowflake": "Snowflake",
}
LONGEST_NAME = {"postgres": 63, "bigquery": 300, "snowflake": 255}
"""In bytes of UTF-8: PostgreSQL cuts longer names off without failing, and could mean another column."""
NOT_IN_BIGQUERY = frozenset('!"$()*,./;?@[\\]^`{}~')


def spoken(query: str, dialect: Dialect) -> str:
    """Say a query that `labelling.sql` wrote in another dialect.

    What differs is said otherwise: quotes and backslashes in names and texts, types, how a text is looked for in
    another, replacing all places. Compared is byte by byte, as these databases do unless a column has a collation of
    its own that ignores case or accents. A query for DuckDB is returned as it is.

    Raises
    ------
    OptionError
        If there is no such dialect, or the database cannot hold a name of the query or a letter in it.

    Examples
    --------
    >>> spoken('SELECT "id" FROM "shop";', "bigquery").split()
    ['SELECT', '`id`', 'FROM', '`shop`;']
    """
    if dialect not in get_args(Dialect):
        raise OptionError("There is no SQL dialect {name}; there are {known}.", name=dialect, known=", ".join(DIALECTS))
    if dialect == "duckdb":
        return query
    import sqlglot
    from sqlglot import exp

    tree = sqlglot.parse_one(query, read="duckdb")
    for name in tree.find_all(exp.Identifier):
        _require_holds(name.name, dialect)
    for node in list(tree.find_all(exp.Contains)):
        place = exp.StrPosition(this=node.this, substr=node.expression)
        node.replace(exp.GT(this=place, expression=exp.Literal.number(0)))
    for node in list(tree.find_all(exp.RegexpReplace)):
        if dialect != "postgres":
            node.set("modifiers", None)  # these replace all places anyhow, and have no word for it
    for node in tree.find_all(exp.Trim):
        if dialect == "bigquery" and node.expression is None:
            node.set("expression", exp.Literal.string(" "))  # else it takes off spaces of any kind
    for node in tree.find_all(exp.Chr):
        if any(part.name == "0" for part in node.expressions):
            raise OptionError(
                "The letter of code 0 is in this rule or in the column that it asks for; a text in {database} cannot "
                "hold it.",
                database=DIALECTS[dialect],
            )
    said: str = tree.sql(dialect=dialect, pretty=True, identify=True, comments=False)
    return f"{said};"


def _require_holds(name: str, dialect: Dialect) -> None:
    odd = sorted(NOT_IN_BIGQUERY & set(name)) if dialect == "bigquery" else ["\\0"] if "\0" in name else []
    if odd:
        raise OptionError(
            "{database} has no columns with {letters} in their name, as “{name}” has; give it another name in the "
            "file.",
            database=DIALECTS[dialect],
            letters=" ".join(odd),
            name=name[:80],
        )
    if len(name.encode()) > LONGEST_NAME[dialect]:
        raise OptionError(
            "Names in {database} are at most {most} bytes long; “{name}” is longer: give it another name in the file.",
            database=DIALECTS[dialect],
            most=LONGEST_NAME[dialect],
            name=name[:80],
        )

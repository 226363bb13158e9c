"""Label SQL: the rules of a label column as one statement that gives each customer the label they get here."""

from collections.abc import Sequence

from segment_core.artifacts import Customers, LabelColumn, Rule
from segment_core.errors import OptionError
from segment_core.labelling.dialects import Dialect, spoken
from segment_core.labelling.rules import apply_rule, problem
from segment_core.labelling.sql import TABLE, asked_in, fetched
from segment_core.labelling.sqlwords import identifier, literal


def label_sql(
    column: LabelColumn,
    customers: Customers,
    *,
    segments: Sequence[str] = (),
    table: str = TABLE,
    dialect: Dialect = "duckdb",
) -> str:
    """Write one query that returns every customer's id and the label that the column's rules give them.

    Of several rules that mean a customer the later one counts, as here; who meets none has no label (NULL). A rule
    that no longer fits the customers is left out, and so are labels given by hand, which no rule can know. For
    a rule on the segment the table has a column "segment"; else it is as for `sql`. Raises `OptionError` where no
    rule is left, or as `sql`.
    """
    rules = _in_force(column, customers, segments)
    if not rules:
        raise OptionError("No rule of this column fits these customers, so there is no query that labels them.")
    cases = [
        f"  WHEN {' AND '.join(f'({part})' for part in asked_in(rule.conditions, customers, segments, dialect))} "
        f"THEN {literal(rule.label)}"
        for rule in reversed(rules)
    ]
    query = (
        f"SELECT {identifier(customers.id_name)},\nCASE\n" + "\n".join(cases) + f"\nEND AS {identifier(column.name)}"
        f"\nFROM {identifier(table)};"
    )
    return spoken(query, dialect)


def label_matches(column: LabelColumn, customers: Customers, segments: Sequence[str] = ()) -> bool:
    """Run a column's SQL in DuckDB, and tell whether it gives every customer the label that the rules give here."""
    asked = [one.column for rule in _in_force(column, customers, segments) for one in rule.conditions]
    query = label_sql(column, customers, segments=segments)
    found = {str(id_): label for id_, label in fetched(query, asked, customers, segments)}
    return found == ruled(column, customers, segments)


def ruled(column: LabelColumn, customers: Customers, segments: Sequence[str] = ()) -> dict[str, str | None]:
    """Return the label that the rules give each customer, by id; hands are left out."""
    ids = customers.frame.index.astype(str)
    found: dict[str, str | None] = dict.fromkeys(ids)
    for rule in _in_force(column, customers, segments):
        found |= dict.fromkeys(ids[apply_rule(customers, rule.conditions, segments)], rule.label)
    return found


def _in_force(column: LabelColumn, customers: Customers, segments: Sequence[str]) -> list[Rule]:
    return [rule for rule in column.rules if problem(rule, customers, segments) is None]

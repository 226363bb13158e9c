"""Assigning: one statement of SQL that gives each customer the segment whose rule fits, and who that is."""

from collections.abc import Sequence

from segment_core.artifacts import Customers, RuleTwin
from segment_core.errors import OptionError
from segment_core.labelling.dialects import Dialect, spoken
from segment_core.labelling.rules import apply_rule
from segment_core.labelling.sql import SEGMENT_COLUMN, TABLE, asked_in
from segment_core.labelling.sqlwords import identifier, literal


def assign_sql(
    twins: Sequence[RuleTwin], customers: Customers, *, table: str = TABLE, dialect: Dialect = "duckdb"
) -> str:
    """Write one query that returns every customer's id and segment by the rules of those segments that have one.

    Where several rules fit a customer the most precise one decides. Who fits none has no segment (NULL): nobody is
    put into a segment that cannot be said as a rule. It is the rules that are exact, not the segments: see each
    twin's precision and recall. Raises `OptionError` where no segment can be said, or as `sql`.
    """
    rules = _in_order(twins)
    if not rules:
        raise OptionError("No segment can be said as a rule, so there is no query that assigns them.")
    cases = [
        f"  WHEN {' AND '.join(f'({part})' for part in asked_in(twin.conditions, customers, (), dialect))} "
        f"THEN {literal(twin.segment)}"
        for twin in rules
    ]
    query = (
        f"SELECT {identifier(customers.id_name)},\nCASE\n" + "\n".join(cases) + f"\nEND AS {identifier(SEGMENT_COLUMN)}"
        f"\nFROM {identifier(table)};"
    )
    return spoken(query, dialect)


def assigned(twins: Sequence[RuleTwin], customers: Customers) -> dict[str, str | None]:
    """Return whom `assign_sql` gives which segment, by id, found without a database."""
    found: dict[str, str | None] = dict.fromkeys(customers.frame.index.astype(str))
    for twin in reversed(_in_order(twins)):
        found |= dict.fromkeys(customers.frame.index[apply_rule(customers, twin.conditions)].astype(str), twin.segment)
    return found


def _in_order(twins: Sequence[RuleTwin]) -> list[RuleTwin]:
    rules = [twin for twin in twins if twin.sayable and twin.conditions]
    return sorted(rules, key=lambda twin: -twin.precision)

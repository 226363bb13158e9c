"""Dialects: whatever the database, its query returns exactly whom the rule means."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pandas as pd
import pytest
import sqlglot

from segment_core.artifacts import Condition, Customers, LabelColumn, Rule, RuleTwin
from segment_core.errors import OptionError
from segment_core.labelling import (
    SEGMENT,
    Dialect,
    apply_rule,
    assign_sql,
    assigned,
    label_matches,
    label_sql,
    ruled,
    selected,
    sql,
    values,
)
from segment_core.labelling.sql import _as_table
from segment_core.labelling.sqlwords import database
from tests.planted import typed

OTHERS = [name for name in get_args(Dialect) if name != "duckdb"]
every_other = pytest.mark.parametrize("dialect", OTHERS)
SEGMENTS = ["S1", "S'2", "S1", "S\\3", "S1"]
RULES = [
    [Condition("spend", "≥", ("0.1",))],
    [Condition("spend", "between", ("-3.5", "250.5")), Condition("app", "is", ("yes",))],
    [Condition("spend", "≠", ("10",))],
    [Condition("spend", "<", ("1e-07",))],
    [Condition("since", "≤", ("2024-06-30",))],
    [Condition("since", "between", ("2024-01-01", "2024-06-30"))],
    [Condition("since", "is missing")],
    [Condition("city 'x' %", "is one of", ("Rome", "L'Aquila", "a\\b\nc"))],
    [Condition("city 'x' %", "is not", ("Rome",))],
    [Condition("city 'x' %", "contains", ("ROM",))],
    [Condition("review", "contains", ("late",))],
    [Condition("review", "contains", ('"deja  vu"',))],
    [Condition("review", "does not contain", ("o'k \\",))],
    [Condition("review", "is missing")],
    [Condition("review", "is known")],
    [Condition("review", "contains", ("物流",))],
    [Condition(SEGMENT, "is one of", ("S'2", "S\\3"))],
]


@pytest.fixture(scope="module")
def shop() -> Customers:
    return typed(
        {"spend": "money", "since": "date", "app": "yes/no", "city 'x' %": "category", "review": "text"},
        spend=[10.0, 250.5, -3.5, np.nan, 0.1],
        since=pd.to_datetime(["2024-01-01", "2024-06-30 18:30", "2023-12-31", None, "2025-02-01"], format="mixed"),
        app=[1.0, 0.0, 1.0, np.nan, 1.0],
        **{
            "city 'x' %": ["Rome", "L'Aquila", "a\\b\nc", None, "rome"],
            "review": ["Delivery was LATE, o'k \\", "Déjà\u00a0 vu, (late)", "物流很慢", "\t ", "DE\u0301JA VU o'k \\"],
        },
    )


def known(customers: Customers, rule: list[Condition]) -> list[str]:
    return customers.frame.index[apply_rule(customers, rule, SEGMENTS)].astype(str).tolist()


@every_other
@pytest.mark.parametrize("number", range(len(RULES)))
def test_the_words_of_a_dialect_mean_the_same_said_back(shop: Customers, dialect: Dialect, number: int) -> None:
    rule = RULES[number]
    query = sql(rule, shop, segments=SEGMENTS, dialect=dialect)
    (back,) = sqlglot.transpile(query, read=dialect, write="duckdb")
    found = selected(back, [condition.column for condition in rule], shop, SEGMENTS)
    assert list(found) == known(shop, rule), query


def test_what_is_said_otherwise(shop: Customers) -> None:
    late = [Condition("review", "contains", ('"deja vu"',))]
    said = {name: sql(late, shop, dialect=name) for name in get_args(Dialect)}
    assert "INSTR(" in said["bigquery"]
    assert "`review`" in said["bigquery"]
    assert not any("CONTAINS" in said[name].upper() for name in OTHERS)
    assert not any("'g'" in said[name] for name in ("bigquery", "snowflake"))
    assert "'g'" in said["postgres"]
    assert not any("STRIP_ACCENTS" in said[name].upper() for name in OTHERS)


@pytest.mark.parametrize(
    ("name", "dialect", "told"), [("a.b", "bigquery", "no columns with ."), ("n" * 64, "postgres", "at most 63 bytes")]
)
def test_a_name_that_a_database_cannot_hold_is_refused(name: str, dialect: Dialect, told: str) -> None:
    customers = typed({name: "number"}, **{name: [1.0, 2.0]})
    with pytest.raises(OptionError, match=told):
        sql([Condition(name, "=", ("1",))], customers, dialect=dialect)


def test_a_letter_that_a_database_cannot_hold_is_refused() -> None:
    customers = typed({"city": "category"}, city=["a\0b", "c"])
    with pytest.raises(OptionError, match="code 0"):
        sql([Condition("city", "is one of", ("a\0b",))], customers, dialect="postgres")


def test_an_unknown_dialect_is_refused(shop: Customers) -> None:
    with pytest.raises(OptionError, match="no SQL dialect oracle"):
        sql(RULES[0], shop, dialect="oracle")  # type: ignore[arg-type]


def rules() -> list[RuleTwin]:
    return [
        RuleTwin("S1", tuple(RULES[0]), sayable=True, n_named=10, n_both=7, n_segment=9),
        RuleTwin("S'2", tuple(RULES[10]), sayable=True, n_named=10, n_both=9, n_segment=9),
        RuleTwin("S3", tuple(RULES[13]), sayable=False),
    ]


@pytest.mark.parametrize("dialect", get_args(Dialect))
def test_one_statement_assigns_every_segment_that_has_a_rule(shop: Customers, dialect: Dialect) -> None:
    query = assign_sql(rules(), shop, dialect=dialect)
    (back,) = sqlglot.transpile(query, read=dialect, write="duckdb")
    with database() as found_in:
        found_in.register("customers", _as_table(["spend", "review"], shop, ()))
        found = dict(found_in.execute(back).fetchall())
    assert found == assigned(rules(), shop)
    assert set(found.values()) == {"S1", "S'2", None}  # the more precise rule wins; one fits none


LABELS = LabelColumn(
    "a 'label\"",
    picked={"a": "by hand"},
    rules=(
        Rule("last", (Condition("spend", "≥", ("0.1",)),)),
        Rule("gone", (Condition("no such column", "≥", ("0.1",)),)),
        *(Rule(f"it's {number}", tuple(rule)) for number, rule in enumerate(RULES) if number in (1, 5, 9, 12)),
        Rule("S\\", (Condition(SEGMENT, "is one of", ("S'2",)),)),
    ),
)


@pytest.mark.parametrize("dialect", get_args(Dialect))
def test_the_rules_of_a_label_give_everybody_the_label_they_have_here(shop: Customers, dialect: Dialect) -> None:
    ruled_here = {str(id_): label for id_, label in values(replace(LABELS, picked={}), shop, SEGMENTS).items()}
    assert ruled(LABELS, shop, SEGMENTS) == ruled_here and len(set(ruled_here.values())) > 3
    assert label_matches(LABELS, shop, SEGMENTS)
    query = label_sql(replace(LABELS, name="label"), shop, segments=SEGMENTS, dialect=dialect)
    back = sqlglot.transpile(query, read=dialect, write="duckdb")[0]
    with database() as found_in:
        found_in.register("customers", _as_table([*shop.frame.columns, SEGMENT], shop, SEGMENTS))
        assert {str(id_): label for id_, label in found_in.execute(back).fetchall()} == ruled_here


def test_no_rule_of_a_label_is_no_statement(shop: Customers) -> None:
    with pytest.raises(OptionError, match="No rule of this column"):
        label_sql(LabelColumn("a", rules=LABELS.rules[1:2]), shop)


def test_no_rule_is_no_statement(shop: Customers) -> None:
    with pytest.raises(OptionError, match="No segment can be said"):
        assign_sql(rules()[2:], shop)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], list[str]]]:
    """Run statements in a PostgreSQL of our own, which listens on no network."""
    places = [
        Path(found).parent
        for found in [shutil.which("initdb"), *sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
        if found
    ]
    if not places or not shutil.which("psql"):
        pytest.skip("there is no PostgreSQL on this machine")
    folder = tmp_path_factory.mktemp("pg")
    as_user = {}
    if os.geteuid() == 0:  # which PostgreSQL refuses to run as
        import pwd

        try:
            user = pwd.getpwnam("nobody")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no other user")
        as_user = {"user": user.pw_uid, "group": user.pw_gid}
        place = folder
        os.chown(folder, user.pw_uid, user.pw_gid)
        while place != Path(place.anchor) and place != Path("/tmp"):
            place.chmod(place.stat().st_mode | 0o011)
            place = place.parent
    data, binaries = folder / "data", places[-1]

    def run(*command: str, told: str | None = None) -> str:
        done = subprocess.run(
            command, check=False, input=told, capture_output=True, text=True, cwd=folder, timeout=60, **as_user
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run(
        str(binaries / "initdb"), "-D", str(data), "-U", "tester", "-E", "UTF8", "--locale=C.UTF-8", "-N", "-A", "trust"
    )
    server = subprocess.Popen(
        [str(binaries / "postgres"), "-D", str(data), "-k", str(folder), "-c", "listen_addresses=", "-F"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **as_user,
    )  # fmt: skip
    try:
        for _ in range(100):
            ready = subprocess.run(
                [str(binaries / "pg_isready"), "-h", str(folder)],
                check=False,
                capture_output=True,
                cwd=folder,
                timeout=10,
                **as_user,
            )
            if ready.returncode == 0:
                break
            time.sleep(0.1)
        yield lambda told: run(
            "psql", "-h", str(folder), "-U", "tester", "-d", "postgres", "-qAt0", "-v", "ON_ERROR_STOP=1", told=told
        ).split("\0")[:-1]
    finally:
        server.terminate()
        server.wait(timeout=30)


def test_postgresql_finds_exactly_whom_the_rule_means(shop: Customers, postgres: Callable[[str], list[str]]) -> None:
    table = _as_table([*shop.frame.columns, SEGMENT], shop, SEGMENTS)
    kinds = {"spend": "double precision", "app": "double precision", "since": "timestamp"}
    names = ", ".join(f'"{name}" {kinds.get(name, "text")}' for name in table.columns)
    rows = ",\n".join(f"({', '.join(map(cell_of, row))})" for row in table.itertuples(index=False))
    postgres(f"CREATE TABLE customers ({names}); INSERT INTO customers VALUES {rows};")
    for rule in RULES:
        query = sql(rule, shop, segments=SEGMENTS, dialect="postgres")
        assert sorted(postgres(query)) == sorted(known(shop, rule)), query
    found = dict(line.split("|") for line in postgres(assign_sql(rules(), shop, dialect="postgres")))
    assert found == {one: segment or "" for one, segment in assigned(rules(), shop).items()}
    found = dict(line.split("|") for line in postgres(label_sql(LABELS, shop, segments=SEGMENTS, dialect="postgres")))
    assert found == {one: label or "" for one, label in ruled(LABELS, shop, SEGMENTS).items()}


def cell_of(cell: object) -> str:
    if pd.isna(cell):  # type: ignore[call-overload]
        return "NULL"
    return str(cell) if isinstance(cell, float) else "'" + str(cell).replace("'", "''") + "'"

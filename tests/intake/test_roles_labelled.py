"""At least 95 % of columns get the role and the basis that a careful analyst would give them."""

from pathlib import Path

import pandas as pd
import pytest

from segment_core.artifacts import Dialect, Table
from segment_core.intake import read, sample_csv, suggest
from tests.intake.invented import TABLES, made
from tests.intake.labelled import FILES, SAMPLE, Answers, answers_of, file_of

LEAST = 0.95
LEAST_OF_ONE = 0.85
ROWS = 60_000
"""The longest file is cut here, to keep the test quick."""

Verdict = tuple[str, str, str, bool, str, str, bool]


def verdicts(table: Table, answers: Answers, source: str) -> list[Verdict]:
    columns = {column.name: column for column in suggest(table)}
    found: list[Verdict] = []
    for name, (roles, bases) in answers.items():
        if name in columns:  # the sample may lose or gain columns
            column = columns[name]
            asked = "|".join(sorted(roles)), "|".join(sorted(bases))
            found.append(
                (source, name, asked[0], column.role in roles, f"{column.role} ({column.basis})", asked[1],
                 column.basis in bases)
            )  # fmt: skip
    return found


def report(found: list[Verdict]) -> tuple[pd.DataFrame, float, float]:
    """Print what was wanted and found, and return the shares that are right: by file, of roles, of bases."""
    frame = pd.DataFrame(found, columns=["file", "column", "wanted role", "role", "found", "wanted basis", "basis"])
    by_file = frame.groupby("file", sort=False)[["role", "basis"]].mean()
    roles, bases = float(frame["role"].mean()), float(frame["basis"].mean())
    wrong = frame[~(frame["role"] & frame["basis"])]
    shown = ["file", "column", "wanted role", "wanted basis", "found"]
    parts = [frame[shown].to_string(index=False), by_file.map("{:.0%}".format).to_string(), "Wrong:"]
    parts += [wrong[shown].to_string(index=False), f"{len(frame)} columns: roles {roles:.1%}, bases {bases:.1%}"]
    print("\n\n".join(parts))  # noqa: T201 - the table is what the test is for
    return by_file, roles, bases


def test_the_columns_of_real_files(data: Path) -> None:
    found: list[Verdict] = []
    for name, (_, lines) in FILES.items():
        path = file_of(name, data)
        table = read(path, path.name)
        table = Table(table.frame.head(ROWS), table.name, table.dialect)
        answers = answers_of(lines)
        assert set(answers) == set(table.frame.columns), name
        found += verdicts(table, answers, name)
    found += verdicts(read(sample_csv(), "sample.csv"), answers_of(SAMPLE), "sample")
    by_file, roles, bases = report(found)
    assert min(roles, bases) >= LEAST
    # One miss in a table of two columns is no trend: a table's share is asked of four columns or more.
    large = by_file[pd.Series([row[0] for row in found]).value_counts().reindex(by_file.index) >= 4]
    assert large.min(axis=None) >= LEAST_OF_ONE


def test_the_columns_of_invented_exports() -> None:
    found: list[Verdict] = []
    for number, (name, columns) in enumerate(TABLES.items()):
        table = Table(pd.DataFrame(made(columns, number)).astype("str"), name, Dialect("csv"))
        wanted = {
            column: (frozenset(roles.split("|")), frozenset(bases.split("|"))) for column, _, roles, bases in columns
        }
        found += verdicts(table, wanted, name)
    assert len(found) >= 150
    by_file, roles, bases = report(found)
    assert min(roles, bases) >= LEAST
    assert by_file.min(axis=None) >= LEAST_OF_ONE


@pytest.mark.parametrize("lines", [SAMPLE, *(lines for _, lines in FILES.values())])
def test_the_answers_are_roles_and_bases(lines: str) -> None:
    from typing import get_args

    from segment_core.artifacts import Basis, Role

    for roles, bases in answers_of(lines).values():
        assert roles <= set(get_args(Role))
        assert bases <= set(get_args(Basis))

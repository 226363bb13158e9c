"""Columns that repeat another or give an outcome away are set aside with its name; mere likeness is not enough."""

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Column, Dialect, Table
from segment_core.intake import suggest
from segment_core.intake.distincts import MOST, probe, tally

N = 3000
RANDOM = np.random.default_rng(11)
NET = np.round(RANDOM.gamma(2, 80, N), 2)
PLAN = RANDOM.choice(["basic", "plus", "pro"], N)
CHURNED = RANDOM.random(N) < 0.2


def table_of(**columns: object) -> Table:
    frame = pd.DataFrame({name: pd.Series(values).astype("str") for name, values in columns.items()})
    return Table(frame.mask(frame.isin(["", "nan"])), "test.csv", Dialect("csv"))


def columns_of(**columns: object) -> dict[str, Column]:
    return {column.name: column for column in suggest(table_of(**columns))}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (NET, NET * 1),
        (NET, np.round(NET * 1.19, 2)),
        (NET, np.round(NET * 9 / 5 + 32, 2)),
        (np.round(NET), np.round(-np.round(NET) + 2026)),
        (PLAN, np.char.upper(PLAN)),
        (PLAN, np.char.add(" ", PLAN)),
        (PLAN, np.where(PLAN == "basic", "B1", np.where(PLAN == "plus", "P2", "X3"))),
        (PLAN, np.where(np.arange(N) % 200 == 0, "pro", PLAN)),
        (NET, np.where(np.arange(N) % 150 == 0, 7.0, NET)),
    ],
    ids=["same", "gross", "line", "mirror", "case", "blanks", "renamed", "nearly same", "nearly same numbers"],
)
def test_a_copy_is_set_aside_and_names_the_other(first: np.ndarray, second: np.ndarray) -> None:
    found = columns_of(first=first, second=second)
    assert (found["second"].role, found["second"].aside) == ("ignore", "copy")
    assert found["second"].reason.values["other"] == "first"
    assert found["first"].role != "ignore"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (NET, np.round(NET * 0.5 + RANDOM.normal(0, 20, N), 2)),
        (NET, np.round(NET + RANDOM.normal(0, 1, N), 2)),
        (np.floor(NET / 10), np.floor(NET / 25)),
        (PLAN, np.where(np.arange(N) % 20 == 0, "pro", PLAN)),
        (RANDOM.integers(1, 6, N), RANDOM.integers(1, 6, N)),
        (np.where(RANDOM.random(N) < 0.02, "yes", "no"), np.where(RANDOM.random(N) < 0.02, "yes", "no")),
        (NET, np.round(np.sqrt(NET), 4)),
    ],
    ids=["correlated", "very correlated", "coarser", "one in twenty differs", "ratings", "rare flags", "curve"],
)
def test_what_only_resembles_another_column_stays(first: np.ndarray, second: np.ndarray) -> None:
    found = columns_of(first=first, second=second)
    assert [column.aside for column in found.values()] == ["", ""]


@pytest.mark.parametrize(
    ("outcome", "name", "values"),
    [
        ("churn_flag", "churn_date", np.where(CHURNED, "2024-03-0" + pd.Series(np.arange(N) % 9 + 1).astype(str), "")),
        ("Attrition", "exit_reason", np.where(CHURNED, RANDOM.choice(["price", "moved", "rival"], N), "none given")),
        ("has_left", "note_of_leaving", np.where(CHURNED, RANDOM.choice(["a", "b", "c"], N), "")),
        ("churned", "last_model_result", np.round(np.where(CHURNED, 0.6, 0.0) + RANDOM.random(N) * 0.4, 3)),
    ],
)
def test_what_gives_an_outcome_away_is_set_aside(outcome: str, name: str, values: np.ndarray) -> None:
    found = columns_of(**{outcome: np.where(CHURNED, "yes", "no"), name: values, "spend": NET})
    assert (found[name].role, found[name].aside) == ("ignore", "leak")
    assert found[name].reason.values["other"] == outcome
    assert (found[outcome].role, found["spend"].role) == ("yes/no", "money")


def test_the_details_of_a_yes_are_no_leak() -> None:
    version = np.where(CHURNED, RANDOM.choice(["1.2.0", "1.3.0", "2.0.0"], N), "")
    late = np.round(np.where(CHURNED, 30, 5) + RANDOM.gamma(2, 8, N))
    found = columns_of(has_app=np.where(CHURNED, "yes", "no"), app_version=version)
    assert found["app_version"].role == "category"
    found = columns_of(churned=np.where(CHURNED, "yes", "no"), days_silent=late, plan=PLAN)
    assert [column.aside for column in found.values()] == ["", "", ""]


def test_what_mostly_tells_an_outcome_stays() -> None:
    """A good predictor is not the outcome itself: one in ten of those who left is told wrong."""
    told = CHURNED & (np.arange(N) % 10 != 0)
    found = columns_of(
        churned=np.where(CHURNED, "yes", "no"),
        reason=np.where(told, RANDOM.choice(["price", "moved"], N), "none given"),
        complaint_date=np.where(told, "2024-03-0" + pd.Series(np.arange(N) % 9 + 1).astype(str), ""),
        risk=np.round(np.where(told, 0.6, 0.0) + RANDOM.random(N) * 0.4, 3),
    )
    assert [column.aside for column in found.values()] == ["", "", "", ""]


def test_the_order_of_rows_changes_nothing_in_many_rows() -> None:
    frame = table_of(
        id=[f"C{n}" for n in range(N * 3)],
        net=np.tile(NET, 3) + np.repeat([0, 1000, 2000], N),
        gross=np.round((np.tile(NET, 3) + np.repeat([0, 1000, 2000], N)) * 1.07, 2),
        plan=np.tile(PLAN, 3),
        note=[f"word {n} and word {n * 7} more" for n in range(N * 3)],
    ).frame
    one, two = (
        suggest(Table(each.reset_index(drop=True), "a.csv", Dialect("csv")))
        for each in (frame, frame.sample(frac=1, random_state=4))
    )
    assert one == two
    assert next(column for column in one if column.name == "gross").aside == "copy"


def test_samples_hang_on_values_only_and_stand_for_all_rows() -> None:
    values = pd.Series([f"v{n % 9000}" for n in range(20_000)] + ["often"] * 3000, dtype="str")
    weights = tally(values).weights()
    assert weights == tally(values.sample(frac=1, random_state=2)).weights()
    assert len(weights) <= MOST * 1.1
    assert weights["often"] == 3000
    assert sum(weights.values()) == pytest.approx(23_000)
    frame = values.to_frame("a")
    drawn = probe(frame, ["a"], 500)["a"].sort_values().tolist()
    assert drawn == probe(frame.sample(frac=1, random_state=3), ["a"], 500)["a"].sort_values().tolist()
    assert 450 <= len(drawn) <= 4000

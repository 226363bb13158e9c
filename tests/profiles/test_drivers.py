"""Drivers: the effect sizes, intervals and base rates of the textbooks, and silence where chance explains it."""

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Customers, EvidenceItem
from segment_core.profiles.drivers import drivers, facts
from tests.planted import typed

N = 200
GROUP = np.arange(N) < 60


def item_of(customers: Customers, label: str, group: np.ndarray = GROUP) -> EvidenceItem:
    return next(item for item in drivers(facts(customers), group, "S1") if item.label == label)


def cliffs_delta(inside: np.ndarray, outside: np.ndarray) -> float:
    return float(np.sign(inside[:, None] - outside[None, :]).mean())


@pytest.mark.parametrize("shift", [-1.0, 0.4, 2.0])
@pytest.mark.parametrize("digits", [0, 6], ids=["many ties", "no ties"])
def test_cliffs_delta_is_that_of_all_pairs(shift: float, digits: int) -> None:
    random = np.random.default_rng(1)
    spend = (random.normal(50, 2, N) + shift * GROUP * 2).round(digits)
    spend[[5, 100]] = np.nan
    item = item_of(typed({"spend": "money"}, spend=spend), "spend")
    known = np.isfinite(spend)
    assert item.effect == pytest.approx(cliffs_delta(spend[GROUP & known], spend[~GROUP & known]), abs=1e-4)
    assert item.n == 59
    assert item.kind in ("median", "mean")


def test_a_median_stands_beside_that_of_everybody_with_its_interval() -> None:
    spend = np.where(GROUP, 100.0, 10.0) + np.arange(N) / 1000
    item = item_of(typed({"spend": "money"}, spend=spend), "spend")
    assert (item.kind, item.direction, item.effect) == ("median", "over", 1.0)
    assert item.value == pytest.approx(np.median(spend[GROUP]))
    assert item.base == pytest.approx(np.median(spend))
    assert item.low is not None
    assert item.high is not None
    assert item.low < item.value < item.high


def test_the_interval_of_a_median_covers_it_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(0)
    group = np.arange(90) < 40
    covered = 0
    for _ in range(200):
        item = item_of(typed({"x": "number"}, x=random.normal(size=90) + 3 * group), "x", group)
        covered += item.low <= 3.0 <= item.high  # type: ignore[operator]
    assert 0.92 <= covered / 200 <= 1.0


def test_where_medians_are_alike_means_are_told() -> None:
    refunds = np.zeros(N)
    refunds[:25] = 9.0
    item = item_of(typed({"refunds": "count"}, refunds=refunds), "refunds")
    assert (item.kind, item.direction) == ("mean", "over")
    assert item.value == pytest.approx(refunds[GROUP].mean())
    assert item.base == pytest.approx(refunds.mean())


def test_cohens_h_and_wilsons_interval() -> None:
    app = np.where(GROUP, np.arange(N) < 45, np.arange(N) % 2).astype(float)
    item = item_of(typed({"app": "yes/no"}, app=app), "app")
    assert (item.kind, item.unit, item.value, item.base) == ("share", "%", 0.75, 115 / 200)
    assert item.effect == pytest.approx(2 * (np.arcsin(0.75**0.5) - np.arcsin(0.5**0.5)), abs=1e-4)
    assert item.low == pytest.approx(0.6277, abs=1e-3)  # Wilson for 45 of 60
    assert item.high == pytest.approx(0.8422, abs=1e-3)


@pytest.mark.parametrize("has, expected", [(0, (0.0, 0.0602)), (60, (0.9398, 1.0))])
def test_wilsons_interval_at_the_ends(has: int, expected: tuple[float, float]) -> None:
    city = np.where(np.arange(N) < has, "Rome", "Lyon").astype(object)
    city[150:] = "Rome"
    item = item_of(typed({"city": "place"}, city=city), "city = Rome")
    assert (item.low, item.high) == pytest.approx(expected, abs=1e-3)


def test_dates_are_compared_as_days() -> None:
    joined = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.where(GROUP, 300, 0) + np.arange(N) % 7, unit="D")
    item = item_of(typed({"joined": "date"}, joined=joined), "joined")
    assert (item.kind, item.unit, item.direction) == ("date", "days", "over")
    assert 19723 + 300 <= item.value <= 19723 + 306  # type: ignore[operator] # 2024-01-01 is day 19,723


def test_chance_is_not_a_difference() -> None:
    random = np.random.default_rng(0)
    columns = {f"n{number}": random.normal(size=N) for number in range(30)}
    plans = {f"c{number}": random.choice(list("ab"), N).astype(object) for number in range(10)}
    made = typed(dict.fromkeys(columns, "number") | dict.fromkeys(plans, "category"), **columns, **plans)
    found = drivers(facts(made), random.permutation(GROUP), "S1")
    assert [item.label for item in found if item.direction != "same"] == []


def test_a_sure_but_negligible_difference_is_a_likeness() -> None:
    random = np.random.default_rng(0)
    group = np.arange(20_000) < 8_000
    spend = random.normal(size=20_000) + 0.08 * group
    item = item_of(typed({"spend": "money"}, spend=spend), "spend", group)
    assert 0 < item.effect < 0.147
    assert item.direction == "same"


def test_the_strongest_difference_comes_first() -> None:
    random = np.random.default_rng(0)
    made = typed(
        {"a": "number", "b": "number", "c": "number"},
        a=random.normal(size=N) + 0.8 * GROUP,
        b=random.normal(size=N) - 3.0 * GROUP,
        c=random.normal(size=N),
    )
    found = drivers(facts(made), GROUP, "S1")
    assert [(item.label, item.direction) for item in found] == [("b", "under"), ("a", "over"), ("c", "same")]


def test_too_few_known_values_say_nothing() -> None:
    spend = np.where(np.arange(N) < 196, np.nan, 5.0)
    assert drivers(facts(typed({"spend": "money"}, spend=spend)), GROUP, "S1") == []

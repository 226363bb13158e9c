"""Look-alikes: half of a planted segment finds the other half, and says how many can be right, and why."""

import numpy as np
import pytest

from segment_core.artifacts import Features
from segment_core.errors import OptionError
from segment_core.profiles import likeness, lookalikes
from segment_core.study import Study
from tests.planted import blobs, typed


def names(n: int) -> list[str]:
    return [f"C{number:05}" for number in range(n)]


def half(truth: np.ndarray, group: int, n: int = 0, seed: int = 0) -> np.ndarray:
    members = np.random.default_rng(seed).permutation(np.flatnonzero(truth == group))
    chosen = np.zeros(len(truth), dtype=bool)
    chosen[members[: n or len(members) // 2]] = True
    return chosen


@pytest.fixture(scope="module")
def planted() -> tuple[Features, np.ndarray]:
    return blobs((900, 600, 500), width=8)


@pytest.mark.parametrize("n_seeds", [0, 12])
def test_some_of_a_planted_group_find_the_rest(planted: tuple[Features, np.ndarray], n_seeds: int) -> None:
    features, truth = planted
    seeds = half(truth, 1, n_seeds)
    hidden = (truth == 1) & ~seeds
    found = lookalikes(features, seeds, names(len(truth)))
    assert hidden[found.places[: hidden.sum()]].mean() >= 0.95
    assert sorted(found.places.tolist()) == np.flatnonzero(~seeds).tolist()
    assert (np.diff(found.scores) <= 0).all()
    assert 0.0 <= found.scores.min() <= found.scores.max() <= 1.0


def test_two_kinds_at_once_are_both_found(planted: tuple[Features, np.ndarray]) -> None:
    features, truth = planted
    seeds = half(truth, 0) | half(truth, 2)
    hidden = (truth != 1) & ~seeds
    found = lookalikes(features, seeds, names(len(truth)))
    assert hidden[found.places[: hidden.sum()]].mean() >= 0.95


def test_the_middle_of_an_amount_is_not_told_by_more_or_less() -> None:
    random = np.random.default_rng(0)
    spend = random.normal(size=2_000)
    middle = np.abs(spend) < 0.4
    seeds = middle & (random.random(2_000) < 0.5)
    features = Features.of(np.column_stack([spend, random.normal(size=(2_000, 4))]))
    found = lookalikes(features, seeds, names(2_000))
    n = int((middle & ~seeds).sum())
    assert middle[found.places[:n]].mean() > 0.8


def test_the_curve_bounds_what_is_right_and_the_cut_lies_where_it_falls(planted: tuple[Features, np.ndarray]) -> None:
    features, truth = planted
    seeds = half(truth, 0)
    hidden = (truth == 0) & ~seeds
    found = lookalikes(features, seeds, names(len(truth)))
    curve = found.curve
    right = np.array([hidden[found.places[:taken]].mean() for taken in curve.taken])
    assert (curve.right >= right - 0.03).all()
    assert (np.diff(curve.right) <= 1e-12).all()
    assert (np.diff(curve.found) >= 0).all()
    assert 450 <= curve.cut(0.8) <= 700
    assert curve.cut(0.5) > curve.cut(0.8)
    assert found.scores[found.cut(0.5) - 1] > 0
    assert hidden[found.places[: found.cut(0.5)]].mean() > hidden[found.places[: curve.cut(0.5)]].mean()


def test_of_a_whole_group_hardly_anybody_outside_can_be_right(planted: tuple[Features, np.ndarray]) -> None:
    features, truth = planted
    found = lookalikes(features, truth == 2, names(len(truth)))
    assert found.curve.cut(0.5) <= 20


def test_seeds_drawn_at_random_find_nobody_in_particular(planted: tuple[Features, np.ndarray]) -> None:
    features, truth = planted
    seeds = np.random.default_rng(1).random(len(truth)) < 0.2
    found = lookalikes(features, seeds, names(len(truth)))
    assert abs(float(np.median(found.scores)) - 0.5) < 0.1


def test_the_order_of_rows_does_not_matter_and_the_same_seed_gives_the_same(
    planted: tuple[Features, np.ndarray],
) -> None:
    features, truth = planted
    ids, seeds = names(len(truth)), half(truth, 0)
    order = np.random.default_rng(3).permutation(len(truth))
    one = lookalikes(features, seeds, ids)
    other = lookalikes(Features.of(features.matrix[order]), seeds[order], [ids[place] for place in order])
    assert [ids[place] for place in one.places[:300]] == [ids[order[place]] for place in other.places[:300]]
    assert np.array_equal(lookalikes(features, seeds, ids).scores, one.scores)


def test_too_few_seeds_or_nobody_else_is_one_sentence(planted: tuple[Features, np.ndarray]) -> None:
    features, truth = planted
    with pytest.raises(OptionError, match="at least 10"):
        lookalikes(features, half(truth, 0, 9), names(len(truth)))
    with pytest.raises(OptionError, match="0 others"):
        lookalikes(features, np.ones(len(truth), dtype=bool), names(len(truth)))


def test_reasons_name_the_columns_in_which_somebody_is_like_the_seeds() -> None:
    random = np.random.default_rng(0)
    kind = np.arange(600) % 3 == 0
    customers = typed(
        {"tariff": "category", "spend": "money", "visits": "count"},
        tariff=np.where(kind, "pro", random.choice(["basic", "plus"], 600)),
        spend=np.where(kind, 900.0, 100.0) + random.normal(size=600) * 20,
        visits=random.poisson(5, 600).astype(float),
    )
    matrix = np.column_stack([kind * 1.0, customers.frame["spend"], customers.frame["visits"]])
    features = Features.of(matrix, ("tariff", "spend", "visits"))
    seeds = kind & (np.arange(600) < 300)
    rows = np.flatnonzero(kind & ~seeds)[:5]
    for reasons in likeness(customers, features, seeds, rows):
        assert {reason.name for reason in reasons[:2]} == {"tariff", "spend"}
        tariff = next(reason for reason in reasons if reason.name == "tariff")
        assert tariff.value == "pro"
        assert tariff.seeds > 0.95
        assert 0.15 < tariff.others < 0.3
        spend = next(reason for reason in reasons if reason.name == "spend")
        assert 820 < spend.low <= float(spend.value) <= spend.high < 980
        assert spend.others < spend.seeds / 1.25


def test_on_the_sample_what_they_wrote_can_be_a_reason(small_study: Study) -> None:
    clustering = small_study.clustering
    seeds = clustering.labels == 0
    rows = np.flatnonzero(~seeds)[:40]
    found = likeness(small_study.customers, small_study.features, seeds, rows)
    assert len(found) == 40
    assert any(reason.name == "text" for reasons in found for reason in reasons)
    assert all(len(reasons) <= 3 for reasons in found)


@pytest.mark.parametrize("n_seeds", [12, 200])
def test_of_seeds_with_nothing_in_common_that_is_said_and_few_are_proposed(
    planted: tuple[Features, np.ndarray], n_seeds: int
) -> None:
    features, truth = planted
    told = []
    for draw in range(20):
        seeds = half(np.zeros_like(truth), 0, n_seeds, draw)
        found = lookalikes(features, seeds, names(len(truth)))
        told.append(found.told)
        assert found.told or found.cut(0.5) <= 10
    assert sum(told) <= 3
    assert lookalikes(features, half(truth, 1, n_seeds), names(len(truth))).told

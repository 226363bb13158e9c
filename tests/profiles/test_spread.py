"""Spread: shares in shared bins, standing among everyone, and the customers who do not fit."""

import numpy as np
import pandas as pd
import pytest

from segment_core.artifacts import Features, Share, Step
from segment_core.clustering.membership import settle
from segment_core.profiles.facts import Fact, facts
from segment_core.profiles.odd import odd
from segment_core.profiles.spread import MOST_BARS, MOST_BINS, spread, standing
from tests.planted import blobs, typed

N = 400
GROUP = np.arange(N) < 100
ALL = np.ones(N, dtype=bool)


def fact(role: str, values: object) -> Fact:
    return facts(typed({"x": role}, x=values))[0]  # type: ignore[dict-item]


def test_a_histogram_has_the_same_bins_for_whoever_is_looked_at() -> None:
    random = np.random.default_rng(0)
    values = random.normal(50, 10, N)
    values[:7] = np.nan
    made = fact("number", values)
    found, alone = spread(made, [GROUP, ALL]), spread(made, [~GROUP])
    assert found.kind == "number"
    assert (found.edges == alone.edges).all()
    assert found.ns == (93, 393)
    assert found.shares.sum(axis=1) == pytest.approx([1, 1])
    assert len(found.edges) <= MOST_BINS + 2
    inside = (values >= found.edges[3]) & (values < found.edges[4])
    assert found.shares[1][3] == pytest.approx(inside.sum() / 393)
    assert found.shares[0][3] == pytest.approx((inside & GROUP).sum() / 93)


def test_one_customer_far_out_does_not_flatten_the_histogram() -> None:
    values = np.random.default_rng(0).normal(50, 10, N)
    values[0] = 1e9
    found = spread(fact("money", values), [ALL])
    assert found.edges[-1] < 200
    assert found.is_cut
    assert found.shares.sum() == pytest.approx(1)
    assert not spread(fact("count", np.arange(N) % 40), [ALL]).is_cut


def test_bins_of_whole_numbers_are_whole() -> None:
    edges = spread(fact("count", np.arange(N) % 47), [ALL]).edges
    assert (edges == np.round(edges)).all()


def test_a_number_with_few_values_has_a_bar_for_each() -> None:
    found = spread(fact("count", np.arange(N) % 4), [GROUP, ALL])
    assert (found.kind, found.edges.tolist()) == ("values", [0.0, 1.0, 2.0, 3.0])
    assert found.shares[1].tolist() == [0.25] * 4


def test_dates_categories_and_yes_or_no() -> None:
    joined = pd.Timestamp("2020-01-01") + pd.to_timedelta(np.arange(N), unit="D")
    found = spread(fact("date", joined), [ALL])
    assert found.kind == "date"
    assert 18_262 - 60 < found.edges[0] <= 18_266  # 2020-01-01
    city = np.array([f"city {number % 40 if number % 2 else 0}" for number in range(N)], dtype=object)
    found = spread(fact("place", city), [GROUP, ALL])
    assert found.labels[0] == "city 0" and found.labels[-1] == ""
    assert len(found.labels) == MOST_BARS + 1
    assert found.shares[1][0] == pytest.approx((city == "city 0").mean())
    assert found.shares.sum(axis=1) == pytest.approx([1, 1])
    yes = spread(fact("yes/no", np.where(GROUP, 1.0, 0.0)), [GROUP, ALL])
    assert (yes.kind, yes.shares[0].tolist(), yes.shares[1].tolist()) == ("yes/no", [1.0, 0.0], [0.25, 0.75])


def test_a_group_of_whom_nothing_is_known_has_no_bars() -> None:
    found = spread(fact("number", np.where(GROUP, np.nan, np.arange(N))), [GROUP, ALL])
    assert found.ns[0] == 0 and not found.shares[0].any()
    assert standing(fact("number", np.where(GROUP, np.nan, np.arange(N))), GROUP) is None
    assert spread(fact("number", np.full(N, np.nan)), [ALL]).ns == (0,)


@pytest.mark.parametrize("role", ["number", "yes/no"])
def test_everyone_stands_at_fifty(role: str) -> None:
    values = (np.random.default_rng(0).random(N) < 0.3).astype(float) if role == "yes/no" else np.arange(N) % 7.0
    made = fact(role, values)
    assert standing(made, ALL) == pytest.approx(50)
    inside = np.sign(values[GROUP][:, None] - values[None, :]).mean()
    assert standing(made, GROUP) == pytest.approx(50 + 50 * inside)


def test_a_category_has_no_standing() -> None:
    assert standing(fact("place", np.array(["a", "b"] * 200, dtype=object)), ALL) is None


def test_the_odd_are_the_farthest_and_the_planted_column_is_why() -> None:
    features, truth = blobs((90, 60))
    matrix = features.matrix.copy()
    planted = int(np.flatnonzero(truth == 0)[5])
    matrix[planted, 3] += 25
    moved = Features(matrix, tuple("abcde"), tuple("abcde"), (Share("numbers", 0, 5, 1.0, tuple("abcde")),))
    clustering = settle(moved, truth, Step("made"))
    number = int(clustering.labels[planted])
    found = odd(moved, clustering, number)
    assert found[0].row == planted
    assert found[0].sources[0] == "d" and found[0].parts[0] > 0.8
    assert not found[0].learned[0]
    assert [one.distance for one in found] == sorted((one.distance for one in found), reverse=True)
    assert all(clustering.labels[one.row] == number for one in found)
    read = Features(matrix, moved.names, moved.sources, (Share("text", 0, 5, 1.0, ("review",)),))
    assert (odd(read, clustering, number)[0].sources, odd(read, clustering, number)[0].learned) == (
        ("review",),
        (True,),
    )

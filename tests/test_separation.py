"""Separation: the difference in an amount against scipy, and evenness by hand."""

import numpy as np
import pytest
from scipy.stats import kruskal

from segment_core.separation import eta_squared, evenness

N = 300
LABELS = np.arange(N) % 3


@pytest.mark.parametrize("digits", [None, 0], ids=["all differ", "many tie"])
def test_eta_squared_is_that_of_the_test_of_kruskal_and_wallis(digits: int | None) -> None:
    amounts = np.random.default_rng(0).exponential(size=N) * (1 + LABELS)
    amounts = amounts if digits is None else amounts.round(digits)
    amounts[:7] = np.nan
    there = np.isfinite(amounts)
    h = kruskal(*(amounts[there & (label == LABELS)] for label in range(3))).statistic
    expected = pytest.approx((h - 2) / (there.sum() - 3))
    assert eta_squared(amounts, LABELS) == expected
    assert eta_squared(amounts, LABELS * 5 - 1) == expected


def test_by_chance_groups_explain_nothing_of_an_amount() -> None:
    random = np.random.default_rng(0)
    values = [eta_squared(random.lognormal(3, 1, N), LABELS) for _ in range(200)]
    assert abs(np.mean(values)) < 0.002  # without what chance gives taken off, 2 / 299
    assert eta_squared(LABELS * 1.0, LABELS) == 1.0


@pytest.mark.parametrize(
    ("amounts", "labels"),
    [
        (np.full(N, 5.0), LABELS),
        (np.full(N, np.nan), LABELS),
        (np.arange(N) * 1.0, np.zeros(N, dtype=int)),
        (np.arange(3.0), np.arange(3)),
    ],
    ids=["one amount", "no amount", "one group", "as many groups as amounts"],
)
def test_where_there_is_nothing_to_explain_nothing_is_said(amounts: np.ndarray, labels: np.ndarray) -> None:
    assert eta_squared(amounts, labels) is None


def test_evenness_by_hand() -> None:
    assert evenness(np.array([75, 25])) == pytest.approx(-(0.75 * np.log2(0.75) + 0.25 * np.log2(0.25)))
    assert evenness(np.array([75, 0, 25])) == evenness(np.array([75, 25]))
    assert evenness(np.array([30, 30, 30])) == pytest.approx(1.0)
    assert evenness(np.array([7])) == 0.0

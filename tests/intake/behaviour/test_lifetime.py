"""Lifetime: published figures come out, the likelihood is the integral it should be, planted parameters come back."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.special import hyp2f1
from scipy.stats import beta as distribution
from scipy.stats import gamma

from segment_core.intake.behaviour.lifetime import Purchases, Values, fit_purchases, fit_values

CDNOW = Purchases(r=0.243, alpha=4.414, a=0.793, b=2.426)  # Fader, Hardie & Lee (2005), table 2, weeks
CDNOW_VALUES = Values(p=6.25, q=3.74, v=15.44)  # Fader & Hardie (2013), dollars

Array = NDArray[np.float64]


def arrays(*values: float) -> list[Array]:
    return [np.array([value]) for value in values]


def histories(
    random: np.random.Generator, model: Purchases, n: int, longest: float = 39.0
) -> tuple[Array, Array, Array]:
    """Draw what customers of the model would do."""
    rate = np.maximum(random.gamma(model.r, 1 / model.alpha, n), 1e-12)
    leaving = random.beta(model.a, model.b, n)
    age = random.uniform(longest - 12, longest, n)
    repeats, last, now, there = np.zeros(n), np.zeros(n), np.zeros(n), np.ones(n, dtype=bool)
    while there.any():
        now += random.exponential(1, n) / rate
        there &= now < age
        repeats += there
        last = np.where(there, now, last)
        there &= random.random(n) > leaving
    return repeats, last, age


@pytest.mark.parametrize(
    "repeats, last, age, ahead, expected",
    [
        (2, 30.43, 38.86, 39, 1.226),  # the example of the paper
        (26, 30.86, 31, 52, 25.76),  # the example of the vignette of BTYD
    ],
)
def test_expected_orders_are_those_published(
    repeats: float, last: float, age: float, ahead: float, expected: float
) -> None:
    assert CDNOW.expected(ahead, *arrays(repeats, last, age))[0] == pytest.approx(
        expected, abs=0.001 + 0.0001 * expected
    )


@pytest.mark.parametrize(
    "n_orders, mean, expected",
    # The first customers of CDNOW, as in the tests of the package lifetimes, and a newcomer: the mean of all customers.
    [(2, 22.35, 24.65), (1, 11.77, 18.91), (7, 73.74, 71.46), (2, 25.55, 27.28), (0, 0, 35.22)],
)
def test_expected_values_are_those_published(n_orders: float, mean: float, expected: float) -> None:
    assert CDNOW_VALUES.expected(*arrays(n_orders, mean))[0] == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("history", [(0, 0, 20), (1, 5, 20), (2, 30.43, 38.86), (5, 35, 39), (5, 8, 39)])
def test_likelihood_and_alive_are_the_integrals_of_the_story(history: tuple[float, float, float]) -> None:
    repeats, last, age = history

    def over_rates(time: float) -> float:
        """Integrate rate^x exp(-rate time) over customers; along the logarithm, since the density has a pole at 0."""

        def along(log: float) -> float:
            rate = np.exp(log)
            return float(gamma.pdf(rate, CDNOW.r, scale=1 / CDNOW.alpha) * rate**repeats * np.exp(-rate * time) * rate)

        return sum(quad(along, low, low + 20)[0] for low in range(-140, 20, 20))

    def over_leaving(chance) -> float:
        poles = (CDNOW.a - 1, CDNOW.b - 1)
        whole = quad(lambda leaving: 1.0, 0, 1, weight="alg", wvar=poles)[0]
        return float(quad(chance, 0, 1, weight="alg", wvar=poles)[0] / whole)

    stayed = over_leaving(lambda leaving: (1 - leaving) ** repeats) * over_rates(age)
    left = 0.0
    if repeats:
        left = over_leaving(lambda leaving: leaving * (1 - leaving) ** (repeats - 1)) * over_rates(last)
    assert np.exp(CDNOW.log_likelihood(*arrays(*history)))[0] == pytest.approx(stayed + left, rel=1e-6)
    assert CDNOW.alive(*arrays(*history))[0] == pytest.approx(stayed / (stayed + left), rel=1e-6)


@pytest.mark.parametrize("n_orders, mean", [(1, 11.77), (2, 22.35), (7, 73.74)])
def test_likelihood_of_values_is_the_integral_of_the_story(n_orders: float, mean: float) -> None:
    model = CDNOW_VALUES

    def density(rate: float) -> float:
        found: float = gamma.pdf(mean, model.p * n_orders, scale=1 / (rate * n_orders))
        return found * float(gamma.pdf(rate, model.q, scale=1 / model.v))

    found = quad(density, 0, 10, limit=200)[0]
    assert np.exp(model.log_likelihood(*arrays(n_orders, mean)))[0] == pytest.approx(found, rel=1e-6)


def test_a_customer_without_repeats_is_still_one() -> None:
    assert CDNOW.alive(*arrays(0, 0, 39))[0] == 1


def test_expected_orders_are_those_of_the_formula_as_published() -> None:
    repeats, last, age = np.array([0.0, 1, 3, 8]), np.array([0.0, 4, 20, 30]), np.array([12.0, 20, 30, 31])
    r, alpha, a, b = CDNOW.r, CDNOW.alpha, CDNOW.a, CDNOW.b
    series = hyp2f1(r + repeats, b + repeats, a + b + repeats - 1, 10 / (alpha + age + 10))
    top = (a + b + repeats - 1) / (a - 1) * (1 - ((alpha + age) / (alpha + age + 10)) ** (r + repeats) * series)
    left = a / (b + repeats - 1) * ((alpha + age) / (alpha + last)) ** (r + repeats)
    plain = top / (1 + np.where(repeats > 0, left, 0))
    np.testing.assert_allclose(CDNOW.expected(10, repeats, last, age), plain, rtol=1e-9)


def test_expected_orders_stay_finite_where_the_plain_formula_overflows() -> None:
    often = CDNOW.expected(52, *arrays(2000, 51.9, 52))[0]
    assert 1000 < often < 52 * 2000 / 52  # the plain formula is nan; some will have left
    one = Purchases(r=0.5, alpha=5, a=1.0, b=2.5)  # the formula divides by a - 1
    near = Purchases(r=0.5, alpha=5, a=1.001, b=2.5)
    assert one.expected(10, *arrays(2, 5, 20))[0] == pytest.approx(near.expected(10, *arrays(2, 5, 20))[0], rel=1e-3)
    lonely = Purchases(r=0.5, alpha=5, a=0.4, b=0.6)  # a + b - 1 is 0
    assert np.isfinite(lonely.expected(10, *arrays(0, 0, 20))[0])


@pytest.mark.parametrize("a, b", [(148, 8000), (148, 148), (148, 1), (0.0002, 8000), (0.0002, 0.0002), (0.9, 0.3)])
def test_expected_orders_hold_at_the_bounds_of_the_search(a: float, b: float) -> None:
    model = Purchases(r=0.7, alpha=9.0, a=a, b=b)
    for repeats, last, age in ((1, 5, 20), (3, 19, 20), (60, 49, 50)):
        found = model.expected(52, *arrays(repeats, last, age))[0] / model.alive(*arrays(repeats, last, age))[0]
        chances = np.maximum(distribution(a, b + repeats).ppf((np.arange(200_000) + 0.5) / 200_000), 1e-300)
        share = -np.expm1((0.7 + repeats) * -np.log1p(chances * 52 / (9.0 + age)))
        assert found == pytest.approx((share / chances).mean(), rel=2e-3)


@pytest.mark.parametrize("seed", range(3))
def test_planted_purchases_come_back(seed: int) -> None:
    repeats, last, age = histories(np.random.default_rng(seed), CDNOW, 30_000)
    model, fit = fit_purchases(repeats, last, age)
    assert fit.converged
    assert model.r == pytest.approx(CDNOW.r, rel=0.05)
    assert model.alpha == pytest.approx(CDNOW.alpha, rel=0.08)
    assert model.a / (model.a + model.b) == pytest.approx(CDNOW.a / (CDNOW.a + CDNOW.b), rel=0.04)
    assert (model.a, model.b) == (pytest.approx(CDNOW.a, rel=0.15), pytest.approx(CDNOW.b, rel=0.2))
    assert fit.log_likelihood == pytest.approx(model.log_likelihood(repeats, last, age).sum())
    assert fit.log_likelihood >= CDNOW.log_likelihood(repeats, last, age).sum()
    # What the fitted model says of the past, and of what the customers do next, is what they did.
    assert model.expected_of_new(age).sum() == pytest.approx(repeats.sum(), rel=0.02)


def test_expected_orders_come_true() -> None:
    random = np.random.default_rng(5)
    n = 20_000
    rate = random.gamma(1.2, 1 / 6.0, n)
    leaving = random.beta(0.8, 2.4, n)
    now, there = np.zeros(n), np.ones(n, dtype=bool)
    repeats, last, later = np.zeros(n), np.zeros(n), np.zeros(n)
    while there.any():
        now += random.exponential(1, n) / rate
        there &= now < 50
        repeats += there & (now < 30)
        last = np.where(there & (now < 30), now, last)
        later += there & (now >= 30)
        there &= random.random(n) > leaving
    model = Purchases(r=1.2, alpha=6.0, a=0.8, b=2.4)
    expected = model.expected(20.0, repeats, last, np.full(n, 30.0))
    for group in (repeats == 0, repeats == 2, repeats >= 5):
        assert expected[group].mean() == pytest.approx(later[group].mean(), rel=0.08)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("currency", [1.0, 1e5])
def test_planted_values_come_back_in_any_currency(seed: int, currency: float) -> None:
    random = np.random.default_rng(seed)
    n_orders = random.integers(1, 9, 20_000).astype(float)
    rate = random.gamma(CDNOW_VALUES.q, 1 / CDNOW_VALUES.v, len(n_orders))
    mean = currency * random.gamma(CDNOW_VALUES.p * n_orders, 1 / (rate * n_orders))
    model, fit = fit_values(n_orders, mean)
    assert fit.converged
    assert model.p == pytest.approx(CDNOW_VALUES.p, rel=0.06)
    assert model.q == pytest.approx(CDNOW_VALUES.q, rel=0.06)
    assert model.v == pytest.approx(currency * CDNOW_VALUES.v, rel=0.1)
    assert fit.log_likelihood == pytest.approx(model.log_likelihood(n_orders, mean).sum())


def test_the_order_of_customers_does_not_matter() -> None:
    random = np.random.default_rng(0)
    history = histories(random, CDNOW, 2_000)
    mixed = random.permutation(2_000)
    assert fit_purchases(*history)[0] == fit_purchases(*(part[mixed] for part in history))[0]


def test_nobody_leaving_is_a_finding() -> None:
    age = np.full(300, 52.0)
    repeats = np.repeat(np.arange(1.0, 31.0), 10)
    model, fit = fit_purchases(repeats, age - 0.01, age)
    assert fit.converged
    assert model.alive(repeats, age - 0.01, age).min() > 0.999
    assert model.expected(52, repeats, age - 0.01, age).sum() == pytest.approx(repeats.sum(), rel=0.02)


def test_customers_who_are_all_alike_do_not_fit() -> None:
    age = np.full(300, 52.0)
    assert not fit_purchases(np.full(300, 12.0), age - 4, age)[1].converged
    assert not fit_values(np.full(300, 3.0), np.full(300, 20.0))[1].converged

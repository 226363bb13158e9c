"""Lifetime: how often customers buy and when they stop (BG/NBD), and what an order is worth (Gamma-Gamma)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_Slope = Callable[[Array], tuple[float, Array]]

_LOW, _HIGH = -9.0, 9.0  # bounds of the logarithm of a parameter
_MOST_ALIKE = 5.0  # the same for `a`: above it all customers leave with the same chance, and its powers underflow
_EDGE = 0.01


@dataclass(frozen=True, slots=True)
class Fit:
    """Parameters of highest likelihood, and whether the search ended on a peak that the data tell."""

    parameters: tuple[float, ...]
    log_likelihood: float
    converged: bool


@dataclass(frozen=True, slots=True)
class Purchases:
    """The BG/NBD model of Fader, Hardie & Lee (2005), "Counting your customers" the easy way.

    While alive, a customer buys at a rate that differs between customers (gamma: `r`, `alpha`); after each order a
    customer leaves with a chance that differs too (beta: `a`, `b`). `alpha` is in the unit of time that
    the model was fitted in; everywhere in Strata that is the week.
    """

    r: float
    alpha: float
    a: float
    b: float

    def log_likelihood(self, repeats: Array, last: Array, age: Array) -> Array:
        """Return each customer's log-likelihood (n,).

        `repeats` counts orders after the first, `last` is the time from the first to the last order, `age` the time
        from the first order to the reference date.
        """
        found: Array = self._of_counts(repeats) + np.logaddexp(*self._branches(repeats, last, age))
        return found

    def alive(self, repeats: Array, last: Array, age: Array) -> Array:
        """Return the probability that each customer still is one (n,).

        A customer without a repeat order is alive for certain in this model: one leaves only after a repeat order.
        """
        stayed, left = self._branches(repeats, last, age)
        found: Array = np.exp(stayed - np.logaddexp(stayed, left))
        return found

    def expected(self, ahead: float, repeats: Array, last: Array, age: Array) -> Array:
        """Return how many orders each customer is expected to make in the time `ahead` (n,)."""
        return self._orders(ahead, self.alpha + age, self.b + repeats) * self.alive(repeats, last, age)

    def expected_of_new(self, time: Array) -> Array:
        """Return how many repeat orders a customer makes on average in the time after the first order."""
        return self._orders(time, self.alpha, np.asarray(self.b))

    def _orders(self, ahead: float | Array, rate: float | Array, staying: Array) -> Array:
        """Sum the orders to come of those alive.

        The paper's 2F1(r+x, b+x; a+b+x-1; z) overflows for frequent customers. Euler's transformation turns its first
        two parameters into a+b-1-r and a-1, which stay small, and leaves (1-z)^(a-1) of the powers.
        """
        from scipy.special import hyp2f1

        a = self.a if abs(self.a - 1) > 1e-6 else 1 + 1e-6  # the closed form divides by a - 1; its limit does not jump
        third = a + staying - 1
        third = np.where(np.abs(third) > 1e-9, third, 1e-9)
        share = ahead / (rate + ahead)
        series = hyp2f1(a - 1 + self.b - self.r, a - 1, third, share)
        found: Array = third / (a - 1) * (1 - (1 - share) ** (a - 1) * series)
        return found

    def _of_counts(self, repeats: Array) -> Array:
        """Return the part of the log-likelihood that depends on the number of orders alone."""
        from scipy.special import betaln, gammaln

        constant = self.r * np.log(self.alpha) - gammaln(self.r) - betaln(self.a, self.b)
        found: Array = constant + gammaln(self.r + repeats) + betaln(self.a, self.b + repeats)
        return found

    def _branches(self, repeats: Array, last: Array, age: Array) -> tuple[Array, Array]:
        """Return the log-weights of still being a customer, and of having left after the last order."""
        repeated = repeats > 0
        stayed = -(self.r + repeats) * np.log(self.alpha + age)
        chance = np.log(self.a) - np.log(np.where(repeated, self.b + repeats - 1, 1.0))
        left = np.where(repeated, chance - (self.r + repeats) * np.log(self.alpha + last), -np.inf)
        return stayed, left


@dataclass(frozen=True, slots=True)
class Values:
    """The Gamma-Gamma model of Fader & Hardie (2013): what an order is worth, seen from few orders.

    Orders of one customer vary around the customer's own mean; means differ between customers. It takes for granted
    that how much an order is worth has nothing to do with how often one orders.
    """

    p: float
    q: float
    v: float

    def log_likelihood(self, n_orders: Array, mean: Array) -> Array:
        """Return each customer's log-likelihood (n,) of the mean value of `n_orders` orders."""
        from scipy.special import gammaln

        shape = self.p * n_orders
        found: Array = (
            gammaln(shape + self.q)
            - gammaln(shape)
            - gammaln(self.q)
            + self.q * np.log(self.v)
            + (shape - 1) * np.log(mean)
            + shape * np.log(n_orders)
            - (shape + self.q) * np.log(n_orders * mean + self.v)
        )
        return found

    def expected(self, n_orders: Array, mean: Array) -> Array:
        """Return what an order of each customer is expected to be worth (n,); needs q above 1."""
        known = np.where(n_orders > 0, n_orders * mean, 0.0)
        found: Array = self.p * (self.v + known) / (self.p * n_orders + self.q - 1)
        return found


def fit_purchases(repeats: Array, last: Array, age: Array) -> tuple[Purchases, Fit]:
    """Find the BG/NBD parameters of highest likelihood; times in weeks.

    Where nobody seems to leave, `a` ends at its lower bound, which is as good as 0: that is a finding, and the fit
    holds. Where customers order so alike that `r` or `alpha` run away, it does not.

    Examples
    --------
    >>> repeats, last, age = np.array([0.0, 2.0, 5.0]), np.array([0.0, 9.0, 30.0]), np.array([20.0, 30.0, 31.0])
    >>> len(fit_purchases(repeats, last, age)[1].parameters)
    4
    """
    # Alike customers count together: one term of the likelihood for each different one, and the
    # costly functions only for each different number of orders.
    rows, counts = np.unique(np.column_stack([repeats, last, age]), axis=0, return_counts=True)
    x, tx, t = rows.T
    n, n_counts = np.unique(repeats, return_counts=True)
    weights, n_weights = counts / len(repeats), n_counts / len(repeats)

    def slope(logs: Array) -> tuple[float, Array]:
        from scipy.special import digamma

        model = Purchases(*np.exp(logs))
        stayed, left = model._branches(x, tx, t)
        either = np.logaddexp(stayed, left)
        gone = np.exp(left - either)
        waited = np.log(model.alpha + t) * (1 - gone) + np.log(model.alpha + tx) * gone
        inverse = (1 - gone) / (model.alpha + t) + gone / (model.alpha + tx)
        together = digamma(model.a + model.b) - n_weights @ digamma(model.a + model.b + n)
        slopes = (
            n_weights @ digamma(model.r + n) - digamma(model.r) + np.log(model.alpha) - weights @ waited,
            model.r / model.alpha - weights @ ((model.r + x) * inverse),
            together + weights @ gone / model.a,
            together
            + n_weights @ digamma(model.b + n)
            - digamma(model.b)
            - weights @ (gone / np.where(x > 0, model.b + x - 1, 1.0)),
        )
        value = n_weights @ model._of_counts(n) + weights @ either
        return -float(value), -np.array(slopes) * np.exp(logs)

    fit = _climb(
        slope,
        [(1.0, 5.0, 1.0, 2.0), (0.3, 1.0, 0.3, 1.0)],
        len(repeats),
        n_told=2,
        highs=(_HIGH, _HIGH, _MOST_ALIKE, _HIGH),
    )
    return Purchases(*fit.parameters), fit


def fit_values(n_orders: Array, mean: Array) -> tuple[Values, Fit]:
    """Find the Gamma-Gamma parameters of highest likelihood, from customers with orders of positive value."""
    scale = float(np.mean(mean))  # so that the search starts near by in any currency
    rows, counts = np.unique(np.column_stack([n_orders, mean / scale]), axis=0, return_counts=True)
    x, m = rows.T
    weights = counts / len(mean)

    def slope(logs: Array) -> tuple[float, Array]:
        from scipy.special import digamma

        model = Values(*np.exp(logs))
        total = x * m + model.v
        both = digamma(model.p * x + model.q)
        slopes: tuple[Array, ...] = (
            x * (both - digamma(model.p * x) + np.log(m) + np.log(x) - np.log(total)),
            both - digamma(model.q) + np.log(model.v) - np.log(total),
            model.q / model.v - (model.p * x + model.q) / total,
        )
        value = weights @ model.log_likelihood(x, m)
        return -float(value), -np.array([weights @ each for each in slopes]) * np.exp(logs)

    fit = _climb(slope, [(2.0, 3.0, 1.0), (6.0, 4.0, 0.4)], len(mean), n_told=3, highs=(_HIGH, _HIGH, _HIGH))
    p, q, v = fit.parameters
    moved = fit.log_likelihood - len(mean) * float(np.log(scale))
    return Values(p, q, v * scale), Fit((p, q, v * scale), moved, fit.converged)


def _climb(slope: _Slope, starts: Sequence[Sequence[float]], n: int, n_told: int, highs: Sequence[float]) -> Fit:
    """Climb from the first start, or the next where that ended nowhere; `slope` is of minus the mean of `n` terms.

    The first `n_told` parameters must be told by the data, which is to say inside the bounds.
    """
    from scipy.optimize import minimize

    fits = []
    for start in starts:
        found = minimize(
            slope,
            np.log(start),
            jac=True,
            method="L-BFGS-B",
            bounds=[(_LOW, high) for high in highs],
            options={"maxiter": 1000, "ftol": 1e-13, "gtol": 1e-7},
        )
        low, high = found.x < _LOW + _EDGE, found.x > np.array(highs) - _EDGE
        steep = np.where((low & (found.jac > 0)) | (high & (found.jac < 0)), 0.0, found.jac)
        inside = not np.any((low | high)[:n_told])
        flat = bool(np.isfinite(found.fun) and np.max(np.abs(steep)) < 1e-4)
        fits.append(Fit(tuple(float(value) for value in np.exp(found.x)), -float(found.fun) * n, inside and flat))
        if fits[-1].converged:
            break
    return fits[-1]

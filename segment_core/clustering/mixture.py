"""Gaussian mixture: segments of unequal spread and direction, to which customers belong in part."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, Trial, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering.membership import FAR, FRINGE, numbers_of, require_customers, settle
from segment_core.clustering.rows import drawn, in_order, narrowed, on_directions, on_some
from segment_core.messages import Message, say

MOST_DIMENSIONS = 10
"""A full covariance of ten directions has 55 numbers a segment, which some hundred customers can tell."""
MOST_FITTED = 5_000
LEAST_SPREAD = 1e-4
"""Variance that every direction keeps, as a share of the mean one: without it a segment of alike customers fails."""
MOST_ROUNDS = 300
KINDS: Mapping[str, str] = {"own": "full", "shared": "tied", "upright": "diag", "round": "spherical"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MixtureOptions:
    """Options of the Gaussian mixture."""

    n_segments: int | None = option(
        None, "Segments", low=1, high=40, help="How many groups to cut; if not given, the number that BIC likes best."
    )
    most: int = option(
        10, "Most segments", low=2, high=40, help="Up to this many are tried, where the number is not given."
    )
    spread: str = option(
        "own",
        "Spread of segments",
        among=tuple(KINDS),
        help="Any ellipse for each segment, one ellipse for all, ellipses along the features, or circles.",
    )
    n_starts: int = option(3, "Starts", low=1, high=100, help="How often to begin anew; the best result is kept.")
    seed: int = option(0, "Random seed", low=0)


def cluster(features: Features, options: MixtureOptions = MixtureOptions(), progress: Progress = silent) -> Clustering:
    """Fit a sum of normal distributions by expectation and maximisation (Dempster, Laird & Rubin 1977).

    `memberships` are the probabilities of each segment for each customer; strengths are how far the own one is ahead
    of the next. Without a number of segments, the one with the lowest Bayesian information criterion (BIC; Schwarz
    1978) is taken, which may be 1; `trials` hold the BIC of each. Above ten features the mixture is fitted on their
    ten main directions, above 5,000 customers on a sample.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    """
    require_customers(features, at_least=options.n_segments or 2)
    order = in_order(features.matrix)
    points = narrowed(features.matrix[order].astype(np.float64), MOST_DIMENSIONS)
    points = (points - points.mean(axis=0)) / np.sqrt(points.var(axis=0).mean())
    rows = drawn(len(points), MOST_FITTED, options.seed)
    n_distinct = len(np.unique(points[rows], axis=0))
    most = min(options.most, n_distinct)
    numbers = [options.n_segments] if options.n_segments else list(range(1, most + 1))
    models, scores = [], []
    for place, number in enumerate(numbers):
        progress(place, len(numbers), say("Fitting {k} normal distributions", k=number))
        models.append(_fitted(points[rows], min(number, n_distinct), options))
        scores.append(float(models[-1].bic(points[rows])))
    best = int(np.argmin(scores))
    shares = np.empty((len(points), models[best].n_components))
    shares[order] = models[best].predict_proba(points)
    labels = shares.argmax(axis=1).astype(np.int64)
    made_by = Step("mixture", options_to_json(replace(options, n_segments=numbers[best])))
    trials = [
        Trial(number, {"bic": score}, number == numbers[best]) for number, score in zip(numbers, scores, strict=True)
    ]
    reasons = (
        *_chosen(numbers, scores, best),
        *on_directions(features.matrix.shape[1], MOST_DIMENSIONS),
        *on_some(len(points), len(rows)),
    )
    made = settle(features, labels, made_by, reasons=reasons, trials=trials if len(trials) > 1 else ())
    progress(1, 1, say("Segments found: {k}", k=made.n_segments))
    return _in_part(made, labels, shares)


def _fitted(points: NDArray[np.float64], number: int, options: MixtureOptions) -> Any:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture
    from threadpoolctl import threadpool_limits

    model = GaussianMixture(
        number,
        covariance_type=KINDS[options.spread],
        reg_covar=LEAST_SPREAD,
        n_init=options.n_starts,
        max_iter=MOST_ROUNDS,
        random_state=options.seed,
    )
    # Threads add up their parts in the order they finish; one thread gives the same sums every time.
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the last round is as good as it gets
        return model.fit(points)


def _chosen(numbers: list[int], scores: list[float], best: int) -> tuple[Message, ...]:
    if len(numbers) < 2:
        return ()
    second = min((place for place in range(len(numbers)) if place != best), key=scores.__getitem__)
    return (
        say(
            "{k} segments have the lowest BIC of 1 to {most}; next is {other}, whose BIC is higher by {ahead}.",
            k=numbers[best],
            most=numbers[-1],
            other=numbers[second],
            ahead=f"{scores[second] - scores[best]:,.0f}",
        ),
    )


def _in_part(made: Clustering, labels: Labels, shares: NDArray[np.float64]) -> Clustering:
    """Put memberships in the segments' order, and let them say how clearly customers belong."""
    numbers = numbers_of(made, labels)
    # A distribution to which nobody belongs most is no segment; what it held goes to the others.
    kept = sorted(numbers, key=lambda label: numbers[label])
    own = shares[:, kept] / shares[:, kept].sum(axis=1, keepdims=True)
    ranked = np.sort(own, axis=1)
    strengths = ranked[:, -1] - (ranked[:, -2] if own.shape[1] > 1 else 0.0)
    assert made.oddness is not None  # settle always says
    bands = np.where(made.oddness > FAR, "outlier", np.where(strengths < FRINGE, "fringe", "core"))
    return replace(
        made,
        memberships=own.astype(np.float32),
        strengths=np.clip(strengths, 0.0, 1.0).astype(np.float32),
        bands=bands,
    )

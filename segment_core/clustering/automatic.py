"""Automatic: proposes a number of segments from several indices and from whether they come back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Progress, Trial, silent
from segment_core.choices import option
from segment_core.clustering import kmeans
from segment_core.clustering.membership import require_customers, squared_distances
from segment_core.errors import OptionError
from segment_core.messages import Message, say
from segment_core.nullmodels import normal_cloud
from segment_core.separation import shares_of_separation

MOST_TRIED = 2_000
"""Customers on whom the numbers of segments are compared; the segments themselves are cut on all."""
SMALLEST_SHARE = 0.01
N_HALVES = 6
ONE_COLUMN, FEW_COLUMNS = 0.4, 6
"""Part of the separation above which a cut rather restates one column, where there are more than a few."""
NEAR_BEST, NEAR_STABLE = 0.9, 0.9
"""A finer cut wins if its mark and its stability come to these parts of the best one's: detail is worth a little."""
IMPORTANCE = {"separation": 1.0, "stability": 1.0, "calinski_harabasz": 0.5, "davies_bouldin": 0.5}
"""How much each index counts. Stability and separation lead; the other two mostly break ties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticOptions:
    """Options of the automatic choice."""

    fewest: int = option(2, "Fewest segments", low=2, high=40)
    most: int = option(10, "Most segments", low=2, high=40)
    seed: int = option(0, "Random seed", low=0)


def cluster(
    features: Features, options: AutomaticOptions = AutomaticOptions(), progress: Progress = silent
) -> Clustering:
    """Cut with K-Means into the number of segments that most speaks for, and say what spoke for it.

    For each number, silhouette, Calinski-Harabasz and Davies-Bouldin are set against the same index
    on structureless data of the same shape (a normal distribution with the same covariance), because
    each favours some number of segments whatever the data; the idea is that of the gap statistic
    (Tibshirani, Walther & Hastie 2001). Stability is the agreement (adjusted Rand index) of
    segments found on random halves.

    Raises
    ------
    OptionError
        If `most` is below `fewest`, or there are fewer distinct customers than segments.
    """
    require_customers(features, at_least=options.fewest)
    if options.most < options.fewest:
        raise OptionError(
            "The most segments ({most}) must not be below the fewest ({fewest}).",
            most=options.most,
            fewest=options.fewest,
        )
    tried = _sample(features, options.seed)
    n_distinct = len(np.unique(tried.matrix, axis=0))
    sizes = [k for k in range(options.fewest, options.most + 1) if k <= max(options.fewest, n_distinct // 5)]
    flat = normal_cloud(tried, np.random.default_rng(options.seed)).matrix.astype(np.float64)
    trials = []
    for number, k in enumerate(sizes):
        progress(number, len(sizes) + 1, say("Trying {k} segments", k=k))
        trials.append(_trial(tried, flat, k, options.seed))
    marks = _marks(trials)
    best = _finest_good(trials, marks)
    trials = [
        replace(trial, scores={**trial.scores, "mark": round(float(mark), 4)}, chosen=number == best)
        for number, (trial, mark) in enumerate(zip(trials, marks, strict=True))
    ]
    final = kmeans.cluster(features, kmeans.KMeansOptions(n_segments=sizes[best], seed=options.seed))
    progress(1, 1, say("Segments found: {k}", k=sizes[best]))
    return replace(final, trials=tuple(trials), reasons=_reasons(trials, best))


def agreement(matrix: NDArray[np.float64], k: int, seed: int) -> float:
    """Return how far cuts of random halves into `k` agree on everybody (mean adjusted Rand index; 0 is by luck)."""
    from sklearn.metrics import adjusted_rand_score

    random = np.random.default_rng(seed)
    found = []
    for _ in range(N_HALVES // 2):
        pair = []
        for _ in range(2):
            rows = np.sort(random.choice(len(matrix), max(k, len(matrix) // 2), replace=False))
            labels = _labels(matrix[rows], k, int(random.integers(2**31)))
            centres = np.stack([matrix[rows][labels == label].mean(axis=0) for label in np.unique(labels)])
            pair.append(squared_distances(matrix, centres).argmin(axis=1))
        found.append(adjusted_rand_score(*pair))
    return float(np.mean(found))


def _sample(features: Features, seed: int) -> Features:
    if features.n_customers <= MOST_TRIED:
        return features
    rows = np.random.default_rng(seed).choice(features.n_customers, MOST_TRIED, replace=False)
    return replace(features, matrix=features.matrix[np.sort(rows)])


def _trial(tried: Features, flat: NDArray[np.float64], k: int, seed: int) -> Trial:
    matrix = tried.matrix.astype(np.float64)
    labels = _labels(matrix, k, seed)
    found, without = _indices(matrix, labels), _indices(flat, _labels(flat, k, seed))
    sizes = np.bincount(labels)
    return Trial(
        k,
        {
            "silhouette": round(found[0], 4),
            "separation": round(found[0] - without[0], 4),
            "calinski_harabasz": round(float(np.log(found[1] / max(without[1], 1e-9))), 4),
            "davies_bouldin": round(float(np.log(max(without[2], 1e-9) / max(found[2], 1e-9))), 4),
            "stability": round(agreement(matrix, k, seed), 4),
            "smallest_share": round(float(sizes.min() / sizes.sum()), 4),
            "n_columns": float(tried.n_columns),
            "leading_column": round(max(shares_of_separation(tried, labels).values()), 4),
        },
    )


def _labels(matrix: NDArray[np.float64], k: int, seed: int) -> NDArray[np.int64]:
    return kmeans.labels_of(Features.of(matrix), kmeans.KMeansOptions(n_segments=k, n_starts=5, seed=seed))


def _indices(matrix: NDArray[np.float64], labels: NDArray[np.int64]) -> tuple[float, float, float]:
    from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score

    if len(np.unique(labels)) < 2 or len(np.unique(labels)) >= len(labels):
        return 0.0, 1e-9, 1e9
    return (
        float(silhouette_score(matrix, labels)),
        float(calinski_harabasz_score(matrix, labels)),
        float(davies_bouldin_score(matrix, labels)),
    )


def _marks(trials: Sequence[Trial]) -> NDArray[np.float64]:
    marks = np.zeros(len(trials))
    for name, importance in IMPORTANCE.items():
        values = np.array([max(0.0, trial.scores[name]) for trial in trials])
        marks += importance * values / max(float(values.max()), 1e-9)
    return np.where([bool(_objections(trial)) for trial in trials], marks * 0.5, marks)


def _objections(trial: Trial) -> list[str]:
    found = []
    if trial.scores["smallest_share"] < SMALLEST_SHARE:
        found.append("small")
    if trial.scores["n_columns"] > FEW_COLUMNS and trial.scores["leading_column"] > ONE_COLUMN:
        found.append("column")
    return found


def _finest_good(trials: Sequence[Trial], marks: NDArray[np.float64]) -> int:
    """Start from the best mark and go on to finer cuts, one at a time, for as long as they are nearly as good."""
    top = int(np.argmax(marks))
    chosen = top
    for number in range(top + 1, len(trials)):
        steady = trials[number].scores["stability"] >= NEAR_STABLE * trials[top].scores["stability"]
        if marks[number] < NEAR_BEST * marks[top] or not steady:
            break
        chosen = number
    return chosen


def _reasons(trials: Sequence[Trial], best: int) -> tuple[Message, ...]:
    chosen = trials[best]
    reasons = [
        say(
            "{k} segments: {excess} more silhouette than structureless data of the same shape, and {agreement} % "
            "agreement between random halves of the customers.",
            k=chosen.n_segments,
            excess=f"{chosen.scores['separation']:.2f}",
            agreement=round(100 * chosen.scores["stability"]),
        )
    ]
    others = [trial for trial in trials if not trial.chosen]
    if others:
        second = max(others, key=lambda trial: trial.scores["mark"])
        reasons.append(
            say(
                "Also looked at: {k} segments, with {excess} more silhouette and {agreement} % agreement.",
                k=second.n_segments,
                excess=f"{second.scores['separation']:.2f}",
                agreement=round(100 * second.scores["stability"]),
            )
        )
    small = ", ".join(str(trial.n_segments) for trial in trials if "small" in _objections(trial))
    if small:
        reasons.append(
            say("Marked down for a segment of less than one customer in a hundred: {numbers}.", numbers=small)
        )
    restating = ", ".join(str(trial.n_segments) for trial in trials if "column" in _objections(trial))
    if restating:
        reasons.append(say("Marked down for little more than restating one column: {numbers}.", numbers=restating))
    return tuple(reasons)

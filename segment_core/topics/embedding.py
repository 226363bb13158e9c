"""Embedding topics: texts of like meaning together, whatever their words; each topic named by its own words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Progress, Step, Topics, silent
from segment_core.choices import option, options_to_json
from segment_core.errors import DataError, OptionError
from segment_core.messages import say
from segment_core.topics.corpus import read
from segment_core.topics.finding import Assign, Rows, find, reading

N_DIRECTIONS = 32
N_STARTS = 4
LEAST, MOST = 0.5, 0.95
"""Bounds of the largest share of a typical text: less tells no topic, more leaves no second one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingOptions:
    """Options of embedding topics."""

    n_topics: int | None = option(
        None, "Topics", low=2, high=40, help="Chosen by coherence and stability between 3 and 20, if not given."
    )
    seed: int = option(0, "Random seed", low=0)


def discover(
    texts: Sequence[str],
    vectors: Floats | None = None,
    options: EmbeddingOptions = EmbeddingOptions(),
    progress: Progress = silent,
) -> Topics:
    """Cluster the texts' vectors and name the clusters by c-TF-IDF, as BERTopic does (Grootendorst 2022).

    `texts` (n_customers,) are all that each customer wrote, "" for nothing; `vectors` (n_customers, d) are theirs.
    K-Means cuts the vectors' main directions, centred and of length 1. A text's shares are the softmax of its
    cosines with the topics' centres, at the temperature at which a text's largest share is on average what such a
    share should promise: the part of texts that are put into the same topic by topics found in another half of them.

    Raises
    ------
    DataError
        If nobody wrote anything, all texts or their vectors are the same, or there is no word to count.
    OptionError
        If there are no vectors, or fewer different texts than topics.
    """
    if vectors is None:
        raise OptionError(
            "Embedding topics need text vectors, and there are none. Choose an encoder, or take NMF or LDA."
        )
    corpus = read(texts, vectors, reading(progress))
    assert corpus.vectors is not None
    points = _directions(corpus.vectors.astype(np.float64))

    def fit(rows: Rows, n_topics: int, seed: int, progress: Progress) -> Assign:
        return _fit(points, rows, n_topics, seed, progress)

    def step(n_topics: int) -> Step:
        return Step("embedding", options_to_json(replace(options, n_topics=n_topics)))

    return find(corpus, fit, step=step, n_topics=options.n_topics, seed=options.seed, progress=progress)


def _directions(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the main directions of vectors (n, d), each of length 1; a zero vector stays zero."""
    told = np.linalg.norm(vectors, axis=1) > 0
    units = vectors[told] / np.linalg.norm(vectors[told], axis=1, keepdims=True)
    if not len(units) or np.ptp(units, axis=0).max() < 1e-6:
        raise DataError("The vectors of all texts are the same. Choose another encoder, or find topics by NMF or LDA.")
    centred = units - units.mean(axis=0)
    variances, axes = np.linalg.eigh(centred.T @ centred / len(centred))
    kept = axes[:, ::-1][:, :N_DIRECTIONS][:, variances[::-1][:N_DIRECTIONS] > 1e-10]
    folded = centred @ kept
    points = np.zeros((len(vectors), kept.shape[1]))
    points[told] = folded / np.maximum(np.linalg.norm(folded, axis=1, keepdims=True), 1e-12)
    return points


def _fit(points: NDArray[np.float64], rows: Rows, n_topics: int, seed: int, progress: Progress) -> Assign:
    told = rows[np.any(points[rows] != 0, axis=1)]
    n_topics = min(n_topics, len(np.unique(points[told], axis=0)))
    centres = _centres(points[told], n_topics, N_STARTS, seed, progress)
    temperature = _temperature(points[told], centres, seed)

    def assign(rows: Rows) -> NDArray[np.float64]:
        shares: NDArray[np.float64] = _softmax(points[rows] @ centres.T, temperature)
        shares[~np.any(points[rows] != 0, axis=1)] = 0.0
        return shares

    return assign


def _centres(
    points: NDArray[np.float64], n_topics: int, n_starts: int, seed: int, progress: Progress = silent
) -> NDArray[np.float64]:
    from sklearn.cluster import KMeans

    best, centres = np.inf, points[:n_topics]
    for start in range(n_starts):
        progress(start, n_starts, say("Finding {k} topics", k=n_topics))
        model = KMeans(n_topics, n_init=1, random_state=seed + start).fit(points)
        if model.inertia_ < best:
            best, centres = float(model.inertia_), np.asarray(model.cluster_centers_, dtype=np.float64)
    return np.asarray(centres / np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-12))


def _temperature(points: NDArray[np.float64], centres: NDArray[np.float64], seed: int) -> float:
    """Return the temperature at which the mean largest share is the agreement with topics found in a half."""
    cosines = points @ centres.T
    aim = float(np.clip(_agreement(points, cosines.argmax(axis=1), len(centres), seed), LEAST, MOST))
    low, high = 1e-3, 10.0
    for _ in range(40):  # the mean largest share falls as the temperature rises
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if _softmax(cosines, middle).max(axis=1).mean() > aim else (low, middle)
    return low


def _agreement(points: NDArray[np.float64], labels: NDArray[np.int64], n_topics: int, seed: int) -> float:
    from scipy.optimize import linear_sum_assignment

    half = np.sort(np.random.default_rng(seed).choice(len(points), max(n_topics, len(points) // 2), replace=False))
    if len(np.unique(points[half], axis=0)) < n_topics:
        return LEAST
    again = (points @ _centres(points[half], n_topics, 1, seed + N_STARTS).T).argmax(axis=1)
    both = np.zeros((n_topics, n_topics))
    np.add.at(both, (labels, again), 1)
    return float(both[linear_sum_assignment(both, maximize=True)].sum() / len(points))


def _softmax(cosines: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    raised = np.exp((cosines - cosines.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))

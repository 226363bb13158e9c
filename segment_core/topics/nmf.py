"""NMF: topics as parts that add up to the weighted words of each text; quick and clear on short texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Progress, Step, Topics, silent
from segment_core.choices import option, options_to_json
from segment_core.messages import say
from segment_core.topics.corpus import Corpus, read
from segment_core.topics.finding import Assign, Rows, find, reading

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.decomposition import NMF

N_ROUNDS = 10
ROUND = 10
ENOUGH = 1e-3
"""Rounds end when one brings the error down by less than this part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NmfOptions:
    """Options of non-negative matrix factorisation."""

    n_topics: int | None = option(
        None, "Topics", low=2, high=40, help="Chosen by coherence and stability between 3 and 20, if not given."
    )
    loss: str = option(
        "frobenius",
        "Loss",
        among=("frobenius", "kullback-leibler"),
        help="What counts as a good sum: squared differences, or the Kullback-Leibler divergence, which is slower.",
    )
    seed: int = option(0, "Random seed", low=0)


def discover(
    texts: Sequence[str],
    vectors: Floats | None = None,
    options: NmfOptions = NmfOptions(),
    progress: Progress = silent,
) -> Topics:
    """Split the TF-IDF weights of texts into topics times shares (Lee & Seung 1999).

    `texts` (n_customers,) are all that each customer wrote, "" for nothing; `vectors` are not looked at.

    Raises
    ------
    DataError
        If nobody wrote anything, all wrote the same, or there is no word to count.
    OptionError
        If there are fewer different texts, or words, than topics.
    """
    corpus = read(texts, None, reading(progress))

    def fit(rows: Rows, n_topics: int, seed: int, progress: Progress) -> Assign:
        return _fit(corpus, rows, n_topics, replace(options, seed=seed), progress)

    def step(n_topics: int) -> Step:
        return Step("nmf", options_to_json(replace(options, n_topics=n_topics)))

    return find(corpus, fit, step=step, n_topics=options.n_topics, seed=options.seed, progress=progress)


def factorise(
    weights: "csr_matrix", n_topics: int, options: NmfOptions, progress: Progress
) -> tuple["NMF", NDArray[np.float64]]:
    """Fit topics times shares to weights (n_texts, n_terms); return the model and its topics (n_topics, n_terms)."""
    from sklearn.decomposition import NMF

    start = "nndsvda" if _has_rank(weights, n_topics, options.seed) else "random"
    shares, topics, error = None, None, np.inf
    for number in range(N_ROUNDS):
        progress(number, N_ROUNDS, say("Finding {k} topics", k=n_topics))
        # No tolerance: rounds end here and not inside, so that progress is told and Cancel gets in.
        fitted = NMF(
            n_topics,
            init=start if shares is None else "custom",
            solver="cd" if options.loss == "frobenius" else "mu",
            beta_loss=options.loss,
            tol=0,
            max_iter=ROUND,
            random_state=options.seed,
        )
        with np.errstate(invalid="ignore"):  # an error of 0 can come out as the root of a hair less
            shares = fitted.fit_transform(weights, W=shares, H=topics)
        topics = fitted.components_
        if not error - fitted.reconstruction_err_ >= ENOUGH * fitted.reconstruction_err_:
            break
        error = fitted.reconstruction_err_
    return fitted, np.asarray(topics, dtype=np.float64)


def _fit(corpus: Corpus, rows: Rows, n_topics: int, options: NmfOptions, progress: Progress) -> Assign:
    from sklearn.feature_extraction.text import TfidfTransformer

    rows = corpus.worded(rows)
    if len(rows) < 2:
        return lambda rows: np.zeros((len(rows), n_topics))
    weights = TfidfTransformer(sublinear_tf=True).fit(corpus.counts.matrix[rows]).transform(corpus.counts.matrix)
    fitted, topics = factorise(weights[rows], n_topics, options, progress)
    # Shares are comparable only if every topic's words weigh the same in all.
    heights = topics.sum(axis=1)

    def assign(rows: Rows) -> NDArray[np.float64]:
        if not weights[rows].nnz:
            return np.zeros((len(rows), n_topics))
        fitted.set_params(max_iter=50)
        parts = np.asarray(fitted.transform(weights[rows]), dtype=np.float64) * heights
        total = parts.sum(axis=1, keepdims=True)
        return np.where(total > 0, parts / np.where(total > 0, total, 1.0), 0.0)

    return assign


def _has_rank(weights: "csr_matrix", n_topics: int, seed: int) -> bool:
    """Tell whether texts differ in enough directions for a start from their singular vectors."""
    from sklearn.utils.extmath import randomized_svd

    if n_topics > min(weights.shape):
        return False
    strengths = randomized_svd(weights, n_topics, random_state=seed)[1]
    return bool(strengths[-1] > 1e-6 * strengths[0])

"""LDA: every text is a mixture of topics, every topic a distribution over words; the classic for longer texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Progress, Step, Topics, silent
from segment_core.choices import option, options_to_json
from segment_core.messages import Message, say
from segment_core.topics.corpus import Corpus, read
from segment_core.topics.finding import Assign, Rows, find, reading
from segment_core.topics.nmf import NmfOptions, factorise

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.decomposition import LatentDirichletAllocation

N_UPDATES, FEWEST_PASSES = 10, 2
BATCH = 100
WORD_PRIOR = 0.01
"""Topics of few words each, which read more clearly than those of the customary prior of 1 / topics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LdaOptions:
    """Options of latent Dirichlet allocation."""

    n_topics: int | None = option(
        None, "Topics", low=2, high=40, help="Chosen by coherence and stability between 3 and 20, if not given."
    )
    seed: int = option(0, "Random seed", low=0)


def discover(
    texts: Sequence[str],
    vectors: Floats | None = None,
    options: LdaOptions = LdaOptions(),
    progress: Progress = silent,
) -> Topics:
    """Find topics as distributions over words (Blei, Ng & Jordan 2003; fitted as in Hoffman, Blei & Bach 2010).

    The fit begins from the topics of NMF.

    `texts` (n_customers,) are all that each customer wrote, "" for nothing; `vectors` are not looked at. Texts of a
    few words give LDA little to mix: see `nmf` or `embedding` for those.

    Raises
    ------
    DataError
        If nobody wrote anything, all wrote the same, or there is no word to count.
    OptionError
        If there are fewer different texts than topics.
    """
    corpus = read(texts, None, reading(progress))

    def fit(rows: Rows, n_topics: int, seed: int, progress: Progress) -> Assign:
        return _fit(corpus, rows, n_topics, seed, progress)

    def step(n_topics: int) -> Step:
        return Step("lda", options_to_json(replace(options, n_topics=n_topics)))

    return find(corpus, fit, step=step, n_topics=options.n_topics, seed=options.seed, progress=progress)


def _fit(corpus: Corpus, rows: Rows, n_topics: int, seed: int, progress: Progress) -> Assign:
    from sklearn.decomposition import LatentDirichletAllocation

    rows = corpus.worded(rows)
    if len(rows) < 2:
        return lambda rows: np.zeros((len(rows), n_topics))
    counts = corpus.counts.matrix
    model = LatentDirichletAllocation(
        n_topics,
        topic_word_prior=WORD_PRIOR,
        learning_method="online",
        total_samples=len(rows),
        random_state=seed,
        max_doc_update_iter=30,
    )
    model.partial_fit(counts[rows[:BATCH]])
    _start(model, _factors(counts[rows], n_topics, seed, progress), float(counts[rows].sum()))
    random = np.random.default_rng(seed)
    n_batches = -(-len(rows) // BATCH)
    n_passes = max(FEWEST_PASSES, -(-N_UPDATES // n_batches))
    for number in range(n_passes):
        for place, batch in enumerate(np.array_split(random.permutation(rows), n_batches)):
            done = number * n_batches + place
            progress(0.3 + 0.7 * done / (n_passes * n_batches), 1, say("Finding {k} topics", k=n_topics))
            model.partial_fit(counts[batch])

    def assign(rows: Rows) -> NDArray[np.float64]:
        shares = np.asarray(model.transform(counts[rows]), dtype=np.float64)
        shares[np.diff(counts[rows].indptr) == 0] = 0.0
        return shares

    return assign


def _factors(counts: "csr_matrix", n_topics: int, seed: int, progress: Progress) -> NDArray[np.float64]:
    from sklearn.feature_extraction.text import TfidfTransformer

    def early(done: float, total: float, note: Message) -> None:
        progress(0.3 * done / total, 1, note)

    weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    return factorise(weights, n_topics, NmfOptions(seed=seed), early)[1]


def _start(model: "LatentDirichletAllocation", topics: NDArray[np.float64], n_words: float) -> None:
    """Let a model begin from given topics: from chance it often ends with two topics in one and one in two."""
    from scipy.special import psi

    parts = topics / np.maximum(topics.sum(axis=1, keepdims=True), 1e-12)
    words = WORD_PRIOR + parts * (n_words / len(topics))
    model.components_ = words
    model.exp_dirichlet_component_ = np.exp(psi(words) - psi(words.sum(axis=1, keepdims=True)))

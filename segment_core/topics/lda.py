"""LDA: every text is a mixture of topics, every topic a distribution over words; the classic for longer texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Progress, Step, Topics, silent
from segment_core.choices import option, options_to_json
from segment_core.messages import say
from segment_core.topics.corpus import Corpus, read
from segment_core.topics.finding import Assign, Rows, find, reading

N_PASSES = 5
BATCH = 100
WORD_PRIOR = 0.01
"""Topics of few words each, which read more clearly than those of the customary prior of 1 / topics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LdaOptions:
    """Options of latent Dirichlet allocation."""

    n_topics: int | None = option(
        None, "Topics", low=2, high=40, help="Chosen by coherence and stability between 2 and 20, if not given."
    )
    seed: int = option(0, "Random seed", low=0)


def discover(
    texts: Sequence[str],
    vectors: Floats | None = None,
    options: LdaOptions = LdaOptions(),
    progress: Progress = silent,
) -> Topics:
    """Find topics as distributions over words (Blei, Ng & Jordan 2003; online fit of Hoffman, Blei & Bach 2010).

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

    counts = corpus.counts.matrix
    model = LatentDirichletAllocation(
        n_topics,
        topic_word_prior=WORD_PRIOR,
        learning_method="online",
        total_samples=len(rows),
        random_state=seed,
        max_doc_update_iter=30,
    )
    random = np.random.default_rng(seed)
    n_batches = -(-len(rows) // BATCH)
    for number in range(N_PASSES):
        for place, batch in enumerate(np.array_split(random.permutation(rows), n_batches)):
            done = number * n_batches + place
            progress(done, N_PASSES * n_batches, say("Finding {k} topics", k=n_topics))
            model.partial_fit(counts[batch])

    def assign(rows: Rows) -> NDArray[np.float64]:
        shares = np.asarray(model.transform(counts[rows]), dtype=np.float64)
        shares[np.diff(counts[rows].indptr) == 0] = 0.0
        return shares

    return assign

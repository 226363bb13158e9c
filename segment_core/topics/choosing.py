"""Choosing: how many topics, by whether their words belong together and come back in other texts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Progress
from segment_core.messages import Message, say
from segment_core.topics.coherence import npmi
from segment_core.topics.corpus import Corpus
from segment_core.topics.settling import leading_words, term_weights

if TYPE_CHECKING:
    from segment_core.topics.finding import Fit

TRIED = (3, 5, 8, 12, 16, 20)
MOST_READ = 1_000
"""Texts on which the numbers of topics are compared; the topics themselves are looked for in all."""
TEXTS_EACH = 10
"""Different texts that a topic needs at least, so that it can be seen in either half."""
NEAR_BEST = 0.95


def choose(corpus: Corpus, fit: "Fit", seed: int, progress: Progress) -> tuple[int, Message]:
    """Propose a number of topics between 3 and 20, and say what spoke for it.

    Each number is tried on two halves of the texts. Coherence is the mean NPMI of the topics' leading words, taken
    over the texts of both halves; stability is the agreement (adjusted Rand index) of the topics of which all these
    texts say most, as found in one half and in the other. Both are set against the best among the numbers; of the
    numbers that come to 95 % of the best mark the largest is taken, because detail is worth a little.
    """
    from sklearn.metrics import adjusted_rand_score

    random = np.random.default_rng(seed)
    drawn = random.permutation(len(corpus))[:MOST_READ]
    halves = np.sort(drawn[::2]), np.sort(drawn[1::2])
    drawn = np.sort(drawn)
    both = corpus.present[drawn]
    sizes = [k for k in TRIED if k <= corpus.n_distinct // TEXTS_EACH] or [2]
    if len(sizes) == 1:
        return sizes[0], say("{k} topics in {n:,} texts: there are too few for more.", k=sizes[0], n=len(corpus))
    coherence, stability = np.zeros(len(sizes)), np.zeros(len(sizes))
    for number, k in enumerate(sizes):
        note = say("Trying {k} topics", k=k)
        found, led = [], []
        for half, rows in enumerate(halves):
            progress(number + half / 2, len(sizes), note)
            assign = fit(rows, k, seed, lambda done, total, _: progress(number + half / 2, len(sizes), note))  # noqa: B023
            weights = term_weights(corpus, assign(rows), rows)
            found.append([leading_words(corpus, own) for own in weights])
            led.append(assign(drawn).argmax(axis=1))
        coherence[number] = np.mean([value for words in found for value in npmi(both, words, doubt=1)])
        stability[number] = adjusted_rand_score(*led)
    best = _finest_good(_marks(coherence) + _marks(stability))
    return sizes[best], _reason(corpus, sizes, best, float(stability[best]))


def _marks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.maximum(values, 0.0)
    return raised / max(float(raised.max()), 1e-9)


def _finest_good(marks: NDArray[np.float64]) -> int:
    return int(np.flatnonzero(marks >= NEAR_BEST * marks.max())[-1])


def _reason(corpus: Corpus, sizes: Sequence[int], best: int, stability: float) -> Message:
    return say(
        "{k} topics in {n:,} texts. Tried: {numbers}. With this many, words that belong together lead a topic, and two "
        "halves of the texts agree on the topics (adjusted Rand index {stability}).",
        k=sizes[best],
        n=len(corpus),
        numbers=", ".join(str(k) for k in sizes),
        stability=f"{stability:.2f}",
    )

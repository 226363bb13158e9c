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

TRIED = (2, 3, 5, 8, 12, 20)
MOST_READ = 1_500
"""Texts on which the numbers of topics are compared; the topics themselves are looked for in all."""
TEXTS_EACH = 10
"""Different texts that a topic needs at least, so that it can be seen in either half."""
NEAR_BEST = 0.95


def choose(corpus: Corpus, fit: "Fit", seed: int, progress: Progress) -> tuple[int, Message]:
    """Propose a number of topics between 2 and 20, and say what spoke for it.

    Each number is tried on two halves of the texts. Coherence is the mean NPMI of the topics' leading words, taken
    over the texts of both halves; stability is how many of these words come back in the other half's topics, matched
    one to one (Greene, O'Callaghan & Cunningham 2014). Both are set against the best among the numbers; of the
    numbers that come to 95 % of the best mark the largest is taken, because detail is worth a little.
    """
    random = np.random.default_rng(seed)
    drawn = random.permutation(len(corpus))[:MOST_READ]
    halves = np.sort(drawn[::2]), np.sort(drawn[1::2])
    both = corpus.present[np.sort(drawn)]
    sizes = [k for k in TRIED if k <= max(2, corpus.n_distinct // TEXTS_EACH)]
    coherence, stability = np.zeros(len(sizes)), np.zeros(len(sizes))
    for number, k in enumerate(sizes):
        note = say("Trying {k} topics", k=k)
        found = []
        for half, rows in enumerate(halves):
            progress(number + half / 2, len(sizes), note)
            assign = fit(rows, k, seed, lambda done, total, _: progress(number + half / 2, len(sizes), note))  # noqa: B023
            weights = term_weights(corpus, assign(rows), rows)
            found.append([leading_words(corpus, own) for own in weights])
        coherence[number] = np.mean([value for words in found for value in npmi(both, words, doubt=1)])
        stability[number] = agreement(*found)
    best = _finest_good(_marks(coherence) + _marks(stability))
    return sizes[best], _reason(corpus, sizes, best, float(coherence[best]), float(stability[best]))


def agreement(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> float:
    """Return the mean Jaccard overlap of two sets of topics' words, matched one to one for the best overlap.

    Examples
    --------
    >>> agreement([[1, 2], [3, 4]], [[3, 4], [1, 5]])
    0.6666666666666666
    """
    from scipy.optimize import linear_sum_assignment

    overlaps = np.zeros((len(one), len(other)))
    for row, first in enumerate(one):
        for column, second in enumerate(other):
            either = set(first) | set(second)
            overlaps[row, column] = len(set(first) & set(second)) / len(either) if either else 0.0
    return float(overlaps[linear_sum_assignment(overlaps, maximize=True)].mean())


def _marks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.maximum(values, 0.0)
    return raised / max(float(raised.max()), 1e-9)


def _finest_good(marks: NDArray[np.float64]) -> int:
    return int(np.flatnonzero(marks >= NEAR_BEST * marks.max())[-1])


def _reason(corpus: Corpus, sizes: Sequence[int], best: int, coherence: float, stability: float) -> Message:
    if len(sizes) == 1:
        return say("{k} topics in {n:,} texts: there are too few for more.", k=sizes[best], n=len(corpus))
    return say(
        "{k} topics in {n:,} texts: of {numbers} topics, these have words that belong together (coherence {coherence}) "
        "and that come back when the other half of the texts is read ({stability} % of them).",
        k=sizes[best],
        n=len(corpus),
        numbers=", ".join(str(k) for k in sizes),
        coherence=f"{coherence:.2f}",
        stability=round(100 * stability),
    )

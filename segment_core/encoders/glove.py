"""GloVe: words by how often they occur near each other in these very texts, and texts by their words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Progress, Step, Vectors, silent
from segment_core.choices import option, options_to_json
from segment_core.encoders.folding import Fold
from segment_core.encoders.word_means import POOLINGS, counted, cut, folded
from segment_core.messages import say

if TYPE_CHECKING:
    from scipy.sparse import csr_array

PAIRS_AT_ONCE = 2_000_000
PART = 65_536
"""Pairs between two steps of AdaGrad."""
POWER = 0.75
LEARNING_RATE = 0.05
ENOUGH_PAIRS = 30_000_000
"""About how many pairs are gone through in all passes together, where their number is left to the encoder."""
FEWEST_PASSES, MOST_PASSES = 15, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class GloveOptions:
    """Options of GloVe."""

    n_dimensions: int = option(100, "Dimensions", low=2, high=500, help="How many numbers a word becomes.")
    window: int = option(10, "Window", low=1, high=50, help="How many words to each side count as company.")
    n_passes: int = option(
        0, "Passes", low=0, high=500, help="How often all pairs of words are gone through; 0 leaves it to their number."
    )
    enough: float = option(
        3.0, "Enough", low=0.1, high=1000, help="Pairs met this often count in full, rarer ones less (x_max)."
    )
    pooling: str = option(
        "even",
        "Words to text",
        among=POOLINGS,
        help="even: every word counts alike; rare: frequent words count less (smooth inverse frequency).",
    )
    seed: int = option(0, "Random seed", low=0)


def encode(texts: Sequence[str], options: GloveOptions = GloveOptions(), progress: Progress = silent) -> Vectors:
    """Learn a vector for each word by factorising how often words meet (Pennington et al. 2014), and average them.

    It knows nothing but these texts: a few thousand are needed before alike words lie together. A text without a
    known word is the zero vector; the others have length 1. The order of the texts plays no part.

    Returns
    -------
    Vectors
        Matrix (n_texts, n_dimensions).
    """
    made_by = Step("glove", options_to_json(options))
    reason = say("Read by their words: GloVe, trained on these {n:,} texts.", n=len(texts))
    return Vectors(fold(texts, options, progress)[0], made_by, reason)


def fold(
    texts: Sequence[str], options: GloveOptions = GloveOptions(), progress: Progress = silent
) -> tuple[Floats, Fold]:
    """Return the matrix that `encode` returns, and what reads more texts into the same space."""
    cut_texts = cut(texts, progress, 0.2)
    counts = counted(cut_texts)
    if not counts:
        progress(1, 1, say("Texts read"))
        return np.zeros((len(texts), 1), dtype=np.float32), Fold.none()
    progress(0.2, 1, say("Counting which of {n:,} words meet", n=len(counts)))
    met = cooccurrences(cut_texts, list(counts), options.window)
    fit = Factors.drawn(met.shape[0], options.n_dimensions, options.seed)
    n_passes = options.n_passes or max(FEWEST_PASSES, min(MOST_PASSES, ENOUGH_PAIRS // max(1, met.nnz)))
    for done in fit.improve(met, n_passes, options.enough, options.seed):
        note = say("Learning words: pass {done} of {n}", done=int(done) + 1, n=n_passes)
        progress(0.25 + 0.7 * done / n_passes, 1, note)
    matrix, brought = folded(cut_texts, counts, fit.words + fit.contexts, options.pooling)
    progress(1, 1, say("Texts read"))
    return matrix, Fold(tuple(counts), brought)


def cooccurrences(cut_texts: Sequence[Sequence[str]], vocabulary: Sequence[str], window: int) -> "csr_array":
    """Count how often two words stand at most `window` apart in a text; at a distance of d they count 1/d.

    Words outside the vocabulary are passed over as if they were not there. The result is symmetric,
    (n_words, n_words), and no word meets itself across texts.
    """
    from scipy.sparse import csr_array

    place = {word: number for number, word in enumerate(vocabulary)}
    rows = [[place[word] for word in found if word in place] for found in cut_texts]
    flat = np.array([word for row in rows for word in row], dtype=np.int32)
    text = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    shape = (len(vocabulary), len(vocabulary))
    met = csr_array(shape, dtype=np.float64)
    for distance in range(1, window + 1):
        near = np.flatnonzero(text[:-distance] == text[distance:])
        for start in range(0, len(near), PAIRS_AT_ONCE):
            one = near[start : start + PAIRS_AT_ONCE]
            pairs = (flat[one], flat[one + distance])
            met = met + csr_array((np.full(len(one), 1.0 / distance), pairs), shape=shape)
    both = csr_array(met + met.T)
    both.sum_duplicates()
    both.sort_indices()
    return both


@dataclass(slots=True, eq=False)
class Factors:
    """What is learned: vectors and biases of words and of contexts, float32, with AdaGrad's sums of squares."""

    words: Floats
    contexts: Floats
    word_bias: Floats
    context_bias: Floats
    squares: tuple[Floats, Floats, Floats, Floats]

    @classmethod
    def drawn(cls, n_words: int, n_dimensions: int, seed: int) -> "Factors":
        """Start from small random vectors and no biases."""
        random = np.random.default_rng(seed)
        shape = (n_words, n_dimensions)
        words, contexts = ((random.random(shape) - 0.5).astype(np.float32) / n_dimensions for _ in range(2))
        flat = [np.zeros(n_words, dtype=np.float32) for _ in range(2)]
        squares = tuple(np.ones_like(part) for part in (words, contexts, *flat))
        return cls(words, contexts, flat[0], flat[1], squares)  # type: ignore[arg-type]

    def loss(self, met: "csr_array", enough: float) -> float:
        """Return the objective, sum of f(x) (w·w̃ + b + b̃ - log x)² over pairs that met."""
        pairs = met.tocoo()
        missed = self._missed(pairs.row, pairs.col, np.log(pairs.data).astype(np.float32))
        return float(np.sum(weight(pairs.data, enough) * missed.astype(np.float64) ** 2))

    def improve(self, met: "csr_array", n_passes: int, enough: float, seed: int) -> Iterator[float]:
        """Go down the objective with AdaGrad (Duchi et al. 2011), part by part; yield the passes done so far."""
        parts = _parts(met, enough, seed)
        for done in range(n_passes):
            for number, part in enumerate(parts):
                yield done + number / len(parts)
                self._step(part)

    def _missed(self, rows: NDArray[np.intp], columns: NDArray[np.intp], logs: Floats) -> Floats:
        inner = np.einsum("ij,ij->i", self.words[rows], self.contexts[columns])
        return np.asarray(inner + self.word_bias[rows] + self.context_bias[columns] - logs)

    def _step(self, part: "_Part") -> None:
        from scipy.sparse import csr_array

        slopes = part.weights * self._missed(part.rows, part.columns, part.logs)
        n_words = len(self.words)
        pull = csr_array((slopes, part.columns, part.ends), shape=(n_words, n_words))
        steps = (
            pull @ self.contexts,
            pull.T @ self.words,
            np.bincount(part.rows, slopes, n_words).astype(np.float32),
            np.bincount(part.columns, slopes, n_words).astype(np.float32),
        )
        own = (self.words, self.contexts, self.word_bias, self.context_bias)
        for values, squares, slope in zip(own, self.squares, steps, strict=True):
            np.add(squares, slope * slope, out=squares)
            np.subtract(values, LEARNING_RATE * slope / np.sqrt(squares), out=values)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Some of the pairs, in the order of their rows, as one sparse matrix holds them."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    ends: NDArray[np.intp]
    logs: Floats
    weights: Floats


def weight(met: NDArray[np.float64], enough: float) -> NDArray[np.float64]:
    """Return how much a pair counts: (x / x_max) to the power of 0.75, at most 1."""
    return np.asarray(np.minimum(1.0, (met / enough) ** POWER))


def _parts(met: "csr_array", enough: float, seed: int) -> list[_Part]:
    pairs = met.tocoo()
    mixed = np.random.default_rng(seed).permutation(pairs.nnz)
    found = []
    for start in range(0, pairs.nnz, PART):
        taken = np.sort(mixed[start : start + PART])  # sorted again, so that rows stand together
        rows, columns, data = pairs.row[taken], pairs.col[taken], pairs.data[taken]
        ends = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=met.shape[0]))])
        logs, weights = np.log(data).astype(np.float32), weight(data, enough).astype(np.float32)
        found.append(_Part(rows, columns, ends, logs, weights))
    return found

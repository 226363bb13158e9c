"""Word2Vec: words by the company they keep in these very texts, and texts by their words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from segment_core.artifacts import Floats, Progress, Step, Vectors, silent
from segment_core.choices import option, options_to_json
from segment_core.encoders.folding import Fold
from segment_core.encoders.word_means import POOLINGS, counted, cut, folded
from segment_core.messages import say

if TYPE_CHECKING:
    from gensim.models import Word2Vec

ENOUGH_WORDS = 8_000_000
"""About how many words are read in all passes together, where the number of passes is left to the encoder."""
FEWEST_PASSES, MOST_PASSES = 5, 40
SLICE = 30_000
"""Words between two calls of `progress`: well under a second of work."""
FIRST_RATE, LAST_RATE = 0.05, 0.0001


@dataclass(frozen=True, slots=True, kw_only=True)
class Word2VecOptions:
    """Options of Word2Vec."""

    n_dimensions: int = option(100, "Dimensions", low=2, high=500, help="How many numbers a word becomes.")
    window: int = option(5, "Window", low=1, high=50, help="How many words to each side count as company.")
    n_passes: int = option(
        0, "Passes", low=0, high=200, help="How often the texts are read; 0 leaves it to the number of words."
    )
    pooling: str = option(
        "even",
        "Words to text",
        among=POOLINGS,
        help="even: every word counts alike; rare: frequent words count less (smooth inverse frequency).",
    )
    seed: int = option(0, "Random seed", low=0)


def encode(texts: Sequence[str], options: Word2VecOptions = Word2VecOptions(), progress: Progress = silent) -> Vectors:
    """Learn a vector for each word from these texts (skip-gram, Mikolov et al. 2013) and average them.

    It knows nothing but these texts: a few thousand are needed before alike words lie together. A text without a
    known word is the zero vector; the others have length 1. The order of the texts plays no part.

    Returns
    -------
    Vectors
        Matrix (n_texts, n_dimensions).
    """
    made_by = Step("word2vec", options_to_json(options))
    reason = say("Read by their words: Word2Vec, trained on these {n:,} texts.", n=len(texts))
    return Vectors(fold(texts, options, progress)[0], made_by, reason)


def fold(
    texts: Sequence[str], options: Word2VecOptions = Word2VecOptions(), progress: Progress = silent
) -> tuple[Floats, Fold]:
    """Return the matrix that `encode` returns, and what reads more texts into the same space."""
    cut_texts = cut(texts, progress, 0.2)
    counts = counted(cut_texts)
    if not counts:
        progress(1, 1, say("Texts read"))
        return np.zeros((len(texts), 1), dtype=np.float32), Fold.none()
    model = _trained([[word for word in found if word in counts] for found in cut_texts], options, progress)
    matrix, brought = folded(cut_texts, counts, np.vstack([model.wv[word] for word in counts]), options.pooling)
    progress(1, 1, say("Texts read"))
    return matrix, Fold(tuple(counts), brought)


def _trained(cut_texts: list[list[str]], options: Word2VecOptions, progress: Progress) -> "Word2Vec":
    from gensim.models import Word2Vec

    corpus = sorted(found for found in cut_texts if found)  # in one order, whatever that of the texts
    n_words = sum(len(found) for found in corpus)
    n_passes = options.n_passes or max(FEWEST_PASSES, min(MOST_PASSES, ENOUGH_WORDS // n_words))
    # One worker, its own seed and hash: the same texts give the same vectors in every process.
    model = Word2Vec(
        vector_size=options.n_dimensions,
        window=options.window,
        min_count=1,
        sg=1,
        workers=1,
        seed=options.seed,
        hashfxn=_digest,
    )
    model.build_vocab(corpus)
    slices = list(_sliced(corpus))
    n_steps = n_passes * len(slices)
    for step in range(n_steps):
        note = say("Learning words: pass {done} of {n}", done=step // len(slices) + 1, n=n_passes)
        progress(0.2 + 0.75 * step / n_steps, 1, note)
        start, end = (FIRST_RATE + (LAST_RATE - FIRST_RATE) * part / n_steps for part in (step, step + 1))
        part = slices[step % len(slices)]
        model.train(part, total_examples=len(part), epochs=1, start_alpha=start, end_alpha=end)
    return model


def _sliced(corpus: list[list[str]]) -> Iterator[list[list[str]]]:
    held: list[list[str]] = []
    n_words = 0
    for found in corpus:
        held.append(found)
        n_words += len(found)
        if n_words >= SLICE:
            yield held
            held, n_words = [], 0
    if held:
        yield held


def _digest(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))

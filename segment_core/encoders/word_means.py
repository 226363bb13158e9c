"""Word means: from the vectors of words to the vectors of texts, shared by every encoder that knows words only."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Progress
from segment_core.language import words
from segment_core.messages import say

POOLINGS = ("even", "rare")
SMOOTHING = 1e-3
"""The `a` of smooth inverse frequency: a word that makes up this share of all words counts half."""
ALL_ALIKE = 0.9999
"""Above this share of everything, the first direction is all there is, and is kept."""
CHUNK = 1000


def cut(texts: Sequence[str], progress: Progress, upto: float) -> list[list[str]]:
    """Cut texts into words; `progress` is told from 0 to `upto`, of 1."""
    found: list[list[str]] = []
    for start in range(0, len(texts), CHUNK):
        note = say("Cutting texts into words: {done:,} of {n:,}", done=start, n=len(texts))
        progress(upto * start / len(texts), 1, note)
        found.extend(words(text) for text in texts[start : start + CHUNK])
    return found


def counted(cut_texts: Sequence[Sequence[str]]) -> dict[str, int]:
    """Count the words worth learning, most frequent first; in a larger corpus a word must occur twice."""
    counts = tallied(cut_texts)
    least = 2 if len(cut_texts) >= 200 else 1
    return {word: count for word, count in counts.items() if count >= least} or counts


def tallied(cut_texts: Sequence[Sequence[str]]) -> dict[str, int]:
    """Count all words, most frequent first."""
    counts = Counter(word for found in cut_texts for word in found)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def pool(
    cut_texts: Sequence[Sequence[str]], counts: Mapping[str, int], table: NDArray[np.floating], pooling: str
) -> Floats:
    """Take the mean of each text's words, without the direction that all texts share, at length 1.

    "even" counts every word alike; "rare" weighs a word of relative frequency p by a / (a + p), smooth inverse
    frequency. In both, the first principal direction is then taken away (Arora, Liang & Ma 2017). A text without
    a known word is the zero vector.

    The word at position i of `counts` has row i of `table` (n_words, d).
    """
    return folded(cut_texts, counts, table, pooling)[0]


def folded(
    cut_texts: Sequence[Sequence[str]], counts: Mapping[str, int], table: NDArray[np.floating], pooling: str
) -> tuple[Floats, Floats]:
    """Return what `pool` does, and what each word brings into a text (n_words, d).

    The sum of its words' rows, at length 1, is the vector of any text: also of one that was not pooled.
    """
    from scipy.sparse import csr_array

    place = {word: number for number, word in enumerate(counts)}
    columns = [[place[word] for word in found if word in place] for found in cut_texts]
    lengths = np.array([len(row) for row in columns], dtype=np.int64)
    ends = np.concatenate([[0], np.cumsum(lengths)])
    flat = np.array([column for row in columns for column in row], dtype=np.int64)
    weights = np.ones(len(counts))
    if pooling == "rare":
        frequencies = np.array(list(counts.values())) / max(1, sum(counts.values()))
        weights = SMOOTHING / (SMOOTHING + frequencies)
    held = csr_array((weights[flat], flat, ends), shape=(len(cut_texts), len(counts)))
    means = held @ table.astype(np.float64) / np.maximum(lengths, 1)[:, None]
    common = _common_direction(means)
    brought = weights[:, None] * table.astype(np.float64)
    return _unit(_without(means, common)), _without(brought, common).astype(np.float32)


def _common_direction(means: NDArray[np.float64]) -> NDArray[np.float64] | None:
    values, directions = np.linalg.eigh(means.T @ means)
    return None if values[-1] >= ALL_ALIKE * max(float(values.sum()), 1e-300) else np.asarray(directions[:, -1])


def _without(rows: NDArray[np.float64], common: NDArray[np.float64] | None) -> NDArray[np.float64]:
    return rows if common is None else np.asarray(rows - np.outer(rows @ common, common))


def _unit(matrix: NDArray[np.float64]) -> Floats:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    safe = np.where(lengths > 1e-9 * max(float(lengths.max(initial=0.0)), 1e-300), lengths, np.inf)
    return (matrix / safe).astype(np.float32)

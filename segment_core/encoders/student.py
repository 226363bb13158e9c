"""Corpus student: the full model reads a sample of the texts, a light model learns from it and reads them all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Progress, Step, Vectors, silent
from segment_core.choices import option, options_to_json
from segment_core.encoders import full
from segment_core.encoders.fidelity import fidelity
from segment_core.encoders.models import BUNDLED
from segment_core.encoders.student_sight import Sight, seen
from segment_core.messages import Message, say

HELD_OUT = 5
"""One in so many of the texts that the full model read is kept for measuring."""
PENALTY = 0.3
"""Of the ridge; between .1 and 1 it hardly matters, because every part of the sight has length 1."""
CHUNK = 8192
LONG, OPENING = 40, 24
"""Words from which texts are too long for a student without their openings, and words of an opening."""
BY_TEXTS = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentOptions:
    """Options of the corpus student."""

    model: str = option(
        BUNDLED,
        "Model",
        offers="encoders",
        help="Who teaches: the bundled English model, the name of another, or the path of its folder.",
    )
    n_learned: int = option(
        4000,
        "Texts the full model reads",
        low=150,
        high=20_000,
        help="The student learns from four in five of them and is measured on the fifth.",
    )
    opening: int = option(
        BY_TEXTS,
        "Words of each opening",
        low=BY_TEXTS,
        high=200,
        help="The full model reads so many first words of every text besides: slower, and nearer to it on long texts. "
        "0 is none; -1 takes 24 where texts are long, and none where not.",
    )
    seed: int = option(0, "Random seed", low=0)


def encode(texts: Sequence[str], options: StudentOptions = StudentOptions(), progress: Progress = silent) -> Vectors:
    """Let a ridge regression learn what the full model makes of these texts, and read them all.

    The full model reads `n_learned` texts, drawn evenly by length. The student sees a text as weighed word pieces,
    as the mean of the model's own vectors of these pieces, and as the themes of the whole corpus (and, with
    `opening`, as the full model's vector of its first words), and maps this onto the full model's vectors
    (Hinton et al. 2015 call it distillation). `fidelity` is measured on a fifth of the sample it did not learn from.
    Every text gets the student's vector, also those that the full model read: two kinds of vectors agree worse
    (NMI .771, not .776, on Banking77's test split with 1,500 of 3,080 texts read).

    Short texts of one domain are read nearly as the full model would: there K-Means reaches an NMI of .776 with
    1,500 texts read and .794 with 2,500, the full model's vectors .790. Of long reviews, with 4,000 read and 1,000
    others to measure on, it shares .29 of the 10 nearest neighbours and .66 of the order of similarities; with
    openings of 24 words .44 and .80, at about half the full model's time. With no more than `n_learned` distinct
    texts the full model reads them all, and there is no fidelity to measure.

    Returns
    -------
    Vectors
        Matrix (n_texts, d), rows of length 1; d is the model's own (384 for the bundled one).

    Raises
    ------
    ModelError
        If the model cannot be loaded.
    """
    options = fitted(texts, options)
    distinct = sorted(set(texts))
    made_by = Step("student", options_to_json(options))
    place = {text: row for row, text in enumerate(distinct)}
    rows = np.array([place[text] for text in texts], dtype=np.int64)
    if len(distinct) <= options.n_learned:
        read = full.read(distinct, options.model, progress)
        return Vectors(read.matrix[rows], made_by, _all_read(len(texts), options.n_learned))
    learned = _drawn(distinct, options.n_learned, options.seed)
    n_read = options.n_learned + (len(distinct) if options.opening else 0)
    share = 0.9 * options.n_learned / n_read if options.opening else 0.8
    target = full.read([distinct[row] for row in learned], options.model, _within(progress, 0.0, share)).matrix
    openings = None
    if options.opening:
        openings = _openings(distinct, options, _within(progress, share, 0.9))
    progress(0.9, 1.0, say("Learning from {n:,} texts", n=len(learned)))
    sight = seen(distinct, learned, options.model, openings, options.seed)
    held = np.random.default_rng(options.seed).permutation(len(learned)) < len(learned) // HELD_OUT
    student = _learn(sight, learned[~held], target[~held])
    matrix = np.zeros((len(distinct), target.shape[1]), dtype=np.float32)
    for start in range(0, len(distinct), CHUNK):
        progress(0.95, 1.0, say("Reading texts: {done:,} of {n:,}", done=start, n=len(distinct)))
        matrix[start : start + CHUNK] = student.read(sight, slice(start, start + CHUNK))
    found = fidelity(target[held], matrix[learned[held]], int((~held).sum()), options.seed)
    progress(1.0, 1.0, say("Texts read"))
    reason = say(
        "{n:,} texts: the student, {percent:.0f} % faithful, learned from {learned:,} that the full model read.",
        n=len(texts),
        percent=100 * max(0.0, found.similarity),
        learned=found.n_learned,
    )
    return Vectors(matrix[rows], made_by, reason, found)


def fitted(texts: Sequence[str], options: StudentOptions) -> StudentOptions:
    """Say how many words of each opening the full model reads, where that is left to the texts."""
    if options.opening != BY_TEXTS:
        return options
    n_words = float(np.median([len(text.split()) for text in texts])) if texts else 0.0
    return replace(options, opening=OPENING if n_words >= LONG else 0)


@dataclass(frozen=True, slots=True)
class _Student:
    """A linear map from what is seen of a text to the full model's vector."""

    sparse: Floats
    dense: Floats
    dense_mean: Floats
    mean: Floats

    def read(self, sight: Sight, rows: slice | NDArray[np.int64]) -> Floats:
        found = sight.sparse[rows] @ self.sparse + (sight.dense[rows] - self.dense_mean) @ self.dense + self.mean
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12), dtype=np.float32)


def _learn(sight: Sight, rows: NDArray[np.int64], target: Floats) -> _Student:
    """Fit a ridge in its dual form: as many unknowns as texts, however many word pieces there are."""
    from scipy.linalg import solve

    words, dense = sight.sparse[rows], sight.dense[rows]
    dense_mean, mean = dense.mean(axis=0), target.mean(axis=0)
    dense = dense - dense_mean
    alike = (words @ words.T).toarray().astype(np.float64) + dense @ dense.T
    alike[np.diag_indices_from(alike)] += PENALTY
    weights = solve(alike, (target - mean).astype(np.float64), assume_a="pos").astype(np.float32)
    return _Student(np.asarray(words.T @ weights), dense.T @ weights, dense_mean, mean)


def _drawn(distinct: Sequence[str], n: int, seed: int) -> NDArray[np.int64]:
    """Draw one text at random from each of `n` equal stretches of the texts in order of length."""
    by_length = np.array(sorted(range(len(distinct)), key=lambda row: (len(distinct[row]), row)))
    edges = np.linspace(0, len(distinct), n + 1)
    low, high = np.floor(edges[:-1]).astype(int), np.floor(edges[1:]).astype(int)
    return np.sort(by_length[np.random.default_rng(seed).integers(low, high)])


def _openings(texts: Sequence[str], options: StudentOptions, progress: Progress) -> Floats:
    first = [" ".join(text.split()[: options.opening]) for text in texts]
    distinct = sorted(set(first))
    place = {text: row for row, text in enumerate(distinct)}
    return full.read(distinct, options.model, progress).matrix[[place[text] for text in first]]


def _within(progress: Progress, start: float, stop: float) -> Progress:
    """Report the progress of a part as the stretch from `start` to `stop` of a whole of 1."""

    def part(done: float, total: float, note: Message) -> None:
        progress(start + (stop - start) * done / max(total, 1e-9), 1.0, note)

    return part


def _all_read(n: int, n_learned: int) -> Message:
    return say(
        "{n:,} texts: the full model read them all, because a student would need more than {learned:,} to pay.",
        n=n,
        learned=n_learned,
    )

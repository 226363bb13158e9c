"""GloVe: counts and objective as in the paper, checked by hand and by brute force."""

import math
from itertools import pairwise

import numpy as np
import pytest

from segment_core.encoders.glove import Factors, cooccurrences, weight

CORPUS = [["a", "b", "c", "a"], ["b", "a"], ["c"], []]
WORDS = ["a", "b", "c"]


def counted_by_hand(window: int) -> np.ndarray:
    met = np.zeros((3, 3))
    for text in CORPUS:
        for one, first in enumerate(text):
            for two, second in enumerate(text):
                if one != two and abs(one - two) <= window:
                    met[WORDS.index(first), WORDS.index(second)] += 1 / abs(one - two)
    return met


@pytest.mark.parametrize("window", [1, 2, 10])
def test_pairs_count_by_their_distance_and_never_across_texts(window: int) -> None:
    np.testing.assert_allclose(cooccurrences(CORPUS, WORDS, window).toarray(), counted_by_hand(window))


def test_words_outside_the_vocabulary_are_passed_over() -> None:
    assert cooccurrences([["a", "x", "c"]], WORDS, 1).toarray()[0, 2] == 1.0


def test_rare_pairs_count_less() -> None:
    np.testing.assert_allclose(weight(np.array([0.5, 10.0, 99.0]), 10.0), [0.05**0.75, 1.0, 1.0])


def drawn() -> Factors:
    random = np.random.default_rng(3)
    fit = Factors.drawn(3, 4, seed=0)
    for part in (fit.words, fit.contexts, fit.word_bias, fit.context_bias):
        np.add(part, random.normal(size=part.shape).astype(np.float32), out=part)
    return fit


def loss_by_hand(fit: Factors, met: np.ndarray, enough: float) -> float:
    total = 0.0
    for one in range(len(met)):
        for two in range(len(met)):
            if met[one, two]:
                inner = sum(float(a) * float(b) for a, b in zip(fit.words[one], fit.contexts[two], strict=True))
                missed = inner + fit.word_bias[one] + fit.context_bias[two] - math.log(met[one, two])
                total += min(1.0, (met[one, two] / enough) ** 0.75) * missed**2
    return total


def test_the_objective_is_that_of_the_paper() -> None:
    met = cooccurrences(CORPUS, WORDS, 10)
    assert drawn().loss(met, 2.0) == pytest.approx(loss_by_hand(drawn(), met.toarray(), 2.0), rel=1e-5)


def test_a_step_goes_down_the_slope_of_the_objective() -> None:
    met = cooccurrences(CORPUS, WORDS, 10)
    before, after = drawn(), drawn()
    for _ in after.improve(met, 1, 2.0, seed=0):
        pass
    for part in ("words", "contexts", "word_bias", "context_bias"):
        moved = getattr(after, part) - getattr(before, part)
        for place in np.ndindex(*moved.shape):
            nudged = drawn()
            getattr(nudged, part)[place] += 1e-2
            lower = drawn()
            getattr(lower, part)[place] -= 1e-2
            slope = (nudged.loss(met, 2.0) - lower.loss(met, 2.0)) / 2e-2 / 2  # AdaGrad folds the 2 into the rate
            expected = -0.05 * slope / math.sqrt(1 + slope**2)
            assert moved[place] == pytest.approx(expected, abs=1e-4)


def corpus(n_words: int) -> tuple[list[list[str]], list[str]]:
    random = np.random.default_rng(0)
    names = [f"w{number}" for number in range(n_words)]
    frequencies = 1 / np.arange(1, n_words + 1)
    texts = [list(random.choice(names, 8, p=frequencies / frequencies.sum())) for _ in range(300)]
    return texts, names


def test_the_loss_falls_and_the_logarithms_of_counts_come_out() -> None:
    texts, names = corpus(12)
    met = cooccurrences(texts, names, 5)
    fit = Factors.drawn(12, 12, seed=0)
    losses = [fit.loss(met, 1.0)]
    for done in fit.improve(met, 4000, 1.0, seed=0):
        if done and done % 500 == 0:
            losses.append(fit.loss(met, 1.0))
    losses.append(fit.loss(met, 1.0))
    assert all(later < earlier for earlier, later in pairwise(losses))
    said = fit.words @ fit.contexts.T + fit.word_bias[:, None] + fit.context_bias[None, :]
    full = met.toarray()
    assert np.abs(said[full > 0] - np.log(full[full > 0])).max() < 0.15


def test_the_same_seed_gives_the_same_factors() -> None:
    texts, names = corpus(12)
    met = cooccurrences(texts, names, 5)
    made = []
    for seed in (0, 0, 1):
        fit = Factors.drawn(12, 4, seed)
        list(fit.improve(met, 5, 10.0, seed))
        made.append(fit.words)
    np.testing.assert_array_equal(made[0], made[1])
    assert not np.array_equal(made[0], made[2])

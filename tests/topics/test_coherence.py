"""Coherence agrees with a count by hand, and tells words that belong together from words thrown together."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from segment_core.artifacts import silent
from segment_core.topics import TOPICS, mean_coherence
from segment_core.topics.coherence import npmi
from segment_core.topics.corpus import read
from tests.topics.conftest import Planted

texts = st.lists(st.sets(st.integers(0, 5)), min_size=1, max_size=12)


def matrix(held: list[set[int]]) -> csr_matrix:
    return csr_matrix([[float(word in text) for word in range(6)] for text in held])


def by_hand(held: list[set[int]], words: list[int]) -> float:
    values = []
    for first, second in combinations(words, 2):
        both = sum({first, second} <= text for text in held) / len(held)
        one, other = (sum(word in text for text in held) / len(held) for word in (first, second))
        if both == 0:
            values.append(-1.0)
        elif both == 1:
            values.append(1.0)
        else:
            values.append(math.log(both / (one * other)) / -math.log(both))
    return sum(values) / len(values)


@given(texts)
@settings(max_examples=150, deadline=None)
def test_it_is_what_a_count_by_hand_gives(held: list[set[int]]) -> None:
    words = [[0, 1, 2, 3], [4, 5], [0, 5, 3]]
    np.testing.assert_allclose(npmi(matrix(held), words), [by_hand(held, own) for own in words], atol=1e-9)


@given(texts, st.floats(0, 5))
@settings(max_examples=50, deadline=None)
def test_it_lies_between_minus_one_and_one(held: list[set[int]], doubt: float) -> None:
    assert all(-1 - 1e-9 <= value <= 1 + 1e-9 for value in npmi(matrix(held), [[0, 1], [2, 3, 4, 5]], doubt=doubt))


def test_known_cases() -> None:
    always, never = [{0, 1}, {0, 1}, {2}], [{0}, {1}, {2}]
    assert npmi(matrix(always), [[0, 1]]) == pytest.approx([1.0])
    assert npmi(matrix(never), [[0, 1]]) == [-1.0]
    chance = [{0, 1}, {0}, {1}, set()]
    assert npmi(matrix(chance), [[0, 1]]) == pytest.approx([0.0])
    assert npmi(matrix(chance), [[0], []]) == [0.0, 0.0]


def test_doubt_pulls_pairs_that_never_meet_towards_chance() -> None:
    held = [{0}, {1}, *[{2}] * 20]
    assert -0.1 < npmi(matrix(held), [[0, 1]], doubt=1)[0] < 0


def test_planted_topics_are_more_coherent_than_their_words_shuffled(five: Planted) -> None:
    corpus = read(five.texts, None, silent)
    place = {term: at for at, term in enumerate(corpus.counts.terms.tolist())}
    planted = [[place[word] for word in vocabulary[:10]] for vocabulary in five.vocabularies]
    mixed = np.random.default_rng(0).permutation(np.ravel(planted)).reshape(5, 10).tolist()
    assert min(npmi(corpus.present, planted)) > max(npmi(corpus.present, mixed)) + 0.3
    assert np.mean(npmi(corpus.present, planted)) > 0.3


@pytest.mark.parametrize("name", TOPICS)
def test_topics_carry_the_coherence_of_their_own_words(name: str, five: Planted) -> None:
    found = TOPICS[name].run(five.texts, five.vectors, TOPICS[name].options(n_topics=5))
    assert mean_coherence(found) == pytest.approx(np.mean([topic.coherence for topic in found.topics]))
    assert min(topic.coherence for topic in found.topics) > 0.3
    held = [set(text.split()) for text in five.texts]
    topic = next(topic for topic in found.topics if sum(" " not in term for term in topic.terms) == 10)
    names = {word: number for number, word in enumerate(topic.terms)}
    own = [{names[word] for word in text if word in names} for text in held]
    assert topic.coherence == pytest.approx(by_hand(own, list(range(10))), abs=1e-3)


def test_gensim_finds_the_same_where_all_words_meet(five: Planted) -> None:
    from gensim import models
    from gensim.corpora import Dictionary

    documents = [text.split() for text in five.texts]
    words = [vocabulary[:10] for vocabulary in five.vocabularies]
    theirs = models.CoherenceModel(
        topics=words,
        texts=documents,
        dictionary=Dictionary(documents),
        coherence="c_npmi",
        window_size=1000,
        processes=1,
    ).get_coherence_per_topic()
    corpus = read(five.texts, None, silent)
    place = {term: at for at, term in enumerate(corpus.counts.terms.tolist())}
    ours = npmi(corpus.present, [[place[word] for word in own] for own in words])
    np.testing.assert_allclose(ours, theirs, atol=1e-3)

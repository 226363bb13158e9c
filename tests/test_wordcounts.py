"""Word counts: what counts as a word, what tells groups apart, and terms that do not repeat each other."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from segment_core.wordcounts import count, distinct, telling, tokens


def test_words_and_pairs_without_fillers_and_tags() -> None:
    assert tokens("The late parcel of [NAME 3] was lost") == ["late", "parcel", "lost", "late parcel", "parcel lost"]
    assert "配送" in tokens("配送太慢了") and tokens("[EMAIL 1]") == []


def test_rare_and_common_terms_are_left_out() -> None:
    texts = [["a", "b"], ["a", "b", "b"], ["a", "c"]]
    counts = count(texts, fewest=2, widest=0.9)
    assert counts is not None and counts.terms.tolist() == ["b"]
    assert counts.matrix.toarray().ravel().tolist() == [1, 2, 0]
    once = count(texts, fewest=2, once=True)
    assert once is not None and once.matrix.toarray().tolist() == [[1, 1], [1, 1], [1, 0]]
    assert count(texts, fewest=4) is None


def test_a_term_that_all_use_tells_nothing() -> None:
    held = np.array([[10.0, 10.0, 0.0], [10.0, 0.0, 1.0]])
    found = telling(held, np.array([10.0, 10.0]), 20, fewest=2)
    assert (found.weights > 0).tolist() == [[False, True, False], [False, False, False]]
    assert found.base.tolist() == [1.0, 0.5, 0.05] and found.shares[0].tolist() == [1.0, 1.0, 0.0]


@given(st.lists(st.tuples(st.floats(0, 1), st.text("ab ", min_size=1).filter(str.strip)), min_size=1, max_size=12))
@settings(deadline=None)
def test_terms_never_share_a_word(found: list[tuple[float, str]]) -> None:
    weights, terms = np.array([weight for weight, _ in found]), np.array([term for _, term in found])
    kept = distinct(weights, terms, 5)
    said = [word for at in kept for word in set(str(terms[at]).split())]
    assert len(said) == len(set(said)) and len(kept) <= 5
    assert [weights[at] for at in kept] == sorted((weights[at] for at in kept), reverse=True)
    assert not weights.any() or weights[kept[0]] == weights.max()

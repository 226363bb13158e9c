"""The topics block: Hellinger's distance between customers, silence at the centre, names that say what is meant."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from segment_core.artifacts import Step, Topic, Topics
from segment_core.features import topics as block
from segment_core.messages import say


def topics(shares: np.ndarray, terms: tuple[tuple[str, ...], ...]) -> Topics:
    made = tuple(Topic(f"T{number + 1}", own, 1, 0.5, 0.1) for number, own in enumerate(terms))
    return Topics(shares.astype(np.float32), made, Step("nmf"), say("Given."))


THREE = (("late", "parcel", "lost"), ("warm", "jacket"), ("late", "parcel", "courier"))


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_euclidean_distance_is_hellingers(seed: int) -> None:
    shares = np.random.default_rng(seed).dirichlet([0.3] * 3, size=6)
    made = block.extract(topics(shares, THREE))
    gaps = np.linalg.norm(made.matrix[:, None] - made.matrix[None], axis=2)
    expected = np.sqrt(np.maximum(0, 2 - 2 * np.sqrt(shares) @ np.sqrt(shares).T))
    np.testing.assert_allclose(gaps, expected, atol=1e-3)
    np.testing.assert_allclose(made.matrix.mean(axis=0), 0, atol=1e-5)


def test_who_wrote_nothing_stands_at_the_centre() -> None:
    made = block.extract(topics(np.array([[1, 0, 0], [0, 0, 0], [0, 0.5, 0.5]]), THREE))
    assert made.matrix[1].tolist() == [0, 0, 0] and made.matrix[0].any()
    assert made.notes[0].code == "no-topic" and made.notes[0].count == 1
    assert not block.extract(topics(np.zeros((2, 3)), THREE)).matrix.any()


def test_features_are_named_by_words_and_apart() -> None:
    made = block.extract(topics(np.eye(3), THREE))
    assert made.name == "topics" and made.matrix.dtype == np.float32
    assert made.names == ("topic: late, parcel (T1)", "topic: warm, jacket", "topic: late, parcel (T3)")
    assert made.sources == made.names

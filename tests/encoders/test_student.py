"""The student: it learns what can be learned, owns up where nothing can, and spares the teacher the rest."""

from collections.abc import Callable, Sequence
from zlib import crc32

import numpy as np
import pytest

from segment_core.artifacts import Progress, Step, Vectors, silent
from segment_core.encoders import full
from segment_core.encoders.models import BUNDLED
from segment_core.encoders.student import StudentOptions, encode
from segment_core.errors import Cancelled
from segment_core.messages import Message, say

WORDS = (
    *("delivery", "parcel", "courier", "late", "waiting", "box", "taste", "sweet", "fresh", "juicy", "ripe", "salty"),
    *("login", "crash", "screen", "button", "update", "password", "warm", "jacket", "soft", "coat", "cosy", "winter"),
    *("price", "cheap", "value", "money", "refund", "return"),
)


def texts_of(n: int = 900, n_words: int = 6) -> list[str]:
    random = np.random.default_rng(0)
    return [" ".join(random.choice(WORDS, n_words)) for _ in range(n)]


def by_words(text: str) -> np.ndarray:
    """Read a text as the sum of fixed random vectors of its words: what a linear student can learn."""
    return sum((np.random.default_rng(WORDS.index(word)).normal(size=24) for word in text.split()), np.zeros(24))


def by_chance(text: str) -> np.ndarray:
    """Read a text as a random vector of its own: what nobody can learn."""
    return np.random.default_rng(crc32(text.encode())).normal(size=24)


@pytest.fixture
def teacher(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str], np.ndarray]], list[str]]:
    """Return a function that puts a teacher in the full model's place, and gives the list of what it is asked."""

    def put(vector: Callable[[str], np.ndarray]) -> list[str]:
        asked: list[str] = []

        def read(texts: Sequence[str], model: str = BUNDLED, progress: Progress = silent) -> Vectors:
            asked.extend(texts)
            progress(len(texts), len(texts), say("Texts read"))
            matrix = np.vstack([vector(text) for text in texts])
            matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
            return Vectors(matrix.astype(np.float32), Step("taught"), say("Texts read."))

        monkeypatch.setattr(full, "read", read)
        return asked

    return put


def test_what_hangs_on_words_is_learned(teacher) -> None:
    teacher(by_words)
    texts = texts_of()
    made = encode(texts, StudentOptions(n_learned=500))
    assert made.fidelity is not None
    assert (made.fidelity.n_learned, made.fidelity.n_held_out) == (400, 100)
    assert made.fidelity.similarity > 0.9
    assert made.fidelity.neighbours > 0.6
    truth = full.read(texts).matrix
    assert (made.matrix * truth).sum(axis=1).mean() > 0.95


def test_what_nobody_can_learn_is_said_to_be_unlearned(teacher) -> None:
    teacher(by_chance)
    made = encode(texts_of(), StudentOptions(n_learned=500))
    assert made.fidelity is not None
    assert abs(made.fidelity.similarity) < 0.15
    assert made.fidelity.neighbours < 0.25
    assert abs(made.fidelity.clusters) < 0.15


def test_the_teacher_is_asked_about_the_sample_only(teacher) -> None:
    asked = teacher(by_words)
    texts = texts_of()
    encode([*texts, *texts[:300]], StudentOptions(n_learned=200))
    assert len(asked) == len(set(asked)) == 200
    lengths = [len(text) for text in asked]
    assert abs(np.median(lengths) - np.median([len(text) for text in texts])) < 2


def test_openings_are_read_besides_and_help(teacher) -> None:
    asked = teacher(lambda text: by_words(" ".join(text.split()[:3])))
    texts = texts_of(n_words=30)
    without = encode(texts, StudentOptions(n_learned=300)).fidelity
    asked.clear()
    with_them = encode(texts, StudentOptions(n_learned=300, opening=3)).fidelity
    assert without is not None
    assert with_them is not None
    assert with_them.similarity > 0.2 + without.similarity
    assert max(len(text.split()) for text in asked[300:]) == 3


def test_long_texts_have_their_openings_read_unless_one_says_otherwise(teacher) -> None:
    asked = teacher(by_words)
    for n_words, opening, wanted in ((50, -1, 24), (50, 0, 0), (6, -1, 0)):
        asked.clear()
        made = encode(texts_of(360, n_words), StudentOptions(n_learned=180, opening=opening))
        assert made.made_by.options["opening"] == wanted
        assert len(asked) == 180 + (360 if wanted else 0)


def test_few_texts_are_all_read_by_the_full_model(teacher) -> None:
    asked = teacher(by_chance)
    texts = texts_of(200)
    made = encode(texts, StudentOptions(n_learned=200))
    assert made.fidelity is None
    assert sorted(asked) == sorted(set(texts))
    np.testing.assert_array_equal(made.matrix, full.read(texts).matrix)
    assert str(made.reason).startswith("200 texts: the full model read them all, because")


def test_the_order_of_the_file_does_not_matter_and_the_seed_does(teacher) -> None:
    teacher(by_words)
    texts = texts_of()
    options = StudentOptions(n_learned=200)
    straight, turned = encode(texts, options), encode(texts[::-1], options)
    np.testing.assert_array_equal(straight.matrix, turned.matrix[::-1])
    assert straight.fidelity == turned.fidelity
    assert not np.array_equal(straight.matrix, encode(texts, StudentOptions(n_learned=200, seed=1)).matrix)


def test_odd_texts_still_get_vectors(teacher) -> None:
    teacher(by_words)
    made = encode([*texts_of(), ""], StudentOptions(n_learned=200))
    assert np.isfinite(made.matrix).all()
    np.testing.assert_allclose(np.linalg.norm(made.matrix, axis=1), 1.0, rtol=1e-4)


def test_progress_grows_to_the_end_and_can_stop(teacher) -> None:
    teacher(by_words)
    told: list[float] = []

    def stop_late(done: float, total: float, note: Message) -> None:
        told.append(done / total)
        if done / total > 0.91:
            raise Cancelled

    encode(texts_of(), StudentOptions(n_learned=200), lambda done, total, note: told.append(done / total))
    assert told == sorted(told)
    assert told[-1] == 1.0
    with pytest.raises(Cancelled):
        encode(texts_of(), StudentOptions(n_learned=200), stop_late)


def test_the_bundled_model_teaches_itself() -> None:
    random = np.random.default_rng(3)
    starts = ("My {} is late", "The {} is broken", "I love this {}", "Where is my {}?", "Please refund my {}")
    things = ["parcel", "card", "jacket", "coat", "order", "phone", "lamp", "table", "chair", "account"]
    texts = [f"{random.choice(starts)} number {n}".format(random.choice(things)) for n in range(320)]
    made = encode(texts, StudentOptions(n_learned=200))
    assert made.fidelity is not None
    assert made.fidelity.similarity > 0.5
    assert made.matrix.shape == (320, 384)

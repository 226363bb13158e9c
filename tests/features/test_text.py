"""Text: read once, folded into its main directions, silence at the centre."""

import numpy as np

from segment_core.artifacts import Step, Vectors
from segment_core.features.directions import N_DIRECTIONS
from segment_core.features.text import extract, texts_of
from segment_core.messages import say
from tests.planted import typed


class Reader:
    """Gives every text a vector made of its length, and remembers what it was asked."""

    def __init__(self, width: int = 3) -> None:
        self.asked: list[str] = []
        self._width = width

    def __call__(self, texts: list[str]) -> Vectors:
        self.asked += texts
        rows = [np.random.default_rng(len(text)).normal(size=self._width) for text in texts]
        return Vectors(np.array(rows, dtype=np.float32), Step("made"), say("Made."))


def test_each_distinct_text_is_read_once_in_one_order() -> None:
    made = typed({"review": "text"}, review=np.array(["good", "bad", "", "good", "fine one"], dtype=object))
    reader = Reader()
    read = extract(made, reader)
    assert reader.asked == ["bad", "fine one", "good"]
    assert read is not None
    assert np.array_equal(read[0].matrix[0], read[0].matrix[3])


def test_silence_is_at_the_centre_and_said() -> None:
    made = typed({"review": "text"}, review=np.array(["good", "bad", "", "fine one", ""], dtype=object))
    read = extract(made, Reader())
    assert read is not None
    assert (read[0].matrix[[2, 4]] == 0).all()
    assert [(note.code, note.count) for note in read[0].notes] == [("no-text", 2)]
    np.testing.assert_allclose(read[0].matrix.mean(axis=0), 0, atol=1e-6)


def test_distances_survive_the_folding() -> None:
    texts = np.array(["x" * length for length in range(1, 41)], dtype=object)
    reader = Reader(width=20)
    read = extract(typed({"review": "text"}, review=texts), reader)
    assert read is not None
    block, vectors = read
    assert block.matrix.shape[1] == 20
    folded, whole = block.matrix[0] - block.matrix[9], vectors.matrix[0] - vectors.matrix[9]
    assert np.isclose(np.linalg.norm(folded), np.linalg.norm(whole), rtol=1e-4)


def test_a_wide_space_keeps_its_main_directions_only() -> None:
    texts = np.array(["x" * length for length in range(1, 121)], dtype=object)
    read = extract(typed({"review": "text"}, review=texts), Reader(width=200))
    assert read is not None
    assert read[0].matrix.shape[1] == N_DIRECTIONS
    variances = read[0].matrix.var(axis=0)
    assert (np.diff(variances) <= 1e-6).all()


def test_where_nobody_wrote_there_is_no_block() -> None:
    made = typed({"review": "text"}, review=np.array(["", "", ""], dtype=object))
    assert extract(made, Reader()) is None
    assert extract(typed({"age": "number"}, age=np.arange(3.0)), Reader()) is None


def test_several_texts_of_a_customer_are_one() -> None:
    made = typed(
        {"review": "text", "note": "text"},
        review=np.array(["good", "", "fine"], dtype=object),
        note=np.array(["late", "late", ""], dtype=object),
    )
    assert texts_of(made) == ["good\nlate", "late", "fine"]


def test_numbers_of_tags_do_not_tell_customers_apart() -> None:
    written = np.array(["write to [EMAIL 1]", "write to [EMAIL 2]", "fine", "bad", ""], dtype=object)
    reader = Reader()
    extract(typed({"review": "text"}, review=written), reader)
    assert reader.asked == ["bad", "fine", "write to [EMAIL]"]

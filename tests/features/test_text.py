"""Text: read once, folded into its main directions, silence at the centre."""

import numpy as np

from segment_core.artifacts import Block
from segment_core.features.directions import N_DIRECTIONS
from segment_core.features.text import extract, texts_of
from tests.planted import typed


def vectors(texts: list[str], width: int = 3) -> np.ndarray:
    """Give every text a vector made of its length, and silence zeros."""
    rows = [np.random.default_rng(len(text)).normal(size=width) if text else np.zeros(width) for text in texts]
    return np.array(rows, dtype=np.float32)


def block_of(texts: list[str], width: int = 3) -> Block | None:
    made = typed({"review": "text"}, review=np.array(texts, dtype=object))
    return extract(made, vectors(texts, width), ["en" if text else None for text in texts])


def test_silence_is_at_the_centre_and_said() -> None:
    block = block_of(["good", "bad", "", "fine one", ""])
    assert block is not None
    assert (block.matrix[[2, 4]] == 0).all()
    assert [(note.code, note.count) for note in block.notes] == [("no-text", 2)]
    np.testing.assert_allclose(block.matrix.mean(axis=0), 0, atol=1e-6)


def test_distances_survive_the_folding() -> None:
    texts = ["x" * length for length in range(1, 41)]
    block, whole = block_of(texts, 20), vectors(texts, 20)
    assert block is not None
    assert block.matrix.shape[1] == 20
    folded, before = block.matrix[0] - block.matrix[9], whole[0] - whole[9]
    assert np.isclose(np.linalg.norm(folded), np.linalg.norm(before), rtol=1e-4)


def test_a_wide_space_keeps_its_main_directions_only() -> None:
    block = block_of(["x" * length for length in range(1, 121)], 200)
    assert block is not None
    assert block.matrix.shape[1] == N_DIRECTIONS
    assert (np.diff(block.matrix.var(axis=0)) <= 1e-6).all()


def test_what_language_somebody_writes_in_does_not_set_them_apart() -> None:
    random = np.random.default_rng(0)
    languages = ["en", "zh"] * 30
    matrix = random.normal(size=(60, 4)).astype(np.float32)
    matrix[1::2] += 100
    made = typed({"review": "text"}, review=np.array(["x"] * 60, dtype=object))
    block = extract(made, matrix, languages)
    assert block is not None
    assert block.matrix.shape == (60, 8)
    for rows in (slice(0, None, 2), slice(1, None, 2)):
        np.testing.assert_allclose(block.matrix[rows].mean(axis=0), 0, atol=1e-4)
    assert (block.matrix[::2, 4:] == 0).all()
    assert (block.matrix[1::2, :4] == 0).all()


def test_where_nobody_wrote_there_is_no_block() -> None:
    assert block_of(["", "", ""]) is None
    assert block_of(["", "one alone", ""]) is None


def test_several_texts_of_a_customer_are_one() -> None:
    made = typed(
        {"review": "text", "note": "text"},
        review=np.array(["good", "", "fine"], dtype=object),
        note=np.array(["late", "late", ""], dtype=object),
    )
    assert texts_of(made) == ["good\nlate", "late", "fine"]


def test_numbers_of_tags_do_not_tell_customers_apart() -> None:
    written = np.array(["write to [EMAIL 1]", "write to [EMAIL 2]", "fine"], dtype=object)
    assert len(set(texts_of(typed({"review": "text"}, review=written)))) == 2

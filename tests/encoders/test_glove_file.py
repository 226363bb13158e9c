"""Pre-trained words: every format gives the same vectors, and a bad file is told by what is wrong in which line."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from segment_core.encoders import glove_file
from segment_core.encoders.glove_file import GloveFileOptions, encode
from segment_core.errors import ModelError

VECTORS = {"delivery": [1.0, 0.25, -3.5], "late": [0.5, -1.0, 2.0], "jacket": [-2.0, 0.125, 0.75], "zebra": [9, 9, 9]}
TEXTS = ["The delivery was late", "Late jacket", "jacket jacket", "unheard of gizmo"]


def as_text(header: bool = False) -> bytes:
    lines = [f"{word} {' '.join(map(str, vector))}" for word, vector in VECTORS.items()]
    return "\n".join(([f"{len(VECTORS)} 3"] if header else []) + lines).encode() + b"\n"


def as_binary(newline: bytes = b"") -> bytes:
    parts = [word.encode() + b" " + struct.pack("<3f", *vector) + newline for word, vector in VECTORS.items()]
    return f"{len(VECTORS)} 3\n".encode() + b"".join(parts)


FORMATS = {
    "glove": as_text(),
    "glove gz": gzip.compress(as_text(), mtime=0),
    "word2vec text": as_text(header=True),
    "windows": as_text(header=True).replace(b"\n", b"\r\n"),
    "word2vec binary": as_binary(),
    "binary with line ends": as_binary(b"\n"),
    "binary gz": gzip.compress(as_binary(), mtime=0),
}


def read(folder: Path, data: bytes, **asked: str):
    path = folder / "words.vec"
    path.write_bytes(data)
    return encode(TEXTS, GloveFileOptions(path=str(path), **asked))


@pytest.mark.parametrize("data", FORMATS.values(), ids=FORMATS)
def test_every_format_gives_the_same_vectors(data: bytes, tmp_path: Path) -> None:
    made = read(tmp_path, data)
    np.testing.assert_allclose(made.matrix, read(tmp_path, as_text()).matrix, atol=1e-6)
    assert np.linalg.norm(made.matrix, axis=1).round(5).tolist() == [1, 1, 1, 0]


def test_gensim_writes_what_we_read(tmp_path: Path) -> None:
    from gensim.models import KeyedVectors

    made = KeyedVectors(3)
    made.add_vectors(list(VECTORS), np.array(list(VECTORS.values()), dtype=np.float32))
    expected = read(tmp_path, as_text()).matrix
    for name, binary in (("a.txt", False), ("a.bin", True)):
        made.save_word2vec_format(str(tmp_path / name), binary=binary)
        found = encode(TEXTS, GloveFileOptions(path=str(tmp_path / name))).matrix
        np.testing.assert_allclose(found, expected, atol=1e-5)


def test_it_says_how_much_it_knows(tmp_path: Path) -> None:
    said = str(read(tmp_path, as_text()).reason)
    assert said == (
        "Read by their words with the vectors of words.vec, which knows 75% of all words (3 different ones)."
    )


def test_words_are_found_whatever_their_case_lower_first(tmp_path: Path) -> None:
    plain = read(tmp_path, b"late 1 2\njacket 3 -1\ndelivery 0 1\n").matrix
    np.testing.assert_array_equal(read(tmp_path, b"LATE 9 9\nlate 1 2\nJacket 3 -1\nDelivery 0 1\n").matrix, plain)
    np.testing.assert_array_equal(read(tmp_path, b"late 1 2\nLATE 9 9\nJacket 3 -1\nDelivery 0 1\n").matrix, plain)


def test_names_with_spaces_are_passed_over(tmp_path: Path) -> None:
    made = read(tmp_path, as_text() + b". . . 1 2 3\nat name@domain.com 1 2 3\n")
    np.testing.assert_array_equal(made.matrix, read(tmp_path, as_text()).matrix)


@pytest.mark.parametrize(
    "data, said",
    [
        (b"", "line 1 is neither a word"),
        (b"late\n", "line 1 is neither a word"),
        (b"late 1 2\njacket 1\n", "line 2 has 1 numbers, not 2"),
        (b"late 1 2\nzebra 1\n", "line 2 has 1 numbers, not 2"),
        (b"late 1 2\nzebra 1 2 3\n", "line 2 has 3 numbers, not 2"),
        (b"late 1 2\njacket 1 x\n", "line 2 has something that is not a number"),
        (b"late 1 2\njacket 1 nan\n", "line 2 has a number that is not finite"),
        (b"late 1 2\njacket 1 1e99\n", "line 2 has a number that is not finite"),
        (as_text(header=True).replace(b"4 3", b"5 3"), "speaks of 5 words, and there are 4"),
        (b"4 0\nlate\n", "line 1 speaks of 0 numbers a word"),
        (as_binary()[:-3], "breaks off at word 4 of 4"),
        (as_binary().replace(b"4 3", b"9 3"), "breaks off at word 5 of 9"),
        (as_binary().replace(struct.pack("<f", 0.125), struct.pack("<f", np.inf)), "word 3 has a number that is not"),
        (gzip.compress(as_text(), mtime=0)[:-12], "cannot be read or unpacked"),
        (b"\x1f\x8bnonsense", "cannot be read or unpacked"),
        (b"\x80\x04\x95pickled" * 9, "line 1 is neither a word"),
    ],
    ids=range(16),
)
def test_a_bad_file_is_told_by_what_is_wrong_and_where(data: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=said) as caught:
        read(tmp_path, data)
    assert "words.vec" in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_a_line_without_end_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glove_file, "LONGEST_LINE", 1000)
    with pytest.raises(ModelError, match="line 2 has no end"):
        read(tmp_path, b"late 1 2\n" + b"x" * 5000)


def test_a_file_in_another_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="knows none of the 5 words"):
        read(tmp_path, b"spaet 1 2\njacke 3 4\n")


@pytest.mark.parametrize("path", ["", " ", "/no/such/file", "/"])
def test_no_file_is_said(path: str) -> None:
    with pytest.raises(ModelError, match="There is no file"):
        encode(TEXTS, GloveFileOptions(path=path))


def test_texts_without_a_word_are_no_reason_to_refuse(word_file: Path) -> None:
    assert (encode(["!!!", "12"], GloveFileOptions(path=str(word_file))).matrix == 0).all()

"""Encoders that know words: trained on the texts, in every process alike, and pooled so that themes lie together."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segment_core.encoders import glove, word2vec, word_means
from segment_core.errors import Cancelled
from segment_core.messages import Message
from tests.encoders.test_tfidf import themed

TRAINED = {
    "word2vec": (word2vec.encode, word2vec.Word2VecOptions(n_dimensions=20)),
    "glove": (glove.encode, glove.GloveOptions(n_dimensions=20)),
}
every_trained = pytest.mark.parametrize("name", TRAINED)


@every_trained
@pytest.mark.parametrize("pooling", word_means.POOLINGS)
def test_themes_lie_together(name: str, pooling: str) -> None:
    from dataclasses import replace

    run, options = TRAINED[name]
    texts, truth = themed(240)
    matrix = run(texts, replace(options, pooling=pooling)).matrix
    alike = matrix @ matrix.T
    same = truth[:, None] == truth[None, :]
    assert alike[same].mean() > 0.3 + alike[~same].mean()


@every_trained
@pytest.mark.parametrize(
    "texts",
    [
        ["late"],
        ["!!!", "???"],
        ["late", "late"],
        ["", "late parcel"],
        ["late box"] * 300,
        [f"w{n}x" for n in "abc" * 80],
    ],
    ids=["one", "no words", "twice the same", "empty", "all the same", "single words"],
)
def test_poor_texts_still_give_vectors(name: str, texts: list[str]) -> None:
    run, options = TRAINED[name]
    matrix = run(texts, options).matrix
    lengths = np.linalg.norm(matrix, axis=1)
    assert matrix.shape[0] == len(texts)
    assert np.isfinite(matrix).all()
    assert all(np.isclose(length, 1, atol=1e-5) or length == 0 for length in lengths)
    assert [length > 0 for length in lengths] == [any(letter.isalpha() for letter in text) for text in texts]


@every_trained
def test_chinese_is_read_by_its_words(name: str) -> None:
    run, options = TRAINED[name]
    matrix = run(["味道不错，送得很快", "送得太慢，等了两个小时", "味道很好，味道不错"] * 20, options).matrix
    assert matrix[0] @ matrix[2] > matrix[1] @ matrix[2]


@every_trained
def test_another_seed_gives_other_vectors(name: str) -> None:
    from dataclasses import replace

    run, options = TRAINED[name]
    texts = themed(60)[0]
    assert not np.array_equal(run(texts, options).matrix, run(texts, replace(options, seed=1)).matrix)


@every_trained
def test_the_order_of_texts_plays_no_part_at_all(name: str) -> None:
    run, options = TRAINED[name]
    texts, _ = themed(240)
    order = np.random.default_rng(1).permutation(240)
    mixed = run([texts[row] for row in order], options).matrix
    np.testing.assert_allclose(run(texts, options).matrix[order], mixed, atol=1e-5)


@every_trained
def test_every_process_learns_the_same(name: str) -> None:
    script = (
        f"from segment_core.encoders.{name} import encode; import hashlib\n"
        "texts = ['late parcel courier box', 'sweet fresh pear', 'late box', 'fresh juicy pear'] * 30\n"
        "print(hashlib.sha256(encode(texts).matrix.tobytes()).hexdigest())"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1] != ""


@every_trained
def test_learning_can_be_stopped_midway(name: str) -> None:
    run, options = TRAINED[name]
    seen: list[Any] = []

    def stop(done: float, total: float, note: Message) -> None:
        seen.append(note)
        if done > 0.5 * total:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(themed(240)[0], options, stop)
    assert len(seen) > 10
    assert "Learning words: pass" in str(seen[-1])


def test_rare_words_count_more_where_asked() -> None:
    others = [f"w{number}" for number in range(18)]
    counts = {"common": 990, "rare": 10} | dict.fromkeys(others, 10)
    cut_texts = [["common", "rare"], ["common"], ["rare"], *[others] * 200]
    even = word_means.pool(cut_texts, counts, np.eye(20), "even")
    rare = word_means.pool(cut_texts, counts, np.eye(20), "rare")
    assert rare[0] @ rare[2] > 0.9 > even[0] @ even[2]
    assert rare[0] @ rare[2] > rare[0] @ rare[1]


def test_the_direction_that_all_share_is_taken_away() -> None:
    random = np.random.default_rng(0)
    table = random.normal(size=(30, 6)) + 10 * np.eye(6)[0]
    counts = {f"w{number}": 5 for number in range(30)}
    cut_texts = [[f"w{number}", f"w{(number + 7) % 30}"] for number in range(30)]
    matrix = word_means.pool(cut_texts, counts, table, "even")
    assert abs(matrix[:, 0]).max() < 0.3
    assert (matrix @ matrix.T).mean() < 0.2


def test_words_that_occur_once_are_left_out_of_a_larger_corpus() -> None:
    many = [["late", "parcel"]] * 200 + [["once"]]
    assert word_means.counted(many) == {"late": 200, "parcel": 200}
    assert word_means.counted(many[-3:]) == {"late": 2, "parcel": 2, "once": 1}

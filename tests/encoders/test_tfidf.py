"""TF-IDF + SVD: alike are texts that share words, in any language."""

import numpy as np
import pytest

from segment_core.encoders.tfidf import TfidfOptions, encode

THEMES = {
    "delivery": "parcel courier late waiting tracking doorstep box",
    "taste": "sweet fresh juicy ripe flavour delicious salty",
    "app": "login crash screen button update password menu",
}


def themed(n: int) -> tuple[list[str], np.ndarray]:
    random = np.random.default_rng(0)
    truth = random.integers(0, len(THEMES), n)
    words = [theme.split() for theme in THEMES.values()]
    return [" ".join(random.choice(words[theme], 5)) for theme in truth], truth


def test_themes_lie_together() -> None:
    texts, truth = themed(240)
    matrix = encode(texts, TfidfOptions(n_dimensions=10)).matrix
    alike = matrix @ matrix.T
    same = truth[:, None] == truth[None, :]
    assert alike[same].mean() > 0.3 + alike[~same].mean()


def test_chinese_is_read_by_its_words() -> None:
    matrix = encode(["味道不错，送得很快", "送得太慢，等了两个小时", "味道很好，味道不错"]).matrix
    assert matrix[0] @ matrix[2] > matrix[1] @ matrix[2]


def test_a_text_without_a_word_is_the_zero_vector() -> None:
    matrix = encode(["!!! 12 ???", "late parcel", "late courier", "sweet pear"]).matrix
    assert (matrix[0] == 0).all()


@pytest.mark.parametrize(
    "texts",
    [
        ["late"],
        ["!!!", "???"],
        ["late", "late"],
        ["", "late parcel"],
        ["one two"] * 300,
        [f"w{n}x" for n in "abc" * 80],
    ],
    ids=["one", "no words", "twice the same", "empty", "all the same", "single words"],
)
def test_poor_texts_still_give_vectors(texts: list[str]) -> None:
    matrix = encode(texts).matrix
    assert matrix.shape[0] == len(texts)
    assert matrix.shape[1] >= 1
    assert np.isfinite(matrix).all()


def test_no_more_dimensions_than_asked() -> None:
    assert encode(themed(240)[0], TfidfOptions(n_dimensions=7)).matrix.shape == (240, 7)

"""Key phrases name things in either language, without fillers and tags, near-same ones as one."""

import numpy as np

from segment_core.graphs import keyphrases
from segment_core.graphs.keyphrases import key_of

ENGLISH = [
    "The night light is really good, write to [EMAIL 3] please.",
    "Two night lights for the nursery.",
    "A night light and a lunch box, ask [NAME 1] why.",
    "The lunch boxes leak.",
    "My lunch box is fine; the delivery was late.",
    "Delivery came, nice carrier.",
    "",
]
CHINESE = ["味道不错，送餐速度太慢", "送餐速度很快，味道很好", "包装破损，味道一般", "今天的包装很好"]


def found(texts: list[str], most: int = 50) -> dict[str, list[int]]:
    tokens = keyphrases.read(texts)
    links = keyphrases.mentions(tokens, keyphrases.choose(tokens, most))
    return {each.label: each.rows.tolist() for each in links}


def test_phrases_name_things_and_plural_and_singular_are_one() -> None:
    said = found(ENGLISH)
    assert said["night light"] == [0, 1, 2]
    assert said["lunch box"] == [2, 3, 4]
    assert said["delivery"] == [4, 5]
    assert "night lights" not in said
    assert key_of("Night Lights") == key_of("night light")


def test_fillers_tags_and_parts_of_phrases_are_no_aspects() -> None:
    words = {word for label in found(ENGLISH) for word in label.split()}
    assert not words & {"good", "really", "please", "email", "name", "nice", "the"}
    assert "night" not in found(ENGLISH)
    assert key_of("very good") == ()


def test_words_apart_are_no_phrase() -> None:
    texts = ["oak and table", "oak, table", "oak [NAME] table", "oak good table"] * 3
    assert set(found(texts, 10)) <= {"oak", "table"}
    assert "oak table" in found(["oak table"] * 3 + ["lamp"] * 9)


def test_chinese_is_cut_into_words_and_written_without_spaces() -> None:
    said = found(CHINESE)
    assert said["包装"] == [2, 3]
    assert any(label.startswith("送餐") and " " not in label for label in said)
    assert all(len(label) > 1 for label in said)


def test_what_nearly_everybody_or_hardly_anybody_says_is_left_out() -> None:
    texts = ["shop, " + word for word in ("lamp", "lamp", "rug", "rug", "pan", "bed", "pot", "cup")]
    said = found(texts)
    assert "shop" not in said
    assert set(said) == {"lamp", "rug"}
    assert len(found(texts, 1)) == 1


def test_saying_it_twice_counts_more_but_less_than_twice() -> None:
    tokens = keyphrases.read(["lamp lamp. lamp", "lamp", "rug", "rug", "pan", "pan", "bed"])
    (link,) = [each for each in keyphrases.mentions(tokens, keyphrases.choose(tokens, 9)) if each.label == "lamp"]
    np.testing.assert_allclose(link.strengths, [1 + np.log(3), 1.0], rtol=1e-6)

"""Language: which one it is, and its words."""

import pytest

from segment_core.language import language_of, words


@pytest.mark.parametrize(
    "texts, language",
    [
        (["The delivery was late.", "I love this coat and it is so warm."], "en"),
        (["味道不错，送得很快", "等了两个小时"], "zh"),
        (["味道不错 good", "送得很快 ok"], "zh"),
        (["Die Lieferung kam viel zu spät an", "Sehr warme Jacke für den Winter"], "other"),
        (["La livraison était en retard", "Très bon produit pour ma cuisine"], "other"),
        (["配達が遅れて困りました", "とても暖かいコートです"], "other"),
        (["배송이 너무 늦었어요"], "other"),
        (["12 345", "!!!"], "other"),
        ([], "other"),
        (["SKU-1 XL blue", "SKU-2 XL red"], "other"),
    ],
    ids=str,
)
def test_language_of(texts: list[str], language: str) -> None:
    assert language_of(texts) == language


def test_a_few_texts_in_another_language_do_not_decide() -> None:
    assert language_of(["The delivery was late and I am not happy."] * 90 + ["送得太慢"] * 10) == "en"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The delivery was late, and I don’t like it!", ["delivery", "late", "don't", "like"]),
        ("Größe XL, sehr schön", ["größe", "xl", "sehr", "schön"]),
        ("", []),
        ("12 3.5 !!!", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_chinese_words_leave_fillers_out() -> None:
    found = words("味道非常不错，就是送得太慢了")
    assert "味道" in found
    assert not {"的", "了", "非常", "就是"} & set(found)


def test_mixed_texts_keep_both() -> None:
    assert {"delivery", "味道"} <= set(words("delivery 很慢，味道 不错"))

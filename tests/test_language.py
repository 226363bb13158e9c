"""Language: which one it is, and its words."""

import io
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from segment_core.language import language_of, languages_of, words
from tests.spoken import PARTS, SENTENCES


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
        (["great service and fast shipping", "fits great, love the color"], "en"),
        (["De levering was te laat en het was niet wat we hadden besteld."], "other"),
        (["In der Box war noch was drin, so toll.", "Ich war so froh, also hat es was gebracht."], "other"),
        (["Non so se il pacco è in arrivo per noi", "Sono in attesa di un ordine per me"], "other"),
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


@pytest.mark.parametrize("code", SENTENCES)
def test_sentences_are_told_apart(code: str) -> None:
    sentences = SENTENCES[code]
    assert len(sentences) >= 20
    right = [found == code for found in languages_of(sentences)]
    assert sum(right) >= 0.95 * len(right)


@pytest.mark.parametrize("code", ["en", "de", "fr", "es", "pt", "it", "nl", "ru"])
def test_half_sentences_are_seldom_taken_for_another_language(code: str) -> None:
    halves = [part for parts in PARTS[code] for part in parts]
    wrong = [found not in (code, "") for found in languages_of(halves)]
    assert sum(wrong) <= 0.1 * len(wrong)


@pytest.mark.parametrize(
    "text, code",
    [
        ("ok 👍", ""),
        ("", ""),
        ("12 345 !!!", ""),
        ("super", ""),
        ("XL blue", ""),
        ("[EMAIL 3] [PHONE 12]", ""),
        ("https://example.org/the/and/this", ""),
        ("味道不错", "zh"),
        ("味道不错 good", "zh"),
        ("味道不錯，送得很快", "zh"),
        ("とても", "ja"),
        ("配達が遅い", "ja"),
        ("배송", "ko"),
        ("THE DELIVERY WAS LATE AND NOBODY TOLD ME", "en"),
        ("I don’t like it", "en"),
    ],
)
def test_what_little_text_tells(text: str, code: str) -> None:
    assert languages_of([text]) == [code]


def test_each_text_has_its_own_language_in_its_own_place() -> None:
    texts = [SENTENCES[code][number] for number in range(20) for code in ("en", "zh", "de", "ko")]
    assert languages_of(texts) == ["en", "zh", "de", "ko"] * 20
    assert languages_of([]) == []


def test_a_hundred_thousand_texts_take_seconds() -> None:
    texts = [f"{sentence} {number}" for number in range(800) for sentence in SENTENCES["en"]]
    languages_of(["Laden"])
    start = time.process_time()
    languages_of(texts)
    assert (time.process_time() - start) * 100_000 / len(texts) < 10


@pytest.mark.parametrize(
    "file, column, code",
    [
        ("banking77/test.csv", "text", "en"),
        ("zh_waimai/waimai_10k.csv", "review", "zh"),
        ("womens_reviews/Womens Clothing E-Commerce Reviews.csv.zip", "Review Text", "en"),
    ],
)
def test_real_texts_are_in_the_language_that_they_are_in(file: str, column: str, code: str) -> None:
    path = Path(__file__).resolve().parents[2] / "shared" / "data" / file
    if not path.is_file():
        pytest.skip("the real files are not beside the repository")
    source = zipfile.Path(path, path.stem).read_bytes() if path.suffix == ".zip" else path.read_bytes()
    texts = pd.read_csv(io.BytesIO(source))[column].dropna().astype(str)[::3]
    long = [text for text in texts if len(text.split()) >= 5 or (code == "zh" and len(text) >= 10)]
    found = languages_of(long)
    assert len(long) > 900
    wrong = [text for text, other in zip(long, found, strict=True) if other != code]
    assert len(wrong) <= 0.02 * len(found), wrong[:20]

"""Copy says what the brief says, and promises nothing else."""

import pytest

from segment_core.grounding import check_copy
from segment_core.grounding.promises import has_word
from segment_core.grounding.quantities import quantities

OFFER = "10 % off all jackets until 31 December, free delivery from 1,000 €. No gift cards."
ZH = "冬季外套九折，满300元包邮，截止12月31日。"


def _codes(text, allowed=(OFFER,), banned=()):
    return {problem.code for problem in check_copy(text, allowed, banned)}


@pytest.mark.parametrize(
    "text",
    [
        "Jackets, 10% off",
        "From 1000 € the delivery is free",
        "10％ off, until 31 December",
        "Until December 31: 10 per cent off",
        "Save 10 percent on jackets",
        "Soft, warm and made for long walks #winter",
        "Feel free to look around",
        "Save time, sleep in",
    ],
)
def test_what_the_brief_says_may_be_said(text):
    assert _codes(text) == set()


@pytest.mark.parametrize("text", ["外套九折", "满300元包邮", "截止12月31日", "温暖柔软，陪你走远路"])
def test_chinese_copy_may_say_what_the_brief_says(text):
    assert _codes(text, (ZH,)) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12 % off", "digit"),
        ("10 € off", "digit"),
        ("31 % off", "digit"),
        ("10 days only", "digit"),
        ("１５％ off", "digit"),
        ("½ price", "digit"),
        ("Half price", "spelled-number"),
        ("Twenty percent off", "spelled-number"),
        ("Free returns", "promise"),
        ("A free gift", "promise"),
        ("Gift cards inside", "promise"),
        ("Money back, guaranteed", "promise"),
        ("The cheapest jackets", "promise"),
        ("Last chance", "promise"),
        ("Next-day delivery", "promise"),
        ("See you on Friday", "date"),
        ("Jackets for young mothers", "trait"),
        ("Because winter is cold", "cause"),
        ("See www.shop.example", "link"),
        ("<b>Warm</b>", "html"),
        ("**Warm**", "markdown"),
        ("Wa\u200brm", "invisible"),
        ("", "empty"),
    ],
)
def test_what_the_brief_does_not_say_is_refused(text, code):
    assert code in _codes(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("外套八折", "spelled-number"), ("满200元包邮", "digit"), ("免费退货", "promise"),
     ("全网最低价", "promise"), ("周五见", "date"), ("保证满意", "promise"), ("年轻妈妈的外套", "trait")],
)  # fmt: skip
def test_chinese_copy_is_held_to_its_brief(text, code):
    assert code in _codes(text, (ZH,))


def test_without_a_brief_nothing_is_promised():
    assert _codes("10% off", ()) >= {"digit", "promise"}


@pytest.mark.parametrize(
    ("text", "word", "there"),
    [
        ("Higher Income here", "income", True),
        ("ＩＮＣＯＭＥ", "income", True),
        ("incomes", "income", True),
        ("incoming mail", "income", False),
        ("marital status", "Marital_Status", True),
        ("您的收入水平", "收入", True),
        ("anything", "", False),
    ],
)
def test_banned_words_are_found_whole_and_folded(text, word, there):
    assert has_word(text, word) is there
    assert ("banned" in _codes(text, (text,), (word,))) is there


def test_numbers_are_compared_as_numbers():
    assert quantities("10 %") == quantities("10%") == quantities("10 percent") == quantities("１０％") == {("10", "%")}
    assert quantities("1,000 €") == quantities("€1000") == quantities("1.000 EUR")
    assert quantities("9,90") == quantities("9.9")
    assert quantities("10 days") != quantities("10 weeks")


def test_free_delivery_frees_no_goods_and_forbids_no_ordering() -> None:
    brief = ("free delivery until 31 May",)
    assert "promise" in {one.code for one in check_copy("Buy free shoes. Free delivery until 31 May.", brief)}
    assert check_copy("Look, choose and order from your screen. Free delivery until 31 May.", brief) == ()

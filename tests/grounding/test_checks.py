"""The checker refuses what the evidence does not back, and lets pass what it does."""

import pytest

from segment_core.artifacts import EvidenceItem
from segment_core.grounding import check_claim, check_name
from tests import sheets

SHEET = sheets.texts()  # S1: f2 Department = Dresses over 71 %, f3 Rating over; S2: f3 Rating under
CHINESE = sheets.chinese()


def _codes(text, ids=("S1.f2",), quote="", segment="S1", sheet=SHEET, **how):
    return {problem.code for problem in check_claim(text, ids, quote, segment, sheet, **how)}


@pytest.mark.parametrize(
    ("text", "ids", "quote"),
    [
        ("They come for dresses ⟦S1.f2⟧", ("S1.f2",), ""),
        ("Mostly dresses, with a high rating: ⟦S1.f2⟧ ⟦S1.f3⟧", ("S1.f2", "S1.f3"), ""),
        ("What they say of it", ("S1.t1",), "S1.q1"),
        ("They speak of “soft” things ⟦S1.t1⟧", ("S1.t1",), ""),
        ("A one-size answer will not do; first things first", ("S1.f2",), ""),
        ("Rated higher than most: ⟦S1.f3⟧", ("S1.f3",), ""),
    ],
)
def test_backed_sentences_pass(text, ids, quote):
    assert _codes(text, ids, quote) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("73 of them", "digit"),
        ("Rated ５ by all", "digit"),
        ("Rated ٣", "digit"),
        ("Up by ½", "digit"),
        ("Group ④", "digit"),
        ("Chapter Ⅳ", "digit"),
        ("10⁶ of them", "digit"),
        ("A good % of them", "digit"),
        ("Sixty-one of them", "spelled-number"),
        ("Half of the group", "spelled-number"),
        ("Twice as fond", "spelled-number"),
        ("A third of them", "spelled-number"),
        ("Two thirds", "spelled-number"),
        ("One in a few", "spelled-number"),
        ("Dozens of orders", "spelled-number"),
        ("百分之六十", "spelled-number"),
        ("一半的人", "spelled-number"),
        ("六成顾客", "spelled-number"),
        ("消费翻倍", "spelled-number"),
        ("有三个人", "spelled-number"),
        ("See http://evil.example", "link"),
        ("See www.evil.example", "link"),
        ("See evil.com", "link"),
        ("Write to a@evil.example", "email"),
        ("<b>Bold</b>", "html"),
        ("&lt;b", "html"),
        ("![x](y)", "markdown"),
        ("[x](y)", "markdown"),
        ("**Loud**", "markdown"),
        ("Busy young parents", "trait"),
        ("She likes dresses", "trait"),
        ("Wealthy buyers", "trait"),
        ("年轻妈妈", "trait"),
        ("高收入人群", "trait"),
        ("They buy because of summer", "cause"),
        ("The cut leads to comfort", "cause"),
        ("因为便宜", "cause"),
        ("Everyone loves it", "everybody"),
        ("Less often dresses", "direction"),
        ("Rarely dresses", "direction"),
        ("Look ⟦S1.f3⟧", "slot"),
        ("Look ⟦S9.f3⟧", "slot"),
        ("Look ⟦S1.f2", "slot"),
        ("Look ⟦⟧", "slot"),
        ("As they say, this dress is so soft and comfy", "quote-in-text"),
        ("a\u200bb", "invisible"),
        ("a\u202eb", "invisible"),
        ("x" * 281, "too-long"),
        ("  ", "empty"),
    ],
)
def test_what_is_not_backed_is_refused(text, code):
    assert code in _codes(text)


@pytest.mark.parametrize(
    ("ids", "quote", "code"),
    [
        ((), "", "no-evidence"),
        (("S2.f2",), "", "unknown-evidence"),
        (("S1.f99",), "", "unknown-evidence"),
        (("S1.f1",) * 7, "", "too-much-evidence"),
        (("S1.f2",), "S2.q1", "unknown-quote"),
        (("S1.f2",), "S1.f2", "unknown-quote"),
    ],
)
def test_evidence_must_exist_and_be_the_segments_own(ids, quote, code):
    assert code in _codes("Fond of it", ids, quote)


def test_a_quote_has_no_slot():
    assert "quote-in-text" in _codes("Hear ⟦S1.q1⟧", ("S1.q1",))


def test_direction_must_match_the_evidence():
    assert "direction" in _codes("Higher ratings than usual", ("S2.f3",), segment="S2")
    assert _codes("Lower ratings than usual", ("S2.f3",), segment="S2") == set()
    assert "majority" in _codes("The majority goes for jackets", ("S3.f2",), segment="S3")


def test_digits_and_traits_pass_inside_a_cited_label_only():
    sheet = sheets.Sheet().segment("S1", 9).median("Top 50 spend", 5, 3, 0.6).median("Income", 5, 3, 0.6).evidence()
    assert _codes("High in top 50 spend ⟦S1.f2⟧", ("S1.f2",), sheet=sheet) == set()
    assert "digit" in _codes("High in top 50 spend", ("S1.f3",), sheet=sheet)
    assert "digit" in _codes("High in top 50 spend, 51 really", ("S1.f2",), sheet=sheet)
    assert _codes("High income", ("S1.f3",), sheet=sheet) == set()
    assert "trait" in _codes("High income", ("S1.f2",), sheet=sheet)


def test_a_label_that_is_a_number_frees_that_number_in_quotation_marks_only():
    sheet = sheets.Sheet().segment("S1", 9).share("Plan", "2024", 0.6, 0.2, 0.9).evidence()
    assert _codes("Plan mostly “2024”", ("S1.f2",), sheet=sheet) == set()
    assert "digit" in _codes("They spent 2024 on it", ("S1.f2",), sheet=sheet)


def test_a_hostile_label_does_not_open_the_door():
    sheet = sheets.Sheet().segment("S1", 9).median("<script>", 5, 3, 0.6).evidence()
    assert "html" in _codes("High <script>", ("S1.f2",), sheet=sheet)


def test_creative_lines_may_stand_alone_but_promise_nothing():
    assert _codes("Come and see", (), creative=True) == set()
    assert "promise" in _codes("Everything is free", (), creative=True)
    assert "digit" in _codes("Only 5 left", (), creative=True)


@pytest.mark.parametrize("text", ["消费金额偏高：⟦S1.f2⟧", "多为上海，订单次数偏高"])
def test_chinese_sentences_pass(text):
    assert _codes(text, ("S1.f2", "S1.f3", "S1.f4"), sheet=CHINESE) == set()


def test_chinese_direction_is_checked():
    assert "direction" in _codes("消费金额偏低", ("S1.f2",), sheet=CHINESE)


@pytest.mark.parametrize(
    ("name", "basis", "code"),
    [
        ("The 4711 club", ("S1.f2",), "digit"),
        ("Dress fans", (), "no-evidence"),
        ("Dress fans", ("S2.f2",), "unknown-evidence"),
        ("⟦S1.f2⟧", ("S1.f2",), "slot"),
        ("Rich dressers", ("S1.f2",), "trait"),
        ("x" * 61, ("S1.f2",), "too-long"),
    ],
)
def test_names_are_checked_too(name, basis, code):
    assert code in {problem.code for problem in check_name(name, basis, "S1", SHEET)}


def test_a_name_may_end_in_its_segments_id():
    assert check_name("Dress fans (S1)", ("S1.f2",), "S1", SHEET) == ()
    assert check_name("Dress fans (S2)", ("S1.f2",), "S1", SHEET) != ()


def test_every_problem_is_a_full_sentence():
    for problem in check_claim("5 <b> http://x", (), "q", "S1", SHEET):
        assert str(problem.message).endswith(".")


def test_items_are_what_the_profiles_make():
    assert all(isinstance(item, EvidenceItem) for item in SHEET.items)


@pytest.mark.parametrize(
    "text",
    ["A good third of orders", "Every third customer", "Several times as many", "Tenfold the orders",
     "Orders are halved",
     "下单十二回", "是别人的好几倍", "打几折都行", "两百左右", "七点五的评分", "半价出手", "每十人里有不少"],
)  # fmt: skip
def test_numbers_in_words_are_refused_however_they_are_put(text: str) -> None:
    codes = {one.code for one in check_claim(text, (), "", "S1", sheets.texts(), creative=True)}
    assert "spelled-number" in codes


@pytest.mark.parametrize(
    "text", ["十分满意", "万分感谢", "四周很安静", "千万别催", "万一有事", "Fold the news into a story"]
)
def test_words_that_only_look_like_numbers_are_not(text: str) -> None:
    assert check_claim(text, (), "", "S1", sheets.texts(), creative=True) == ()

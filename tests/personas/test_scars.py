"""Scars: what gives a template away, each seen once in a persona and never again."""

import pytest

from segment_core.artifacts import Persona
from segment_core.personas import BuiltinOptions
from segment_core.personas.builtin import write
from segment_core.phrasing.things import part_of_speech
from tests import sheets


def persona(sheet: sheets.Sheet, language: str) -> Persona:
    return write(sheet.evidence(), BuiltinOptions(language=language)).personas[0]


def said(found: Persona) -> str:
    return "\n".join(claim.text for claim in found.claims)


def mixed() -> sheets.Sheet:
    sheet = sheets.Sheet().segment("S1", 900)
    sheet.share("household", "shared flat", 0.7, 0.2, 0.9).median("Income", 90, 50, 0.8)
    return sheet.median("MntWines", 600, 100, 0.7).share("membership", "gold", 0.7, 0.2, 0.6)


def test_a_household_is_lived_in() -> None:
    text = said(persona(mixed(), "en"))
    assert "“shared flat” household" in text
    assert "household is" not in text


def test_foreign_columns_stand_in_quotes_in_chinese_and_known_ones_in_chinese_words() -> None:
    found = persona(mixed(), "zh")
    assert "在“wines”上" in said(found) or "“wines”" in said(found)
    assert "Income" not in said(found) and "收入" in said(found) + found.name
    assert "Household" not in said(found)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_stands_apart_is_never_called_close_to_all(language) -> None:
    sheet = sheets.Sheet().segment("S1", 900)
    sheet.median("MntFishProducts", 60, 10, 0.8).median("Income", 90, 50, 0.8)
    text = persona(sheet, language).tagline.text
    assert not any(words in text for words in ("Close to", "Nothing sets", "接近", "没有明显"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_says_more_than_a_number_where_the_tagline_took_both_facts(language) -> None:
    sheet = sheets.Sheet().segment("S1", 900).median("total_spend", 90, 50, 0.8).median("orders", 9, 5, 0.8)
    who = persona(sheet, language).who
    assert not any(words in claim.text for claim in who for words in ("how many they are", "人数", "Their number"))


def test_two_columns_that_say_one_thing_are_said_once() -> None:
    sheet = sheets.Sheet().segment("S1", 900).median("total_spend", 90, 50, 0.9).median("orders", 9, 5, 0.9)
    sheet.share("Department", "Dresses", 0.7, 0.2, 0.8).share("Class", "Dresses", 0.7, 0.2, 0.7)
    who = "\n".join(claim.text for claim in persona(sheet, "en").who)
    assert who.count("“Dresses”") == 1


def test_a_category_of_two_columns_is_said_once_even_where_they_are_of_different_kinds() -> None:
    sheet = sheets.Sheet().segment("S1", 900).median("total_spend", 90, 50, 0.9).median("orders", 9, 5, 0.9)
    sheet.share("Department", "Dresses", 0.01, 0.3, -0.8).share("Style", "Dresses", 0.01, 0.3, -0.7)
    who = "\n".join(claim.text for claim in persona(sheet, "en").who)
    assert who.count("“Dresses”") == 1


def test_what_is_rare_because_something_else_is_common_is_not_said_again() -> None:
    sheet = sheets.Sheet().segment("S1", 900).share("status", "Active", 0.9, 0.5, 0.9)
    sheet.median("orders", 9, 5, 0.8).share("status", "Inactive", 0.1, 0.5, -0.85).median("Rating", 5, 3, 0.5)
    assert "Inactive" not in said(persona(sheet, "en"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_cell_is_neither_named_nor_described(language) -> None:
    sheet = sheets.Sheet().segment("S1", 900).share("Action", "NA", 0.01, 0.6, -1.5).share("Plan", "n/a", 0.9, 0.1, 1.5)
    sheet.median("Income", 90, 50, 0.6).share("City", "Rome", 0.6, 0.2, 0.7)
    found = persona(sheet, language)
    for word in ("NA", "n/a", "“NA”"):
        assert word not in found.name and f"“{word}”" not in said(found)


def test_a_name_is_not_cut_where_another_fact_fits() -> None:
    sheet = sheets.Sheet().segment("S1", 900)
    sheet.share("Business_Area", "Product: Availability, variety and size of all cars", 0.6, 0.1, 1.2)
    sheet.share("Car_Owner", None, 0.9, 0.3, 1.1).share("Plan", "Premium plus", 0.7, 0.3, 0.9)
    assert "…" not in persona(sheet, "en").name


@pytest.mark.parametrize(("language", "named"), [("en", "spend on wines"), ("zh", "Spend on wines")])
def test_two_columns_of_money_are_told_apart(language, named) -> None:
    sheet = sheets.Sheet().segment("S1", 900).median("Income", 90, 50, 0.8)
    for column, value in (("MntWines", 0.7), ("Total_Spend", 0.1)):
        sheet._add(
            "f", kind="worth", label=column, column=column, direction="describes", value=value, base=0.45, unit="%"
        )
    worth = [claim.text for claim in persona(sheet, language).worth]
    assert len(worth) == 3
    assert named in worth[1] and named not in worth[2]


def test_words_that_say_nothing_are_no_topics() -> None:
    sheet = sheets.Sheet().segment("S1", 900).terms("还有", "不会", "car did", "absolutely", "配送慢")
    sheet.median("订单次数", 12, 4, 0.6)
    for language in ("en", "zh"):
        found = persona(sheet, language)
        cited = {id_ for claim in found.claims for id_ in claim.evidence}
        assert not cited & {"S1.t1", "S1.t2", "S1.t3", "S1.t4"} and "S1.t5" in cited


@pytest.mark.parametrize("language", ["en", "zh"])
def test_advice_on_an_unknown_column_names_it(language) -> None:
    sheet = (
        sheets.Sheet().segment("S1", 900).share("Car_Owner", None, 0.9, 0.3, 1.1).share("Lot", "Basic", 0.7, 0.2, 0.9)
    )
    found = persona(sheet, language)
    assert all("wner" in claim.text or "“Basic”" in claim.text for claim in (*found.dos, *found.donts))


SPOKEN = ("beautifully", "use day", "sells", "recommend", "hat friend", "comfortable", "delivery", "late refund")


def test_a_sentence_is_built_only_on_words_that_name_or_describe_something() -> None:
    sheet = sheets.Sheet().segment("S1", 900).terms(*SPOKEN).median("orders", 9, 5, 0.6)
    sheet.quotes("The legs are beautifully made and it sells itself.", "A comfortable chair, and I use it every day.")
    found = persona(sheet, "en")
    woven = {term for term in SPOKEN if f"“{term}”" in said(found)}
    assert woven == {"comfortable", "delivery", "late refund"} & woven and "comfortable" in woven
    assert not any(f"“{term}”" in found.name for term in ("use day", "sells"))


@pytest.mark.parametrize(
    ("term", "part"),
    [
        ("delivery", "thing"),
        ("late delivery", "thing"),
        ("use day", ""),
        ("hat friend", ""),
        ("beautifully", ""),
        ("comfortable", "quality"),
        ("服务态度", "thing"),
        ("配送慢", "quality"),
        ("喜欢", ""),
        ("Lieferung", ""),
    ],
)
def test_words_are_told_apart(term: str, part: str) -> None:
    assert part_of_speech(sheets.Sheet().segment("S1", 9).terms(term).evidence().of("S1", "term")[0]) == part


def test_a_word_is_not_repeated_in_every_section() -> None:
    sheet = sheets.Sheet().segment("S1", 900).terms("comfortable")
    text = said(persona(sheet, "en"))
    assert text.count("“comfortable”") <= 3

"""Scars: what gives a template away, each seen once in a persona and never again."""

import pytest

from segment_core.artifacts import Persona
from segment_core.personas import BuiltinOptions
from segment_core.personas.builtin import write
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

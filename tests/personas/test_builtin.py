"""The built-in writer fills every persona from any sheet, in sentences that its own checker lets pass."""

import re
import subprocess
import sys
from collections import Counter

import pytest

from segment_core.artifacts import SECTIONS
from segment_core.choices import options_from_json, options_to_json
from segment_core.errors import Cancelled
from segment_core.grounding import check_claim, check_name, render
from segment_core.personas import WRITERS, BuiltinOptions
from segment_core.personas.builtin import write
from segment_core.personas.names import features_of
from tests import sheets

LANGUAGES = ("en", "zh")


def claims(persona):
    return persona.claims


def _write(sheet, language="en", **how):
    return write(sheet, BuiltinOptions(language=language), **how)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", sheets.SHEETS)
def test_every_sentence_and_name_passes_the_checker(sheet, language):
    evidence = sheets.SHEETS[sheet]()
    found = _write(evidence, language)
    assert [persona.segment for persona in found.personas] == list(dict.fromkeys(i.segment for i in evidence.items))
    for persona in found.personas:
        assert check_name(persona.name, persona.basis, persona.segment, evidence) == (), persona.name
        for section in SECTIONS:
            assert getattr(persona, section), (persona.segment, section)
        for claim in claims(persona):
            assert claim.author == "builtin"
            assert claim.evidence
            problems = check_claim(claim.text, claim.evidence, claim.quote, persona.segment, evidence)
            assert problems == (), claim.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", ["numbers", "texts", "categories", "chinese"])
def test_names_are_distinct_short_and_rest_on_different_facts(sheet, language):
    evidence = sheets.SHEETS[sheet]()
    personas = _write(evidence, language).personas
    assert len({persona.name.casefold() for persona in personas}) == len(personas)
    assert all(len(persona.name) <= 45 for persona in personas)
    bases = [features_of([evidence.item(id_) for id_ in persona.basis]) for persona in personas]
    assert len(set(bases)) == len(bases)
    assert all(len(persona.basis) == 2 for persona in personas)


def test_names_are_vivid_where_a_column_is_understood_and_else_say_what_it_says():
    assert [persona.name for persona in _write(sheets.numbers()).personas] == [
        "High-income wine buyers",
        "High kidhome · low income",
        "Deal-minded old hands",
    ]
    assert _write(sheets.chinese(), "zh").personas[0].name == "高消费的常客"


def test_segments_with_the_same_facts_are_still_told_apart():
    sheet = sheets.Sheet()
    for name in ("S1", "S2", "S3"):
        sheet.segment(name, 100).median("Income", 5, 3, 0.6).median("Age", 5, 3, 0.6)
    names = [persona.name for persona in _write(sheet.evidence()).personas]
    assert len(set(names)) == 3
    assert names[0] == "High-income older customers"


@pytest.mark.parametrize("sheet", ["numbers", "texts", "categories", "chinese"])
def test_no_sentence_is_said_twice(sheet):
    evidence = sheets.SHEETS[sheet]()
    said = Counter(
        (render(claim.text, evidence), claim.quote)
        for persona in _write(evidence).personas
        for claim in claims(persona)
    )
    assert said.most_common(1)[0][1] == 1
    words = Counter(re.split(" — ", claim.text)[0] for persona in _write(evidence).personas for claim in persona.needs)
    assert words.most_common(1)[0][1] == 1


def test_texts_speak_where_there_are_texts():
    evidence = sheets.texts()
    persona = _write(evidence).of("S2")
    assert any(claim.quote for claim in persona.needs)
    assert any(
        evidence.item(claim.quote).text.startswith("Runs too small") for claim in persona.frustrations if claim.quote
    )
    assert not any(claim.quote for claim in persona.objections)
    assert "“too small”" in render(persona.needs[0].text, evidence)


def test_a_quote_that_attacks_is_never_chosen():
    evidence = sheets.hostile()
    chosen = {
        evidence.item(claim.quote).text
        for persona in _write(evidence).personas
        for claim in claims(persona)
        if claim.quote
    }
    assert not any(mark in text for text in chosen for mark in ("<script", "http", "@", "ignore previous", "=cmd"))


def test_a_term_alone_can_name_a_segment():
    sheet = sheets.Sheet().segment("S1", 9).terms("late driver", "cold food").segment("S2", 5).terms("gift wrap")
    names = [persona.name for persona in _write(sheet.evidence()).personas]
    assert names == ["Talks of late driver · says “cold food”", "Says “gift wrap”"]


def test_equal_medians_are_not_called_low():
    sheet = sheets.Sheet().segment("S1", 9).median("Kidhome", 0, 0, -0.5).evidence()
    assert not any("kidhome" in claim.text.casefold() for claim in claims(_write(sheet).personas[0]))


def test_same_sheet_same_personas_alone_or_together():
    evidence = sheets.numbers()
    everyone = _write(evidence)
    assert _write(evidence) == everyone
    assert _write(evidence, only=["S2"]).personas == (everyone.of("S2"),)


def test_progress_can_stop_it():
    def stop(done, total, note):
        raise Cancelled

    with pytest.raises(Cancelled):
        _write(sheets.numbers(), progress=stop)


@pytest.mark.parametrize("name", WRITERS)
def test_options_survive_json(name):
    kind = WRITERS[name].options
    assert options_from_json(kind, options_to_json(kind())) == kind()
    assert WRITERS[name].label and WRITERS[name].when.endswith(".")
    assert WRITERS[name].missing() == ()


def test_the_menu_loads_without_the_heavy_packages():
    heavy = ("pydantic_ai", "openai", "pydantic", "httpx2")
    code = f"import sys, segment_core.personas; print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_milder_degree_of_the_same_facts_is_not_another_name():
    sheet = sheets.Sheet()
    for name, value in (("S1", 0.6), ("S2", 0.4)):
        sheet.segment(name, 100).share("City", "Rome", value, 0.2, 0.8).median("Income", 5, 3, 0.6)
        sheet.median("Age", 5, 3, 0.3)
    evidence = sheet.evidence()
    bases = [features_of([evidence.item(id_) for id_ in persona.basis]) for persona in _write(evidence).personas]
    assert bases[0] != bases[1]


def test_of_a_handful_it_is_not_said_that_they_are_average():
    sheet = sheets.Sheet().segment("S1", 900).segment("S2", 4).segment("S3", 5).evidence()
    large, few, enough = _write(sheet).personas
    assert (large.name, few.name) == ("Close to the average", "A group of its own")
    assert "Too few customers to compare" in few.tagline.text
    assert "Too few" not in enough.tagline.text

"""How the built-in writer reads: segments differ, sentences are whole, and nothing betrays a template."""

import random
import re
from collections import Counter
from dataclasses import replace

import pytest

from segment_core.artifacts import CREATIVE, SECTIONS, Evidence, Persona, Step
from segment_core.grounding import check_claim, check_name, render
from segment_core.grounding.slots import SLOT
from segment_core.intake import sample
from segment_core.journey import run
from segment_core.personas import BuiltinOptions
from segment_core.personas.builtin import write
from segment_core.personas.sentences import FRAMES
from tests import sheets
from tests.conftest import QUICK
from tests.planted import customers_of

NAMED = ("numbers", "texts", "categories", "chinese")
KNOWS_NOTHING = ("-none", "-nothing", "who-size")
MOST_SLOTS = 3


@pytest.fixture(scope="module")
def studies() -> list[Evidence]:
    found = []
    for seed, n_segments in ((0, 5), (1, 7), (2, 10)):
        plan = replace(QUICK, clustering=Step("kmeans", {"n_segments": n_segments}), seed=seed)
        found.append(run(customers_of(sample(400)[0]), plan, source="shop.csv").evidence)
    return found


@pytest.fixture(scope="module")
def written(studies) -> dict[str, list[tuple[Evidence, tuple[Persona, ...]]]]:
    every = [*studies, *(sheets.SHEETS[name]() for name in NAMED)]
    return {
        language: [(evidence, write(evidence, BuiltinOptions(language=language)).personas) for evidence in every]
        for language in ("en", "zh")
    }


def _empty_handed(language: str) -> set[str]:
    frames = [texts for name, texts in FRAMES[language].items() if name.endswith(KNOWS_NOTHING)]
    return {text.rstrip("。.") for texts in frames for text in texts}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_section_is_filled_and_every_sentence_passes(written, language) -> None:
    for evidence, personas in written[language]:
        for persona in personas:
            assert check_name(persona.name, persona.basis, persona.segment, evidence) == (), persona.name
            for section in SECTIONS:
                assert persona.section(section), (persona.segment, section)
                for claim in persona.section(section):
                    about = (claim.text, claim.evidence, claim.quote, persona.segment, evidence)
                    assert check_claim(*about, creative=section in CREATIVE) == (), claim.text
                    assert check_claim(*about) == (), claim.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_sentence_is_that_of_another_segment(written, language) -> None:
    repeated = told = 0
    for evidence, personas in written[language]:
        count = Counter(
            text
            for persona in personas
            for text in {render(claim.text, evidence, language) + claim.quote for claim in persona.claims}
            if SLOT.split(text)[0].rstrip("。.") not in _empty_handed(language)
        )
        told += sum(count.values())
        repeated += sum(times for times in count.values() if times > 1)
    assert told > 500
    assert repeated / told < 0.01


@pytest.mark.parametrize("language", ["en", "zh"])
def test_within_a_persona_nothing_is_said_twice(written, language) -> None:
    for _, personas in written[language]:
        for persona in personas:
            texts = [claim.text for claim in persona.claims]
            assert len(texts) == len(set(texts)), persona.segment


def test_taglines_do_not_begin_alike(written) -> None:
    for _, personas in written["en"]:
        openings = Counter(" ".join(persona.tagline.text.split()[:3]) for persona in personas)
        assert max(openings.values()) <= max(1, len(personas) // 3)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sentences_are_set_as_print_sets_them(written, language) -> None:
    for _, personas in written[language]:
        for persona in personas:
            for claim in persona.claims:
                assert len(SLOT.findall(claim.text)) <= MOST_SLOTS
                assert len(claim.text) <= 280
                said = SLOT.sub("…", claim.text)
                assert "  " not in said
                assert "“”" not in said and not re.search(r"[{}~]", said)
                assert not re.match(r"[a-z]", said)
                if language == "zh":
                    assert not re.search(r"[,;!?()]|(?<![A-Za-z])[.:]", re.sub(r"“[^”]*”", "X", said)), said
                else:
                    assert not re.search(r"\b[Aa] [aeiou]|\s[,.;:]|[，。；：]", re.sub(r"“[^”]*”", "X", said)), said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_order_of_the_sheet_within_a_kind_does_not_matter(language) -> None:
    evidence = sheets.texts()
    said = write(evidence, BuiltinOptions(language=language))
    assert write(evidence, BuiltinOptions(language=language), part="needs") == said
    mixed = list(evidence.items)
    random.Random(1).shuffle(mixed)
    by_segment = sorted(mixed, key=lambda item: item.segment)
    again = write(replace(evidence, items=tuple(by_segment)), BuiltinOptions(language=language))
    assert [(one.name, one.tagline) for one in again.personas] == [(one.name, one.tagline) for one in said.personas]


def test_row_order_does_not_matter() -> None:
    frame = sample(300)[0]
    told = [
        write(run(customers_of(rows), QUICK, source="shop.csv").evidence).personas
        for rows in (frame, frame.sample(frac=1, random_state=3))
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_advice_does_not_contradict_itself(language) -> None:
    sheet = sheets.Sheet().segment("S1", 900)
    sheet.share("preferred_channel", "website", 0.7, 0.3, 0.8).share("uses_app", None, 0.1, 0.4, -0.7)
    sheet.median("site_visits", 20, 8, 0.6).median("web_orders", 1, 2, -0.5)
    persona = write(sheet.evidence(), BuiltinOptions(language=language)).personas[0]
    against = {"S1.f3", "S1.f5"}
    advice = [claim for name in SECTIONS if name not in ("who", "worth") for claim in persona.section(name)]
    assert advice
    assert not any(against & set(claim.evidence[:1]) for claim in advice)


def test_what_most_do_and_what_most_do_is_not_done_together() -> None:
    sheet = sheets.Sheet().segment("S1", 900)
    sheet.share("City", "Rome", 0.6, 0.2, 0.8).share("Department", "Shoes", 0.6, 0.2, 0.7)
    text = write(sheet.evidence()).personas[0].tagline.text
    assert "most of them" in text.casefold()
    assert re.search(r"[,;] (?:and )?most", text)


def test_a_last_order_long_ago_is_a_silence_whatever_way_it_is_told() -> None:
    told = []
    for sheet in (
        sheets.Sheet().segment("S1", 90).date("last_order_date", 18_000, 19_000, -0.8),
        sheets.Sheet().segment("S1", 90).median("recency", 300, 20, 0.8),
    ):
        told.append(SLOT.split(write(sheet.evidence()).personas[0].tagline.text)[0])
    assert told[0] == told[1]

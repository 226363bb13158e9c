"""Portraits: whatever the built-in writer has in store passes the checker, and both languages hold the same."""

import re

import pytest

from segment_core.grounding import check_claim
from segment_core.personas.portraits import PORTRAITS
from segment_core.personas.scenes import SCENES
from tests import sheets

SHEET = sheets.Sheet().segment("S1", 90).median("Alpha", 5, 3, 0.6).median("Beta", 3, 5, -0.6).evidence()
CITED = {"over": "S1.f2", "under": "S1.f3"}


def told():
    for language, sections in PORTRAITS.items():
        for section, themes in sections.items():
            for theme, sides in themes.items():
                for direction, variants in zip(("over", "under"), sides, strict=True):
                    for text in variants:
                        yield pytest.param(text, CITED[direction], language, id=f"{section} {theme} {text}")
    for language, parts in SCENES.items():
        for part, themes in parts.items():
            for theme, variants in themes.items():
                for text in variants:
                    yield pytest.param(text, CITED["over"], language, id=f"{part} {theme} {text}")
                    yield pytest.param(text, CITED["under"], language, id=f"{part} {theme} {text} under")


@pytest.mark.parametrize("text, cited, language", list(told()))
def test_every_wording_passes_the_checker(text, cited, language) -> None:
    for creative in (False, True):
        assert check_claim(text, (cited,), "", "S1", SHEET, creative=creative) == ()
    assert text.endswith("。" if language == "zh" else ".")
    assert language == "en" or not re.search(r"[a-z,.]", text)


def test_both_languages_have_the_same_in_store() -> None:
    for table in (PORTRAITS, SCENES):
        shapes = [{name: set(themes) for name, themes in sections.items()} for sections in table.values()]
        assert shapes[0] == shapes[1]


def test_no_wording_stands_twice() -> None:
    for language, sections in PORTRAITS.items():
        texts = [text for themes in sections.values() for sides in themes.values() for side in sides for text in side]
        texts += [text for part in SCENES[language].values() for variants in part.values() for text in variants]
        assert len(texts) == len(set(texts))

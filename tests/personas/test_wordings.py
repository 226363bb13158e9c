"""Wordings: whatever the built-in writer has in store passes the checker, and both languages hold the same."""

import re

import pytest

from segment_core.grounding import check_claim
from segment_core.personas import (
    advice_en,
    advice_zh,
    extras_en,
    extras_zh,
    portraits_en,
    portraits_zh,
    speech_en,
    speech_zh,
)
from segment_core.personas.scenes import SCENES
from tests import sheets

SHEET = (
    sheets.Sheet()
    .segment("S1", 90)
    .median("Alpha", 5, 3, 0.6)
    .median("Beta", 3, 5, -0.6)
    .share("Gamma", "Zeta", 0.7, 0.2, 0.9)
    .terms("theta")
    .evidence()
)
OVER, UNDER = ("S1.f2", "S1.f4"), ("S1.f3",)
FILLED = {"t": "theta", "v": "Zeta", "o": "alpha", "c": "alpha"}
BOOKS = {
    "en": {"advice": advice_en.ADVICE, "portraits": portraits_en.PORTRAITS, "extras": extras_en.EXTRAS},
    "zh": {"advice": advice_zh.ADVICE, "portraits": portraits_zh.PORTRAITS, "extras": extras_zh.EXTRAS},
}


def told():
    for language, books in BOOKS.items():
        for book in books.values():
            for section, themes in book.items():
                for theme, sides in themes.items():
                    for cited, variants in zip((OVER, UNDER), sides, strict=True):
                        for text in variants:
                            yield pytest.param(text, cited, language, id=f"{section} {theme} {text}")
    for language, parts in SCENES.items():
        for part, themes in parts.items():
            for theme, variants in themes.items():
                for text in variants:
                    for cited in [UNDER] if theme.endswith("-") else [OVER, UNDER] if not theme else [OVER]:
                        yield pytest.param(text, cited, language, id=f"{part} {theme} {cited[0]} {text}")


@pytest.mark.parametrize("text, cited, language", list(told()))
def test_every_wording_passes_the_checker(text, cited, language) -> None:
    marks = {"{t}": ("S1.t1",), "{v}": (*cited, OVER[1]), "{o}": (*cited, OVER[0])}
    cited = next((ids for mark, ids in marks.items() if mark in text), cited)
    said = text.format(**FILLED)
    problems = check_claim(said, tuple(dict.fromkeys(cited)), "", "S1", SHEET)
    assert [problem.code for problem in problems if problem.code != "direction"] == []
    assert "direction" not in [problem.code for problem in problems] or "{" not in text
    assert language == "en" or not re.search(r"[b-oq-z,.!?;:]", re.sub(r"App|\{.\}", "", text))
    assert not re.search(r"  |\s$|^\s", text)


@pytest.mark.parametrize("kind", ["advice", "portraits", "extras", "scenes", "predicates", "first", "second"])
def test_both_languages_have_the_same_in_store(kind) -> None:
    if kind in ("predicates", "first", "second"):
        one, other = (set(getattr(book, kind.upper())) for book in (speech_en, speech_zh))
        # Some qualities make no adjective in one of the languages; a name then uses the column's own words.
        assert one == other if kind != "first" else len(one ^ other) < 8
        return
    shapes = [SCENES[language] if kind == "scenes" else BOOKS[language][kind] for language in ("en", "zh")]
    assert len({str({name: sorted(themes) for name, themes in sections.items()}) for sections in shapes}) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_wording_stands_twice_in_a_section(language) -> None:
    for book in BOOKS[language].values():
        for section, themes in book.items():
            texts = [text for sides in themes.values() for side in sides for text in side]
            assert len(texts) == len(set(texts)), section


@pytest.mark.parametrize("book", [speech_en, speech_zh])
def test_a_subject_stands_for_each_level(book) -> None:
    assert len(book.SUBJECTS) == len(book.AGAIN) == len(book.WHOM) + 1
    assert {sense[:-1] for sense in book.PREDICATES if sense.endswith("-")} <= {
        sense[:-1] for sense in book.PREDICATES if sense.endswith("+")
    }

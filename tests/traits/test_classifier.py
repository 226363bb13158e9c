"""The sentiment model: really loaded, labels of every kind understood, and nothing unsafe taken in."""

import pytest

from segment_core.errors import ModelError
from segment_core.traits.classifier import ClassifierOptions, loaded, rate
from tests.planted import typed

PAIR = ["the lamp is great", "the lamp is awful"]


@pytest.mark.parametrize(
    "labels",
    [
        ("negative", "positive"),
        ("NEG", "NEU", "POS"),
        ("1 star", "2 stars", "3 stars", "4 stars", "5 stars"),
        ("Very Negative", "Negative", "Neutral", "Positive", "Very Positive"),
        ("差评", "好评"),
    ],
)
def test_labels_of_every_kind_are_understood(labels, judge) -> None:
    model = loaded(str(judge(*labels)))
    assert model.values.tolist() == sorted(model.values.tolist())
    assert (model.values[0], model.values[-1]) == (-1.0, 1.0)
    good, bad = model.score(PAIR, 8)
    assert good > 0.3 > -0.3 > bad


@pytest.mark.parametrize("labels", [("LABEL_0", "LABEL_1"), ("joy", "anger"), ("1", "2", "3"), ("positive", "neutral")])
def test_labels_that_are_no_sentiment_are_said(labels, judge) -> None:
    with pytest.raises(ModelError, match=f"{labels[0]}.*no sentiment that we know"):
        loaded(str(judge(*labels)))


def test_pickled_weights_are_not_read(judge) -> None:
    with pytest.raises(ModelError, match="safetensors"):
        loaded(str(judge("negative", "positive", safe=False)))


@pytest.mark.parametrize("name", ["", "/nowhere/at/all", "no-such-model"])
def test_a_model_that_is_not_there_is_said(name) -> None:
    with pytest.raises(ModelError, match="model"):
        loaded(name)


def test_an_encoder_without_a_trained_classifier_is_refused(judge, tmp_path) -> None:
    from transformers import AutoTokenizer, BertForSequenceClassification

    folder = judge("negative", "positive")
    model = BertForSequenceClassification.from_pretrained(folder)
    model.bert.save_pretrained(tmp_path / "bare")
    model.config.save_pretrained(tmp_path / "bare")
    AutoTokenizer.from_pretrained(folder).save_pretrained(tmp_path / "bare")
    with pytest.raises(ModelError, match="no trained classifier"):
        loaded(str(tmp_path / "bare"))


def test_the_model_decides_sentiment_and_the_words_the_rest(judge) -> None:
    # "broken" and "sale" are in the word lists; the model alone knows that the lamp is great or awful.
    made = typed({"review": "text"}, review=["the lamp is great and broken great great. In the sale.", "味道很好"])
    options = ClassifierOptions(model=str(judge("negative", "positive")))
    found = rate(made, options)
    assert found.made_by.name == "classifier"
    assert "price_sensitivity" in found.names
    (score,) = loaded(options.model).score(["the lamp is great and broken great great."], 1)
    (other,) = loaded(options.model).score(["In the sale."], 1)
    assert found.scores[0, 0] == pytest.approx((score + other) / 2, abs=1e-5)
    assert found.scores[1, 0] > 0.4  # Chinese stays with the word lists of Chinese
    assert [(note.code, note.count) for note in found.notes] == [("sentiment-by-words", 1)]


def test_texts_longer_than_the_model_reads_do_no_harm(judge) -> None:
    (score,) = loaded(str(judge("negative", "positive"))).score(["great " * 500], 4)
    assert -1 <= score <= 1


def test_batches_change_nothing(judge) -> None:
    model = loaded(str(judge("negative", "positive")))
    texts = [f"the lamp {'is ' * n}great" for n in range(9)]
    assert model.score(texts, 2) == pytest.approx(model.score(texts, 64), abs=1e-5)

"""Attention: every word of the text, none of the tokenizer's, weights that add up, and segments that differ."""

from pathlib import Path

import numpy as np
import pytest

from segment_core.artifacts import Attended
from segment_core.encoders.attention import AttentionOptions, attend, summed
from segment_core.encoders.spans import spans
from segment_core.errors import Cancelled, DataError, OptionError
from segment_core.messages import Message
from tests.encoders.conftest import KINDS

TEXTS = [
    "The delivery was late, and nobody told me!",
    "Refund?",
    "I didn't buy this 2nd jacket... it's unbelievably warm",
]

every_kind = pytest.mark.parametrize("kind", KINDS)
every_method = pytest.mark.parametrize("method", ["received", "rollout"])


@every_method
def test_words_are_the_texts_own_and_weights_add_up(method: str) -> None:
    for text, found in zip(TEXTS, attend(TEXTS, AttentionOptions(method=method)), strict=True):
        assert found.text == text
        assert [text[start : start + len(word)] for word, start in zip(found.words, found.starts, strict=True)] == [
            *found.words
        ]
        assert sum(found.weights) == pytest.approx(1)
        assert all(weight > 0 for weight in found.weights)
        assert not found.cut
    assert attend(TEXTS)[0].words == ("The", "delivery", "was", "late", "and", "nobody", "told", "me")
    assert "unbelievably" in attend(TEXTS)[2].words  # which the model knows in pieces only
    assert "didn't" in attend(TEXTS)[2].words


@every_kind
@every_method
def test_any_architecture_can_be_looked_into(kind: str, method: str, tiny_models: dict[str, Path]) -> None:
    options = AttentionOptions(model=str(tiny_models[kind]), method=method, batch_size=2)
    texts = ["the delivery was late", "warm jacket", "zebra good. My app!"]
    made = attend(texts, options)
    assert made[2].words == ("zebra", "good", "My", "app")
    assert all(sum(found.weights) == pytest.approx(1) for found in made)
    alone = [attend([text], options)[0] for text in texts]
    for together, single in zip(made, alone, strict=True):  # what fills up a batch is not looked at
        np.testing.assert_allclose(together.weights, single.weights, atol=1e-5)


def test_received_attention_by_hand(tiny_models: dict[str, Path]) -> None:
    import torch
    from transformers import AutoModel, AutoTokenizer

    folder = tiny_models["bert"]
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
    given = tokenizer("warm, ab jacket!", return_tensors="pt", return_token_type_ids=False)
    pieces = tokenizer.convert_ids_to_tokens(given["input_ids"][0])
    assert pieces == ["[CLS]", "warm", "<unk>", "a", "##b", "jacket", "!", "[SEP]"]
    with torch.no_grad():
        layers = [layer[0].numpy() for layer in model(**given, output_attentions=True).attentions]
    got = layers[2][1].mean(axis=0)  # the last layer, its second head
    by_word = np.array([got[1], got[3] + got[4], got[5]])
    found = attend(["warm, ab jacket!"], AttentionOptions(model=str(folder), heads="2"))[0]
    assert found.words == ("warm", "ab", "jacket")
    np.testing.assert_allclose(found.weights, by_word / by_word.sum(), atol=1e-5)

    mixed = [0.5 * layer.mean(axis=0) + 0.5 * np.eye(8) for layer in layers]
    got = (mixed[2] @ mixed[1] @ mixed[0]).mean(axis=0)
    by_word = np.array([got[1], got[3] + got[4], got[5]])
    found = attend(["warm, ab jacket!"], AttentionOptions(model=str(folder), method="rollout"))[0]
    np.testing.assert_allclose(found.weights, by_word / by_word.sum(), atol=1e-5)


def test_a_long_text_is_looked_into_as_far_as_it_is_read(tiny_models: dict[str, Path]) -> None:
    options = AttentionOptions(model=str(tiny_models["bert"]), max_length=8)
    long, short = attend(["good bad " * 20, "good bad"], options)
    assert (long.cut, short.cut) == (True, False)
    assert long.words == ("good", "bad") * 3
    assert long.text == "good bad " * 20


@pytest.mark.parametrize("text", ["", "!!! ...", "   "])
def test_a_text_without_a_word_has_none(text: str, tiny_models: dict[str, Path]) -> None:
    found = attend([text, "good"], AttentionOptions(model=str(tiny_models["gpt2"])))[0]
    assert (found.words, found.weights) == ((), ())


@pytest.mark.parametrize(
    "texts, said",
    [(["味道不错，送得很快，会再来"] * 3, "in Chinese"), (["Die Lieferung kam viel zu spät an"], "English")],
)
def test_the_english_model_is_not_used_for_other_languages(texts: list[str], said: str) -> None:
    with pytest.raises(DataError, match=said):
        attend(texts)


def test_another_model_reads_chinese_by_words(tiny_models: dict[str, Path]) -> None:
    found = attend(["味道不错，送得很快"], AttentionOptions(model=str(tiny_models["bert"])))[0]
    assert found.words[:2] == ("味道", "不错")
    assert "".join(found.words) == "味道不错送得很快"


@pytest.mark.parametrize(
    "options", [{"layers": "0"}, {"layers": "9"}, {"heads": "0"}, {"heads": "3"}, {"heads": "one"}]
)
def test_layers_and_heads_that_are_not_there_are_refused(options: dict[str, str], tiny_models: dict[str, Path]) -> None:
    with pytest.raises(OptionError):
        attend(["good"], AttentionOptions(model=str(tiny_models["bert"]), **options))


def test_looking_can_be_stopped(tiny_models: dict[str, Path]) -> None:
    def stop(done: float, total: float, note: Message) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        attend(["good"] * 3, AttentionOptions(model=str(tiny_models["bert"]), batch_size=1), stop)


def planted(word: str, weight: float) -> Attended:
    rest = (1 - weight) / 3
    return Attended("", "", ("The", word, "came", "parcel"), (0, 0, 0, 0), (rest, weight, rest, rest))


def test_segments_are_told_by_the_words_looked_at_there() -> None:
    texts = [planted("Late", 0.7)] * 4 + [planted("warm", 0.4)] * 4 + [planted("odd", 0.9)]
    found = summed(texts, ["S1"] * 4 + ["S2"] * 4 + ["S2"])
    assert [words.segment for words in found] == ["S1", "S2"]
    late, warm = found
    assert (late.words[0], warm.words[0]) == ("late", "warm")
    assert late.shares[0] == pytest.approx(0.7)
    assert late.even[0] == pytest.approx(0.7 * 4)
    assert late.overall[0] == pytest.approx(0.7 / (0.7 * 4 / 9))
    assert (late.counts[0], late.n_texts) == (4, 4)
    assert "the" not in late.words + warm.words  # a filler
    assert "odd" not in warm.words  # in one text only
    assert summed(texts, ["S1"] * 4 + ["S2"] * 5, n_words=1)[0].words == ("late",)


def test_texts_of_no_segment_count_among_all_only() -> None:
    texts = [planted("late", 0.5)] * 3 + [planted("late", 0.5)] * 3
    found = summed(texts, ["S1"] * 3 + [""] * 3)
    assert [words.segment for words in found] == ["S1"]
    assert found[0].overall[0] == pytest.approx(1)


def test_spans_keep_what_belongs_together() -> None:
    text = "It’s a T-shirt, 100% cotton_blend 很好吃。"
    assert [text[start:end] for start, end in spans(text)][:6] == ["It’s", "a", "T-shirt", "100", "cotton", "blend"]

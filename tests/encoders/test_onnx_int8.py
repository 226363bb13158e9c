"""The quick form: the full model's vectors but for a little, in any order, and refusals that say why."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from segment_core.encoders import onnx_int8, onnx_making, sentence_transformer
from segment_core.encoders.onnx_int8 import OnnxOptions, encode
from segment_core.encoders.sentence_transformer import SentenceTransformerOptions
from segment_core.errors import Cancelled, ModelError
from segment_core.intake import sample
from segment_core.messages import Message


def test_vectors_are_the_full_models_but_for_a_little() -> None:
    reviews = [text for text in sample(90)[0]["review"].dropna() if text][:50]
    texts = reviews + [part.strip() for text in reviews for part in text.replace("!", ".").split(".") if part.strip()]
    texts += ["refund", "Where is it?", "I didn't buy this twice", "word " * 400]
    cosines = (encode(texts).matrix * sentence_transformer.encode(texts).matrix).sum(axis=1)
    assert len(texts) > 100
    assert cosines.min() >= 0.98
    assert np.median(cosines) >= 0.99
    assert np.median(cosines) < 0.9999  # it is the rounded model that was read with


def test_any_order_gives_the_same_vectors() -> None:
    texts = [f"The delivery was {n} days late." for n in range(40)]
    np.testing.assert_array_equal(encode(texts).matrix, encode(texts[::-1]).matrix[::-1])


@pytest.mark.parametrize("pooling", ["mean", "cls", "max"])
def test_another_model_pools_its_own_way(tiny_model: Path, tmp_path: Path, pooling: str) -> None:
    folder = changed(tiny_model, tmp_path, "1_Pooling/config.json", pooling_mode=pooling)
    texts = ["the delivery was late", "warm jacket", "fine", "the jacket was good", "bad"]
    quick = encode(texts, OnnxOptions(model=str(folder), batch_size=2)).matrix
    full = sentence_transformer.encode(texts, SentenceTransformerOptions(model=str(folder))).matrix
    assert (quick * full).sum(axis=1).min() >= 0.98


def test_a_model_that_rounding_spoils_stays_whole(tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_making, "FAITHFUL", 1 - 1e-6)
    monkeypatch.setattr(onnx_int8, "MADE", {"format": "whole"})
    texts = ["the delivery was late", "warm jacket", "fine"]
    quick = encode(texts, OnnxOptions(model=str(tiny_model))).matrix
    full = sentence_transformer.encode(texts, SentenceTransformerOptions(model=str(tiny_model))).matrix
    np.testing.assert_allclose(quick, full, atol=1e-4)


def test_a_model_that_goes_through_wrong_is_refused(tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_making, "_worst", lambda *_: 0.5)
    monkeypatch.setattr(onnx_int8, "MADE", {"format": "wrong"})
    with pytest.raises(ModelError, match="strays from the original"):
        encode(["fine"], OnnxOptions(model=str(tiny_model)))


@pytest.mark.parametrize(
    "file, change, said",
    [
        ("1_Pooling/config.json", {"pooling_mode": "lasttoken"}, "pools by lasttoken; only mean, cls, max"),
        ("config.json", {"model_type": "xlnet"}, "is of the kind xlnet"),
        (
            "config_sentence_transformers.json",
            {"prompts": {"query": "query: "}, "default_prompt_name": "query"},
            "puts words of its own before each text",
        ),
    ],
    ids=["pooling", "kind", "prompt"],
)
def test_what_only_the_full_model_can_do_is_refused(
    tiny_model: Path, tmp_path: Path, file: str, change: dict[str, object], said: str
) -> None:
    folder = changed(tiny_model, tmp_path, file, **change)
    with pytest.raises(ModelError, match=said):
        encode(["fine"], OnnxOptions(model=str(folder)))


def test_a_part_that_is_not_known_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    folder = changed(tiny_model, tmp_path, "1_Pooling/config.json")
    parts = json.loads((folder / "modules.json").read_text())
    parts.append({"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"})
    (folder / "modules.json").write_text(json.dumps(parts))
    with pytest.raises(ModelError, match="made of Transformer, Pooling, Dense"):
        encode(["fine"], OnnxOptions(model=str(folder)))


def test_a_damaged_description_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    folder = changed(tiny_model, tmp_path, "1_Pooling/config.json")
    (folder / "modules.json").write_text("{")
    with pytest.raises(ModelError, match=r"modules\.json .* is damaged"):
        encode(["fine"], OnnxOptions(model=str(folder)))


def test_an_unknown_model_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="The model nobody/no-such-model could not be loaded"):
        encode(["fine"], OnnxOptions(model="nobody/no-such-model"))


def test_long_work_can_be_stopped_between_batches(tiny_model: Path) -> None:
    encode(["fine"], OnnxOptions(model=str(tiny_model)))
    seen: list[float] = []

    def stop_at_four(done: float, total: float, note: Message) -> None:
        seen.append(done)
        if done >= 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        encode(["fine"] * 9, OnnxOptions(model=str(tiny_model), batch_size=2), stop_at_four)
    assert seen == [0, 2, 4]


def changed(model: Path, tmp_path: Path, file: str, **change: object) -> Path:
    """Copy a model's folder and change one of its files."""
    folder = tmp_path / "changed"
    shutil.copytree(model, folder)
    found = json.loads((folder / file).read_text())
    (folder / file).write_text(json.dumps(found | change))
    return folder

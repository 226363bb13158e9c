"""Full model: a sentence model by the quickest route to its vectors that there is here."""

import time
from collections.abc import Sequence

from segment_core.artifacts import Progress, Vectors, silent
from segment_core.encoders import onnx_int8, sentence_transformer
from segment_core.encoders.models import BUNDLED
from segment_core.errors import ModelError
from segment_core.extras import has

TRIED = 256


def route(model: str = BUNDLED) -> str:
    """Name the encoder, as in the menu, that reads with this model quickest: in 8-bit numbers unless there is a GPU.

    Where the quick form cannot be made of the model, it is the whole model. The quick form is made now if need be.

    Raises
    ------
    ModelError
        If the model cannot be loaded either way.
    MissingExtraError
        If the bundled model is not installed.
    """
    if not all(has(package) for package in ("onnxruntime", "onnx", "transformers")) or _has_gpu():
        return "sentence_transformer"
    try:
        onnx_int8.encode(["One text."], onnx_int8.OnnxOptions(model=model))
    except ModelError:
        return "sentence_transformer"  # it says itself if the model is no good at all
    return "onnx_int8"


def read(texts: Sequence[str], model: str = BUNDLED, progress: Progress = silent) -> Vectors:
    """Read every text with the model by its quickest route."""
    if route(model) == "onnx_int8":
        return onnx_int8.encode(texts, onnx_int8.OnnxOptions(model=model), progress)
    return sentence_transformer.encode(
        texts, sentence_transformer.SentenceTransformerOptions(model=model), progress=progress
    )


def seconds_for(texts: Sequence[str], model: str = BUNDLED, n_tried: int = TRIED) -> float:
    """Estimate the seconds `read` would take, by reading a few hundred of these texts, evenly spaced by length."""
    if not texts:
        return 0.0
    by_length = sorted(texts, key=lambda text: (len(text), text))
    n_tried = min(n_tried, max(32, len(texts) // 8))  # trying must not take as long as doing
    tried = by_length[:: max(1, len(by_length) // n_tried)][:n_tried]
    read(tried[:4], model)  # the first call loads
    started = time.perf_counter()
    read(tried, model)
    return (time.perf_counter() - started) * len(texts) / len(tried)


def _has_gpu() -> bool:
    if not has("torch"):
        return False
    import torch

    return bool(torch.cuda.is_available())

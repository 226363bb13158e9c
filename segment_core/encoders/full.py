"""Full model: a sentence model by the quickest route to its vectors that there is here."""

import time
from collections.abc import Sequence

from segment_core.artifacts import Progress, Vectors, silent
from segment_core.encoders import onnx_int8, sentence_transformer
from segment_core.encoders.models import BUNDLED
from segment_core.errors import ModelError
from segment_core.extras import has

TRIED = 256


def read(texts: Sequence[str], model: str = BUNDLED, progress: Progress = silent) -> Vectors:
    """Read texts with a sentence model: in 8-bit numbers unless there is a GPU, or the quick form cannot be made.

    `made_by` names the route that was taken.

    Raises
    ------
    ModelError
        If the model cannot be loaded either way.
    MissingExtraError
        If the bundled model is not installed.
    """
    if all(has(package) for package in ("onnxruntime", "onnx", "transformers")) and not _has_gpu():
        try:
            return onnx_int8.encode(texts, onnx_int8.OnnxOptions(model=model), progress)
        except ModelError:
            pass  # the whole model says itself if it is no good at all
    return sentence_transformer.encode(texts, sentence_transformer.SentenceTransformerOptions(model=model), progress)


def tried(texts: Sequence[str], model: str = BUNDLED) -> tuple[str, float]:
    """Name the route that `read` takes and estimate its seconds, by reading a few hundred texts of all lengths.

    Loading, and making the quick form, are not counted.
    """
    by_length = sorted(texts, key=lambda text: (len(text), text))
    n_tried = min(TRIED, max(32, len(texts) // 8))  # trying must not take as long as doing
    few = by_length[:: max(1, len(by_length) // n_tried)][:n_tried]
    name = read(few[:4], model).made_by.name  # the first call loads
    started = time.perf_counter()
    read(few, model)
    return name, (time.perf_counter() - started) * len(texts) / max(1, len(few))


def _has_gpu() -> bool:
    if not has("torch"):
        return False
    import torch

    return bool(torch.cuda.is_available())

"""Static vectors: a sentence model distilled once into one vector a word piece."""

from collections.abc import Callable, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass
from functools import lru_cache, partial
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Progress, Step, Vectors, silent
from segment_core.choices import option, options_to_json
from segment_core.encoders.keeping import kept
from segment_core.encoders.models import BUNDLED, folder_of, loading, sha256, spoken
from segment_core.extras import need
from segment_core.messages import say

CHUNK = 4096
PIECES_AT_ONCE = 256
"""How many word pieces model2vec reads between two reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticOptions:
    """Options of static vectors."""

    model: str = option(
        BUNDLED,
        "Model",
        offers="encoders",
        help="Which model is distilled: the bundled English one, the name of another, or the path of its folder.",
    )
    n_dimensions: int = option(256, "Dimensions", low=8, high=1024, help="Directions kept of the model's own.")


def encode(texts: Sequence[str], options: StaticOptions = StaticOptions(), progress: Progress = silent) -> Vectors:
    """Average the vectors of a text's word pieces, distilled from a sentence model (model2vec, Tulkens 2024).

    The order of words is not seen, so "not good" is near "good"; on long reviews the loss is large. A text without
    a known piece becomes the zero vector. Distilling takes some 20 seconds once for each model.

    Returns
    -------
    Vectors
        Matrix (n_texts, d), d at most `n_dimensions`; rows of length 1.

    Raises
    ------
    ModelError
        If the model cannot be loaded or distilled.
    MissingExtraError
        If model2vec is not installed.
    """
    progress(0, max(1, len(texts)), say("Reading texts: {done:,} of {n:,}", done=0, n=len(texts)))
    model = _loaded(options, progress)
    matrix = np.zeros((len(texts), model.dim), dtype=np.float32)
    for start in range(0, len(texts), CHUNK):
        progress(start, len(texts), say("Reading texts: {done:,} of {n:,}", done=start, n=len(texts)))
        part = list(texts[start : start + CHUNK])
        matrix[start : start + CHUNK] = model.encode(part, use_multiprocessing=False)
    progress(1, 1, say("Texts read"))
    reason = say(
        "Read by static vectors distilled from {model}: {n:,} texts.", model=spoken(options.model), n=len(texts)
    )
    return Vectors(matrix, Step("static", options_to_json(options)), reason)


def _loaded(options: StaticOptions, progress: Progress) -> Any:
    need("model2vec")
    folder = folder_of(options.model)
    recipe = {"format": 1, "kind": "model2vec", "dimensions": options.n_dimensions}
    make = partial(_make, source=folder, options=options, progress=progress)
    return kept(folder, recipe, make, lambda found: _opened(found, sha256(found / "model.safetensors")))


@lru_cache(maxsize=2)
def _opened(folder: Path, digest: str) -> Any:
    from model2vec import StaticModel

    return StaticModel.from_pretrained(folder)


def _make(folder: Path, source: Path, options: StaticOptions, progress: Progress) -> None:
    progress(0, 1, say("Distilling {model}, once", model=options.model))
    from model2vec.distill import distill_from_model
    from transformers import AutoModel, AutoTokenizer

    with loading(options.model):
        model = AutoModel.from_pretrained(source, trust_remote_code=False, use_safetensors=True).eval()
        tokenizer = AutoTokenizer.from_pretrained(source, trust_remote_code=False, use_fast=True)
    listening = model.register_forward_pre_hook(_listening(len(tokenizer), options.model, progress))
    with loading(options.model), redirect_stderr(StringIO()):  # it draws a bar of its own
        made = distill_from_model(
            model,
            tokenizer,
            device="cpu",
            pca_dims=min(options.n_dimensions, int(model.config.hidden_size)),
            quantize_to="float32",
        )
    listening.remove()
    made.save_pretrained(folder)
    progress(1, 1, say("Distilled {model}", model=options.model))


def _listening(n_pieces: int, name: str, progress: Progress) -> Callable[..., None]:
    """Report, and hear of a Cancel, each time the model is about to read."""
    done = 0

    def before(*_: object) -> None:
        nonlocal done
        progress(
            min(done, n_pieces),
            n_pieces,
            say("Distilling {model}: {done:,} of {n:,} word pieces", model=name, done=min(done, n_pieces), n=n_pieces),
        )
        done += PIECES_AT_ONCE

    return before

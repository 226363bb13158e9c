"""Sentence-transformers: texts by what they mean, with the bundled English model or any other by name or path."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Progress, Step, Vectors, silent
from segment_core.choices import option, options_to_json
from segment_core.encoders.models import BUNDLED, contents, here, loading, source_of, spoken
from segment_core.llm.ledger import may_fetch
from segment_core.messages import say

CHUNK = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceTransformerOptions:
    """Options of the full model."""

    model: str = option(
        BUNDLED,
        "Model",
        offers="encoders",
        help="The bundled English model, the name of another one, or the path of its folder.",
    )
    batch_size: int = option(32, "Batch size", low=1, high=512, help="Texts read at once; more needs more memory.")


def encode(
    texts: Sequence[str],
    options: SentenceTransformerOptions = SentenceTransformerOptions(),
    progress: Progress = silent,
) -> Vectors:
    """Read texts with a sentence-transformers model (Reimers & Gurevych 2019).

    A GPU is used when there is one. Texts longer than the model's limit are read up to it.

    Returns
    -------
    Vectors
        Matrix (n_texts, d), each row of length 1; d is the model's own (384 for the bundled one).

    Raises
    ------
    ModelError
        If the model cannot be loaded: its weights are elsewhere, damaged, or not in safetensors format.
    """
    model = _loaded(options.model)
    # Longest first: batches of like length waste no padding, and the expected time only shrinks.
    order = sorted(range(len(texts)), key=lambda row: (-len(texts[row]), texts[row]))
    matrix = np.zeros((len(texts), _width(model)), dtype=np.float32)
    for start in range(0, len(order), CHUNK):
        progress(start, len(texts), say("Reading texts: {done:,} of {n:,}", done=start, n=len(texts)))
        rows = order[start : start + CHUNK]
        matrix[rows] = model.encode(
            [texts[row] for row in rows],
            batch_size=options.batch_size,
            show_progress_bar=False,
            normalize_embeddings=True,
        )
    progress(len(texts), len(texts), say("Texts read"))
    reason = say("Read by meaning with the model {model}: {n:,} texts.", model=spoken(options.model), n=len(texts))
    return Vectors(matrix, Step("sentence_transformer", options_to_json(options)), reason)


def _loaded(name: str) -> Any:
    source = source_of(name)
    if not Path(source).is_dir() and not may_fetch():
        source = str(here(name))
    return _opened(name, source, contents(source))


@lru_cache(maxsize=2)
def _opened(name: str, source: str, digest: str) -> Any:
    from sentence_transformers import SentenceTransformer

    with loading(name):
        # No code from a model's folder is run, and no pickled weights are read.
        return SentenceTransformer(
            source, trust_remote_code=False, model_kwargs={"use_safetensors": True}, device=_device()
        )


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def _width(model: Any) -> int:
    return int(model.get_embedding_dimension())

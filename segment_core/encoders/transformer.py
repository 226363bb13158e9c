"""Transformer: any BERT, XLNet, T5 or GPT-2 by name or path, read at the layers and pooled the way one asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Progress, Step, Vectors, silent
from segment_core.choices import option, options_to_json
from segment_core.encoders.architectures import Batch, Transformer, batch_of, layers_of, load, run, tokenized
from segment_core.encoders.models import BUNDLED, spoken
from segment_core.errors import OptionError
from segment_core.extras import need
from segment_core.messages import say

POOLINGS = ("mean", "CLS", "max", "last token", "mixed")


@dataclass(frozen=True, slots=True, kw_only=True)
class TransformerOptions:
    """Options of a transformer that is read by layers."""

    model: str = option(
        BUNDLED,
        "Model",
        offers="encoders",
        help="The bundled English model, the name of another one, or the path of its folder.",
    )
    layers: str = option(
        "last",
        "Layers",
        help="last, last four, first and last, all, or numbers such as -1,-4; several are averaged.",
    )
    pooling: str = option(
        "mean",
        "Pooling",
        among=POOLINGS,
        help="How the pieces of a text become one vector; mixed is mean and max side by side.",
    )
    max_length: int = option(256, "Longest text, word pieces", low=8, high=4096, help="Longer texts are read up to it.")
    batch_size: int = option(16, "Batch size", low=1, high=512, help="Texts read at once; more needs more memory.")


def encode(
    texts: Sequence[str], options: TransformerOptions = TransformerOptions(), progress: Progress = silent
) -> Vectors:
    """Average chosen hidden layers of a transformer and pool them over the pieces of each text.

    The marks that a tokenizer adds ([CLS], </s>) count as pieces, as they do in sentence-transformers. Of T5 only the
    encoder is read. A text without a single piece becomes the zero vector.

    Returns
    -------
    Vectors
        Matrix (n_texts, d), each row of length 1; d is the model's width, twice that for mixed pooling.

    Raises
    ------
    ModelError
        If the model cannot be loaded: its weights are elsewhere, damaged, or not in safetensors format.
    OptionError
        If it has no such layer, or no CLS piece to pool by.
    """
    progress(0, max(1, len(texts)), say("Reading texts: {done:,} of {n:,}", done=0, n=len(texts)))
    need("transformers")
    model = load(options.model)
    layers = layers_of(options.layers, model.n_layers)
    if options.pooling == "CLS" and model.tokenizer.cls_token_id is None:
        raise OptionError("The model {model} has no CLS piece. Pool by mean or by last token.", model=options.model)
    pieces = tokenized(texts, model, options.max_length) if texts else []
    # Longest first: batches of like length waste no padding, and the expected time only shrinks.
    order = sorted(range(len(texts)), key=lambda row: (-len(pieces[row].ids), texts[row]))
    parts: dict[int, Floats] = {}
    for start in range(0, len(order), options.batch_size):
        progress(start, len(texts), say("Reading texts: {done:,} of {n:,}", done=start, n=len(texts)))
        rows = order[start : start + options.batch_size]
        batch = batch_of([pieces[row] for row in rows], model)
        parts |= dict(zip(rows, _pooled(_states(batch, model, layers), batch, model, options.pooling), strict=True))
    progress(1, 1, say("Texts read"))
    reason = say(
        "Read with {model}, layers {layers} of {n_layers}, pooled by {pooling}: {n:,} texts.",
        model=spoken(options.model),
        layers=", ".join(map(str, layers)),
        n_layers=model.n_layers,
        pooling=options.pooling,
        n=len(texts),
    )
    matrix = np.stack([parts[row] for row in range(len(texts))]) if texts else np.zeros((0, 1), dtype=np.float32)
    return Vectors(matrix, Step("transformer", options_to_json(options)), reason)


def _states(batch: Batch, model: Transformer, layers: tuple[int, ...]) -> NDArray[np.float32]:
    found: Any = run(batch, model, output_hidden_states=True).hidden_states
    return np.asarray(np.mean([found[layer].float().cpu().numpy() for layer in layers], axis=0))


def _pooled(states: NDArray[np.float32], batch: Batch, model: Transformer, pooling: str) -> Floats:
    """Pool states (n, pieces, d) to rows of length 1; pieces that only fill up are left out."""
    there = np.asarray(batch.mask > 0)[:, :, None]
    rows = np.arange(len(states))
    if pooling == "CLS":
        # XLNet puts it last, the others first.
        found = states[rows, (batch.ids == model.tokenizer.cls_token_id).argmax(axis=1)]
    elif pooling == "last token":
        found = states[rows, batch.mask.shape[1] - 1 - batch.mask[:, ::-1].argmax(axis=1)]
    else:
        mean = (states * there).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
        widest = np.where(there, states, -np.inf).max(axis=1)
        found = {"mean": mean, "max": widest, "mixed": np.hstack([mean, widest])}[pooling]
    found = np.where(there.any(axis=1), found, 0.0)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12), dtype=np.float32)

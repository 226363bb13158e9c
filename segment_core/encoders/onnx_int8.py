"""ONNX int8: the same sentence model in 8-bit numbers, several times quicker and all but the same vectors."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Progress, Step, Vectors, silent
from segment_core.choices import option, options_to_json
from segment_core.encoders.keeping import kept
from segment_core.encoders.models import BUNDLED, folder_of, sha256, spoken
from segment_core.encoders.onnx_making import FILE, MADE, make
from segment_core.encoders.onnx_reading import session, side_by_side
from segment_core.encoders.sentence_parts import Recipe, padded, pooled, recipe_of, tokenizer_of
from segment_core.extras import need
from segment_core.messages import say

PIECES = 256
"""Word pieces read at once: what they need still fits a processor's own memory. With ten times as many, reading takes
twice as long (measured)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnnxOptions:
    """Options of the quick form of a sentence model."""

    model: str = option(
        BUNDLED,
        "Model",
        offers="encoders",
        help="The bundled English model, the name of another one, or the path of its folder.",
    )
    batch_size: int = option(32, "Batch size", low=1, high=512, help="Texts read at once, at most.")


def encode(texts: Sequence[str], options: OnnxOptions = OnnxOptions(), progress: Progress = silent) -> Vectors:
    """Read texts with a sentence model whose multiplications are done in 8-bit whole numbers.

    The quick form is made of the full model once (a few seconds) and kept in the workspace. Vectors are the full
    model's within a cosine of 0.98. Texts that are read together share a scale, so the same text among
    others may differ in the third digit; the same texts in any order give the same vectors.

    Returns
    -------
    Vectors
        Matrix (n_texts, d), each row of length 1; d is the model's own (384 for the bundled one).

    Raises
    ------
    ModelError
        If the model cannot be loaded, or has parts that only the full model can run.
    MissingExtraError
        If onnxruntime is not installed.
    """
    progress(0, max(1, len(texts)), say("Reading texts: {done:,} of {n:,}", done=0, n=len(texts)))
    recipe, tokenizer, model = _loaded(options.model, progress)
    pieces = [found.ids for found in tokenizer.encode_batch([_said(text, recipe) for text in texts])]
    # Longest first: batches of like length waste no padding, and the expected time only shrinks.
    order = sorted(range(len(texts)), key=lambda row: (-len(pieces[row]), texts[row]))
    batches = _batches(pieces, order, options.batch_size)

    def read(rows: Sequence[int]) -> NDArray[np.float32]:
        ids, mask = padded([pieces[row] for row in rows])
        return pooled(model.run(None, {"input_ids": ids, "attention_mask": mask})[0], mask, recipe.pooling)

    matrix, done = np.zeros((len(texts), 1), dtype=np.float32), 0
    with closing(side_by_side(read, batches)) as results:
        for rows, found in zip(batches, results, strict=True):
            if not done:
                matrix = np.zeros((len(texts), found.shape[1]), dtype=np.float32)
            matrix[rows] = found
            done += len(rows)
            progress(done, len(texts), say("Reading texts: {done:,} of {n:,}", done=done, n=len(texts)))
    progress(1, 1, say("Texts read"))
    reason = say(
        "Read by meaning with the quick form of {model}: {n:,} texts.", model=spoken(options.model), n=len(texts)
    )
    return Vectors(matrix, Step("onnx_int8", options_to_json(options)), reason)


def _batches(pieces: Sequence[Sequence[int]], order: Sequence[int], most: int) -> list[list[int]]:
    """Cut rows, longest first, into batches of at most so many word pieces and texts."""
    batches: list[list[int]] = []
    start = 0
    while start < len(order):
        n_rows = max(1, min(most, PIECES // max(1, len(pieces[order[start]]))))
        batches.append(list(order[start : start + n_rows]))
        start += n_rows
    return batches


def _loaded(name: str, progress: Progress) -> tuple[Recipe, Any, Any]:
    need("onnxruntime")
    folder = folder_of(name)
    recipe = recipe_of(folder, name)
    made = partial(make, source=folder, name=name, recipe=recipe, progress=progress)
    tokenizer, model = kept(
        folder, MADE, made, lambda found: _opened(found / FILE, sha256(found / FILE), recipe, name, folder)
    )
    return recipe, tokenizer, model


@lru_cache(maxsize=2)
def _opened(path: Path, digest: str, recipe: Recipe, name: str, folder: Path) -> tuple[Any, Any]:
    return tokenizer_of(folder, name, recipe), session(path.read_bytes())


def _said(text: str, recipe: Recipe) -> str:
    return text.lower() if recipe.lower else text

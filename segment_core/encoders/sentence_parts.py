"""Sentence parts: what a sentence-transformers folder says of its own reading, pooling and length."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats
from segment_core.errors import ModelError

LONGEST = 512
FLAGS = {
    "pooling_mode_cls_token": "cls",
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_max_tokens": "max",
    "pooling_mode_mean_sqrt_len_tokens": "mean_sqrt_len_tokens",
    "pooling_mode_weightedmean_tokens": "weightedmean",
    "pooling_mode_lasttoken": "lasttoken",
}
POOLINGS = ("mean", "cls", "max")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a sentence model makes a vector: what kind of transformer, how it pools, and how much it reads."""

    kind: str
    pooling: str
    max_length: int
    lower: bool


def recipe_of(folder: Path, name: str) -> Recipe:
    """Read the parts of a sentence-transformers folder.

    Raises
    ------
    ModelError
        If a part is missing, or of a kind that only the full model can run.
    """
    types = [str(part.get("type", "")).rsplit(".", 1)[-1] for part in _json(folder / "modules.json", name, [])]
    unknown = [part for part in types if part not in ("Transformer", "Pooling", "Normalize")]
    if types[:2] != ["Transformer", "Pooling"] or unknown:
        raise ModelError(
            "The model {model} is made of {found}; only a transformer with pooling can be made quicker. "
            "Choose the full model.",
            model=name,
            found=", ".join(types) or "-",
        )
    parts = _json(folder / "modules.json", name, [])
    reading = _json(folder / "sentence_bert_config.json", name, {})
    config = _json(folder / "config.json", name, {})
    says = _json(folder / "config_sentence_transformers.json", name, {})
    if (says.get("prompts") or {}).get(says.get("default_prompt_name") or ""):
        raise ModelError(
            "The model {model} puts words of its own before each text; only the full model does so. Choose it.",
            model=name,
        )
    return Recipe(
        str(config.get("model_type", "")),
        _pooling(_json(folder / str(parts[1].get("path", "")) / "config.json", name, {}), name),
        _length(folder, name, reading, config),
        bool(reading.get("do_lower_case", False)),
    )


def tokenizer_of(folder: Path, name: str, recipe: Recipe) -> Any:
    """Return the folder's own tokenizer, cutting at the model's own length and adding no padding.

    Raises
    ------
    ModelError
        If there is none that is quick ("tokenizer.json").
    """
    from tokenizers import Tokenizer

    path = folder / "tokenizer.json"
    if not path.is_file():
        raise ModelError("The model {model} has no tokenizer.json. Choose the full model.", model=name)
    tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    tokenizer.enable_truncation(recipe.max_length)
    tokenizer.no_padding()
    return tokenizer


def pooled(hidden: NDArray[np.float32], mask: NDArray[np.int64], pooling: str) -> Floats:
    """Pool hidden states (n, pieces, d) over the pieces that a mask (n, pieces) keeps, to rows of length 1."""
    if pooling == "cls":
        found = hidden[:, 0]
    elif pooling == "max":
        found = np.where(mask[:, :, None] > 0, hidden, -np.inf).max(axis=1)
    else:
        found = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1)[:, None]
    length = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(length, 1e-12), dtype=np.float32)


def padded(pieces: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return lists of piece numbers as one matrix, filled up with 0 on the right, and the mask of what was there."""
    matrix = np.zeros((len(pieces), max(map(len, pieces))), dtype=np.int64)
    mask = np.zeros_like(matrix)
    for row, found in enumerate(pieces):
        matrix[row, : len(found)] = found
        mask[row, : len(found)] = 1
    return matrix, mask


def _pooling(found: dict[str, Any], name: str) -> str:
    named = found.get("pooling_mode")
    modes = [str(named)] if named else [mode for flag, mode in FLAGS.items() if found.get(flag)]
    if len(modes) != 1 or modes[0] not in POOLINGS:
        raise ModelError(
            "The model {model} pools by {found}; only {names} can be made quicker. Choose the full model.",
            model=name,
            found=", ".join(modes) or "-",
            names=", ".join(POOLINGS),
        )
    return modes[0]


def _length(folder: Path, name: str, reading: dict[str, Any], config: dict[str, Any]) -> int:
    tokenizing = _json(folder / "tokenizer_config.json", name, {})
    # A tokenizer that knows no limit writes a number of thirty digits.
    asked = (reading.get("max_seq_length"), tokenizing.get("model_max_length"), config.get("max_position_embeddings"))
    found = [int(length) for length in asked if isinstance(length, int | float) and 0 < length < 100_000]
    return found[0] if found else LONGEST


def _json(path: Path, name: str, default: Any) -> Any:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return default
    except (OSError, ValueError) as error:
        raise ModelError("The file {file} of the model {model} is damaged.", file=path.name, model=name) from error
    if not isinstance(found, type(default)):
        raise ModelError("The file {file} of the model {model} is damaged.", file=path.name, model=name)
    return found

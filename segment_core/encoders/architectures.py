"""Architectures: a transformer of any known kind, loaded, and what it makes of texts, layer by layer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.encoders.models import folder_of, loading, sha256
from segment_core.errors import ModelError, OptionError

PADDED_LEFT = ("xlnet",)
"""Kinds that were trained with the filling before the text; the others have it behind."""
ENCODER_OF_TWO = ("t5", "mt5", "umt5", "longt5", "switch_transformers")
"""Kinds with an encoder and a decoder of which the encoder can stand alone."""

COUNTED_PAST_FILLING = ("roberta", "xlm-roberta", "camembert")
"""Kinds that number the places in a text from behind the number of the filling piece."""


@dataclass(frozen=True, slots=True, eq=False)
class Transformer:
    """A transformer with its tokenizer: its kind, its number of layers, and how many pieces it can read at most."""

    name: str
    kind: str
    n_layers: int
    limit: int
    tokenizer: Any
    model: Any


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Pieces of some texts as one matrix (n, pieces), the mask of what is there, and where each stands in its text.

    `special` tells pieces that the tokenizer put in. `starts` and `ends` are character places.
    """

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    special: NDArray[np.bool_]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    kinds: NDArray[np.int64]
    cut: NDArray[np.bool_]


def load(name: str) -> Transformer:
    """Load a transformer by name or path: BERT and its kin, XLNet, T5 (its encoder), GPT-2 and others.

    A folder of a sentence-transformers model works too; its transformer is taken.

    Raises
    ------
    ModelError
        If it cannot be loaded: its weights are elsewhere, damaged, or not in safetensors format, or its kind or its
        tokenizer is not known here.
    """
    folder = _within(folder_of(name))
    weights = sorted(folder.glob("*.safetensors"))
    return _loaded(folder, name, tuple(sha256(path) for path in (*weights, folder / "config.json") if path.is_file()))


def layers_of(asked: str, n_layers: int, *, first: int = 0) -> tuple[int, ...]:
    """Return the layers that are asked for, as numbers from `first` (0 is what goes into the first one) to `n_layers`.

    `asked` is "last", "last four", "first and last", "all" or numbers such as "-1,-4", where -1 is the last.

    Examples
    --------
    >>> layers_of("-1, -4", 6)
    (3, 6)

    Raises
    ------
    OptionError
        If it is none of these, or there is no such layer.
    """
    words = " ".join(asked.lower().split())
    named = {
        "last": (n_layers,),
        "last four": tuple(range(max(1, n_layers - 3), n_layers + 1)),
        "first and last": tuple(sorted({1, n_layers})),
        "all": tuple(range(1, n_layers + 1)),
    }
    if words in named:
        return named[words]
    try:
        numbers = [int(number) for number in words.split(",")]
    except ValueError:
        numbers = []
    found = {number if number >= 0 else n_layers + 1 + number for number in numbers}
    if not found or min(found) < first or max(found) > n_layers:
        raise OptionError(
            "Layers are {asked}; ask for last, last four, first and last, all, or numbers from {first} to {n} "
            "(-1 is the last).",
            asked=asked,
            first=first,
            n=n_layers,
        )
    return tuple(sorted(found))


def tokenized(texts: Sequence[str], transformer: Transformer, max_length: int) -> list[Any]:
    """Cut texts into word pieces, at most `max_length` and what the model can read, with the tokenizer's own marks."""
    tokenizer = transformer.tokenizer
    longest = min(max_length, transformer.limit)
    found = tokenizer(
        list(texts),
        truncation=True,
        max_length=longest,
        padding=False,
        return_special_tokens_mask=True,
        return_offsets_mapping=True,
        return_token_type_ids=True,
        verbose=False,
    )
    return [found[row] for row in range(len(texts))]


def batch_of(pieces: Sequence[Any], transformer: Transformer) -> Batch:
    """Put the pieces of some texts side by side, filled up on the side that the kind of model was trained with."""
    width = max(1, *(len(found.ids) for found in pieces))
    filler = transformer.tokenizer.pad_token_id or 0
    shape = (len(pieces), width)
    ids, mask = np.full(shape, filler, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    special, kinds = np.ones(shape, dtype=bool), np.zeros(shape, dtype=np.int64)
    starts, ends = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for row, found in enumerate(pieces):
        n = len(found.ids)
        if not n:
            continue
        there = slice(width - n, width) if transformer.kind in PADDED_LEFT else slice(0, n)
        ids[row, there], mask[row, there], kinds[row, there] = found.ids, 1, found.type_ids
        special[row, there] = np.array(found.special_tokens_mask, dtype=bool)
        starts[row, there], ends[row, there] = np.array(found.offsets).T
    cut = np.array([bool(found.overflowing) for found in pieces])
    return Batch(ids, mask, special, starts, ends, kinds, cut)


def run(batch: Batch, transformer: Transformer, **wanted: bool) -> Any:
    """Return the model's outputs for a batch; `output_hidden_states` or `output_attentions` say what is wanted."""
    import torch

    given = {"input_ids": batch.ids, "attention_mask": batch.mask}
    if transformer.kind in (*PADDED_LEFT, "bert"):
        given["token_type_ids"] = batch.kinds
    device = transformer.model.device
    with torch.inference_mode():
        return transformer.model(**{key: torch.from_numpy(value).to(device) for key, value in given.items()}, **wanted)


@lru_cache(maxsize=2)
def _loaded(folder: Path, name: str, sums: tuple[str, ...]) -> Transformer:
    import torch
    from transformers import AutoConfig, AutoModel, AutoModelForTextEncoding, AutoTokenizer

    with loading(name):
        config = AutoConfig.from_pretrained(folder, trust_remote_code=False)
        kind = str(config.model_type)
        if getattr(config, "is_encoder_decoder", False) and kind not in ENCODER_OF_TWO:
            raise ModelError(
                "The model {model} is of the kind {kind}, which cannot be read by layers.", model=name, kind=kind
            )
        loader = AutoModelForTextEncoding if kind in ENCODER_OF_TWO else AutoModel
        # No code from a model's folder is run, and no pickled weights are read.
        model = loader.from_pretrained(
            folder, trust_remote_code=False, use_safetensors=True, attn_implementation="eager", dtype=torch.float32
        )
        tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False, use_fast=True)
    if not getattr(tokenizer, "is_fast", False):
        raise ModelError(
            "The model {model} has no tokenizer.json, so its pieces cannot be found in a text.", model=name
        )
    tokenizer.truncation_side = "right"
    model = model.eval().to("cuda" if torch.cuda.is_available() else "cpu")
    return Transformer(name, kind, _n_layers(config), _limit(config, tokenizer), tokenizer, model)


def _within(folder: Path) -> Path:
    """Return where the transformer of a sentence-transformers folder lies."""
    inner = folder / "0_Transformer"
    return inner if inner.is_dir() and not (folder / "config.json").is_file() else folder


def _n_layers(config: Any) -> int:
    return int(config.num_hidden_layers)


def _limit(config: Any, tokenizer: Any) -> int:
    places = getattr(config, "max_position_embeddings", None)
    if isinstance(places, int) and str(config.model_type) in COUNTED_PAST_FILLING:
        places -= int(config.pad_token_id or 0) + 1
    found = [length for length in (tokenizer.model_max_length, places) if isinstance(length, int) and length > 0]
    return min(found or [512])

"""Restoring: words hidden or left out, and the heads that must say what stood there."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from segment_core.errors import ModelError
from segment_core.finetuning.opening import Model

MASKED, OTHER = 0.8, 0.9
"""Of hidden pieces, up to which share they are masked, and up to which another piece stands in; the rest stay."""
HEADS, LONGEST = 4, 512


def hide(batch: dict[str, Any], model: Model, share: float, dice: np.random.Generator) -> tuple[dict[str, Any], Any]:
    """Return a batch with some pieces hidden as BERT does (Devlin et al. 2019), and where (n, pieces).

    Raises
    ------
    ModelError
        If the tokenizer has no piece to mask by.
    """
    import torch

    mask_id = model.tokenizer.mask_token_id
    if mask_id is None:
        raise ModelError("The model {model} has no mask piece. Choose SimCSE or TSDAE.", model=model.name)
    ids = batch["input_ids"]
    own = torch.tensor(sorted(model.tokenizer.all_special_ids), device=ids.device)
    able = batch["attention_mask"].bool() & ~torch.isin(ids, own)
    thrown = torch.from_numpy(dice.random(tuple(ids.shape))).to(ids.device)
    # One at least: a batch in which nothing is hidden teaches nothing.
    places = able & (thrown < max(share, float(thrown[able].min()) + 1e-9 if bool(able.any()) else share))
    kind = torch.from_numpy(dice.random(tuple(ids.shape))).to(ids.device)
    others = torch.from_numpy(dice.integers(len(model.tokenizer), size=tuple(ids.shape))).to(ids.device)
    shown = torch.where(places & (kind < MASKED), torch.full_like(ids, mask_id), ids)
    shown = torch.where(places & (kind >= MASKED) & (kind < OTHER), others, shown)
    return {**batch, "input_ids": shown}, places


def thinned(ids: Sequence[int], share: float, model: Model, dice: np.random.Generator) -> list[int]:
    """Return pieces with a share of them left out; marks stay, and one piece at least."""
    marks = set(model.tokenizer.all_special_ids)
    words = [place for place, piece in enumerate(ids) if piece not in marks]
    if not words:
        return list(ids)
    kept = {place for place, thrown in zip(words, dice.random(len(words)), strict=True) if thrown >= share}
    kept = kept or {int(dice.choice(words))}
    return [piece for place, piece in enumerate(ids) if piece in marks or place in kept]


class MaskedHead:
    """Guess hidden pieces from the states at their places: one layer, then the model's own vectors of pieces."""

    def __init__(self, model: Model, seed: int) -> None:
        import torch

        width = model.transformer.get_input_embeddings().weight.shape[1]
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.network = torch.nn.Sequential(
                torch.nn.Linear(model.transformer.config.hidden_size, width),
                torch.nn.GELU(),
                torch.nn.LayerNorm(width),
            )
        self._model = model

    def loss(self, states: Any, pieces: Any) -> Any:
        """Return the cross-entropy of the pieces (n,) at states (n, d); of none, nothing."""
        import torch

        if not len(pieces):  # texts of nothing but marks and pieces that the model does not know
            return states.sum()
        with self._model.precision():
            scores = self.network(states) @ self._model.transformer.get_input_embeddings().weight.T
        return torch.nn.functional.cross_entropy(scores.float(), pieces)


class Decoder:
    """Write a text again, piece by piece, from nothing but its vector: one layer, the model's own vectors of pieces."""

    def __init__(self, model: Model, seed: int) -> None:
        import torch

        width = model.transformer.get_input_embeddings().weight.shape[1]
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            layer = torch.nn.TransformerDecoderLayer(width, _heads(width), 2 * width, batch_first=True)
            self.network = torch.nn.ModuleDict(
                {
                    "layer": layer,
                    "places": torch.nn.Embedding(LONGEST, width),
                    "bridge": torch.nn.Linear(model.width, width),
                }
            )
        self._model = model

    def loss(self, vectors: Any, batch: dict[str, Any]) -> Any:
        """Return the cross-entropy of each piece, given those before it and the text's vector (n, d)."""
        import torch

        pieces = self._model.transformer.get_input_embeddings()
        ids, there = batch["input_ids"], batch["attention_mask"].bool()
        n = ids.shape[1] - 1
        order = torch.arange(n, device=ids.device)
        later = torch.triu(torch.ones(n, n, dtype=torch.bool, device=ids.device), diagonal=1)
        with self._model.precision():
            written = pieces(ids[:, :-1]) + self.network["places"](order)
            told = self.network["bridge"](vectors)[:, None]
            states = self.network["layer"](written, told, tgt_mask=later, tgt_key_padding_mask=~there[:, :-1])
            scores = states[there[:, 1:]] @ pieces.weight.T
        return torch.nn.functional.cross_entropy(scores.float(), ids[:, 1:][there[:, 1:]])


def _heads(width: int) -> int:
    return next(n for n in (HEADS, 2, 1) if width % n == 0)

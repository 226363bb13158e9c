"""Opening: a sentence model made ready to be trained, and saved; its vectors let losses run through."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Floats, Progress, silent
from segment_core.encoders.models import folder_of, loading
from segment_core.errors import ModelError
from segment_core.messages import say

AT_ONCE, TOGETHER = 256, 16
"""Texts read at once, and of those that a loss compares, how many are filled up to the same length."""


class Model:
    """A sentence-transformers model of our own copy: training must not change the one that the encoders share.

    `n_read` counts the texts that steps have gone through, each as often as it came up.
    """

    def __init__(self, name: str, max_length: int) -> None:
        self.name = name
        self.net = _opened(name)
        self.device = str(self.net.device)
        self.tokenizer = self.net.tokenizer
        if not callable(self.tokenizer):
            raise ModelError("The model {model} has no tokenizer of word pieces, so it cannot be trained.", model=name)
        self.max_length = min(max_length, int(self.net.max_seq_length or max_length))
        self.half = _has_half(self.device)
        self.n_read = 0

    @property
    def transformer(self) -> Any:
        """Return the transformer inside."""
        return self.net[0].auto_model

    @property
    def width(self) -> int:
        """Return how many numbers a text's vector has."""
        return int(self.net.get_embedding_dimension())

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """Cut texts into word pieces, with the tokenizer's own marks."""
        if not texts:
            return []
        found = self.tokenizer(list(texts), truncation=True, max_length=self.max_length, padding=False)["input_ids"]
        return [list(ids) for ids in found]

    def batch(self, pieces: Sequence[Sequence[int]]) -> dict[str, Any]:
        """Return pieces as one batch, filled up to its longest text and no further: short texts cost little."""
        import torch

        width = max(1, *(len(ids) for ids in pieces))
        filler = self.tokenizer.pad_token_id or 0
        ids = torch.full((len(pieces), width), filler, dtype=torch.long)
        mask = torch.zeros((len(pieces), width), dtype=torch.long)
        for row, found in enumerate(pieces):
            ids[row, : len(found)] = torch.tensor(found, dtype=torch.long)
            mask[row, : len(found)] = 1
        return {"input_ids": ids.to(self.device), "attention_mask": mask.to(self.device)}

    def states(self, batch: dict[str, Any]) -> Any:
        """Return the last layer's states (n, pieces, d)."""
        self.n_read += len(batch["input_ids"])
        with self.precision():
            return self.net[0](dict(batch))["token_embeddings"].float()

    def vectors(self, pieces: Sequence[Sequence[int]]) -> Any:
        """Return vectors (n, d) of length 1, through which a loss can run back.

        Texts of like length are read together, so that a long one does not have all others filled up to its length.
        """
        import torch

        self.n_read += len(pieces)
        order = sorted(range(len(pieces)), key=lambda row: len(pieces[row]))
        with self.precision():  # once for all: it keeps the weights in 16 bits as long as it is open
            parts = [
                self.net(self.batch([pieces[row] for row in order[start : start + TOGETHER]]))["sentence_embedding"]
                for start in range(0, len(order), TOGETHER)
            ]
        place = torch.argsort(torch.tensor(order, device=self.device))
        return torch.nn.functional.normalize(torch.cat(parts).float()[place], dim=1)

    @contextmanager
    def precision(self) -> Iterator[None]:
        """Multiply in 16-bit numbers where the processor or the GPU does so itself: about twice as quick."""
        import torch

        with torch.autocast(self.device.split(":")[0], dtype=torch.bfloat16, enabled=self.half):
            yield

    def read(self, texts: Sequence[str], progress: Progress = silent) -> Floats:
        """Read texts as they would be read once training is over: (n, d), rows of length 1, nothing left to chance."""
        import torch

        pieces = self.pieces(texts)
        order = sorted(range(len(texts)), key=lambda row: (-len(pieces[row]), texts[row]))
        matrix = np.zeros((len(texts), self.width), dtype=np.float32)
        trained = self.net.training
        self.net.eval()
        with torch.inference_mode():
            for start in range(0, len(order), AT_ONCE):
                progress(start, len(order), say("Reading texts: {done:,} of {n:,}", done=start, n=len(order)))
                rows = order[start : start + AT_ONCE]
                matrix[rows] = self.vectors([pieces[row] for row in rows]).cpu().numpy()
        self.net.train(trained)
        return matrix

    def save(self, folder: Path) -> Path:
        """Write the model as a sentence-transformers folder, its weights in safetensors, and return that folder."""
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        self.net.eval()
        self.net.save(str(folder), create_model_card=False, safe_serialization=True)
        return folder


def read_with(name: str, texts: Sequence[str], progress: Progress = silent) -> Floats:
    """Read texts with a model by name or path, before and after training in just the same way."""
    model = Model(name, 10_000)
    return model.read(texts, progress)


def keeping_dice(seed: int) -> Callable[[int], np.random.Generator]:
    """Return what sets all dice for a step: the same step always falls the same, whatever came before it."""
    import torch

    def throw(step: int) -> np.random.Generator:
        torch.manual_seed(seed * 1_000_003 + step)
        return np.random.default_rng([seed, step])

    return throw


def _opened(name: str) -> Any:
    import torch
    from sentence_transformers import SentenceTransformer

    folder = folder_of(name)
    with loading(name):
        # No code from a model's folder is run, and no pickled weights are read.
        return SentenceTransformer(
            str(folder),
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
            device="cuda" if torch.cuda.is_available() else "cpu",
        )


def _has_half(device: str) -> bool:
    import torch

    if device != "cpu":
        return bool(torch.cuda.is_bf16_supported())
    able = torch.cpu.get_capabilities()
    return bool(able.get("amx_bf16") or able.get("avx512_bf16"))

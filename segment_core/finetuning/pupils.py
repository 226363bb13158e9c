"""Pupils: texts with their labels, drawn evenly over the labels, and the losses that pull like ones together."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Labels
from segment_core.finetuning.lessons import Task
from segment_core.finetuning.opening import Model

SHARPNESS = 16.0
"""What scores of vectors of length 1 are multiplied by, so that a classification can become sure of itself."""


class Pupil:
    """The texts of one task as word pieces; draws batches in which every label counts the same."""

    def __init__(self, model: Model, task: Task) -> None:
        self.name = task.name
        self.codes = task.codes
        self.pieces = model.pieces(task.texts)
        self.n_classes = len(task.classes)
        self._model = model
        self._rows = [np.flatnonzero(self.codes == code) for code in range(self.n_classes)]
        self._more = [np.zeros(0, dtype=np.int64)] * self.n_classes

    def learn_also(self, texts: Sequence[str], codes: Labels) -> None:
        """Learn from these texts as well; of each label half of what is drawn is still what was known before."""
        n = len(self.pieces)
        self.pieces = [*self.pieces, *self._model.pieces(texts)]
        self.codes = np.concatenate([self.codes, codes])
        self._more = [n + np.flatnonzero(codes == code) for code in range(self.n_classes)]

    def draw(self, dice: np.random.Generator, n_classes: int, n_each: int) -> NDArray[np.int64]:
        """Draw so many labels and texts of each: no text twice, unless a label has too few."""
        chosen = dice.choice(self.n_classes, min(n_classes, self.n_classes), replace=False)
        return np.concatenate([self._some(code, n_each, dice) for code in chosen])

    def fill(self, dice: np.random.Generator, batch_size: int, n_each: int = 2) -> NDArray[np.int64]:
        """Draw a batch of about so many texts: `n_each` of many labels, or more of each where labels are few."""
        n_classes = min(self.n_classes, max(2, batch_size // n_each))
        return self.draw(dice, n_classes, max(n_each, batch_size // n_classes))

    def vectors(self, rows: NDArray[np.int64]) -> Any:
        """Return these texts' vectors, through which a loss can run back."""
        return self._model.vectors([self.pieces[row] for row in rows])

    def targets(self, rows: NDArray[np.int64]) -> Any:
        """Return these texts' labels as a tensor."""
        import torch

        return torch.from_numpy(self.codes[rows]).to(self._model.device)

    def _some(self, code: int, n: int, dice: np.random.Generator) -> NDArray[np.int64]:
        rows, more = self._rows[code], self._more[code]
        n_more = min(n // 2, len(more))
        found = dice.choice(rows, min(n - n_more, len(rows)), replace=False)
        return np.concatenate([found, dice.choice(more, n_more, replace=False)]) if n_more else np.asarray(found)


def contrastive(vectors: Any, codes: Any, temperature: float) -> Any:
    """Return the supervised contrastive loss of vectors (n, d) with their labels (n,) (Khosla et al. 2020)."""
    import torch

    near = vectors @ vectors.T / temperature
    itself = torch.eye(len(near), dtype=torch.bool, device=near.device)
    near = near.masked_fill(itself, float("-inf"))
    alike = (codes[:, None] == codes[None, :]) & ~itself
    said = near - torch.logsumexp(near, dim=1, keepdim=True)
    said = torch.where(alike, said, torch.zeros_like(said)).sum(dim=1) / alike.sum(dim=1).clamp(min=1)
    met = alike.any(dim=1)
    return -said[met].mean() if bool(met.any()) else near.masked_fill(itself, 0.0).sum() * 0.0


def same_text(first: Any, second: Any, temperature: float) -> Any:
    """Return the contrastive loss of vectors (n, d) and their other selves, each row with its own (InfoNCE)."""
    import torch

    near = first @ second.T / temperature
    return torch.nn.functional.cross_entropy(near, torch.arange(len(near), device=near.device))


def classify(head: Any, vectors: Any, codes: Any) -> Any:
    """Return the cross-entropy of a linear head on vectors (n, d)."""
    import torch

    return torch.nn.functional.cross_entropy(head(SHARPNESS * vectors), codes)


def new_head(width: int, n_classes: int, seed: int) -> Any:
    """Return a linear head that starts from nothing: no label is preferred."""
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        head = torch.nn.Linear(width, n_classes)
        torch.nn.init.zeros_(head.weight)
        torch.nn.init.zeros_(head.bias)
    return head


class Reader:
    """Texts without labels in batches of like length: every text comes once before any comes again."""

    STRETCH = 20
    """Batches whose texts are sorted by length among themselves: enough to save filling, few enough to stay mixed."""

    def __init__(self, pieces: Sequence[Sequence[int]], batch_size: int, seed: int) -> None:
        self._lengths = np.array([len(ids) for ids in pieces], dtype=np.int64)
        self._size = max(2, min(batch_size, len(pieces)))
        self._seed = seed
        self._n = max(1, len(pieces) // self._size)
        self._round: tuple[int, list[NDArray[np.int64]]] = (-1, [])

    def rows(self, step: int) -> NDArray[np.int64]:
        """Return the texts of a step, whatever steps came before it."""
        number, place = divmod(step, self._n)
        if self._round[0] != number:
            self._round = (number, self._cut(number))
        return self._round[1][place]

    def _cut(self, number: int) -> list[NDArray[np.int64]]:
        dice = np.random.default_rng([self._seed, 7, number])
        order = dice.permutation(len(self._lengths))[: self._n * self._size]
        stretch = self.STRETCH * self._size
        parts = [order[start : start + stretch] for start in range(0, len(order), stretch)]
        like = np.concatenate([part[np.argsort(self._lengths[part], kind="stable")] for part in parts])
        batches = [like[start : start + self._size] for start in range(0, len(like), self._size)]
        return [batches[place] for place in dice.permutation(len(batches))]

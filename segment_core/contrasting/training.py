"""Training: a small head on frozen vectors learns to bring together what belongs together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Progress
from segment_core.contrasting.measuring import Pairs, measure
from segment_core.contrasting.pairs import Items
from segment_core.messages import say

BATCH, WIDTH = 256, 256
RATE, DECAY, DROPOUT = 3e-3, 1e-2, 0.1
LOOKED_AT_EVERY = 20
PATIENCE = 8
"""Looks at the watched pairs without a better one, after which training ends."""
LEAST_VARIANCE = 1e-6
FLOOR = 0.05
"""Part of the mean variance added to each direction's own before it is levelled out, so that noise is not blown up."""


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """The frozen vectors' own directions: their mean (d,), the directions (d, r), and the spread along each (r,)."""

    middle: NDArray[np.float64]
    directions: NDArray[np.float64]
    spread: NDArray[np.float64]

    def placed(self, matrix: Floats) -> NDArray[np.float32]:
        """Return vectors (n, r) along these directions, as far apart as before."""
        return np.asarray((matrix.astype(np.float64) - self.middle) @ self.directions, dtype=np.float32)


def space_of(matrix: Floats) -> Space:
    """Find the directions in which frozen vectors differ at all."""
    middle = matrix.astype(np.float64).mean(axis=0)
    centred = matrix.astype(np.float64) - middle
    variances, directions = np.linalg.eigh(centred.T @ centred / len(centred))
    kept = variances > LEAST_VARIANCE * variances.max()
    variances, directions = variances[kept][::-1], directions[:, kept][:, ::-1]
    return Space(middle, directions, np.sqrt(variances + FLOOR * variances.mean()))


def train(
    items: Items,
    watched: tuple[Items, Pairs],
    *,
    shape: str,
    temperature: float,
    n_steps: int,
    seed: int,
    progress: Progress,
) -> Callable[[Floats], Floats]:
    """Train the head and return it: it takes frozen vectors (n, d) and gives rows of length 1 (n, r).

    The head adds to the frozen vectors a linear map (or a map with one hidden layer) of the same vectors
    with all directions levelled out, so that a small direction can be heard. It starts as nothing. The
    loss is the supervised contrastive one (Khosla et al. 2020), which for groups of two is InfoNCE. Of all
    heads on the way, the best on `watched` pairs is kept.
    """
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    space = space_of(items.matrix)
    head = _Head(space, shape, seed, device)
    optimiser = torch.optim.AdamW(head.parts, lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, n_steps)
    random = np.random.default_rng(seed)
    dice = torch.Generator().manual_seed(seed)
    placed = torch.from_numpy(space.placed(items.matrix)).to(device)
    groups = torch.from_numpy(items.groups).to(device)
    partner = _Partners(items.groups)
    watched_items, watched_pairs = watched
    best, kept, waited = measure(head(watched_items.matrix), watched_pairs).values["auc"], head.copied(), 0
    for step in range(n_steps):
        anchors = random.choice(partner.rows, min(BATCH, len(partner.rows)), replace=False)
        rows = torch.from_numpy(np.concatenate([anchors, partner.of(anchors, random)])).to(device)
        loss = contrastive_loss(head.apply(placed[rows], dice), groups[rows], temperature)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 5 == 0:
            note = say("Learning what belongs together: loss {loss}", loss=f"{float(loss.detach()):.3f}")
            progress(step, n_steps, note)
        if (step + 1) % LOOKED_AT_EVERY == 0:
            found = measure(head(watched_items.matrix), watched_pairs).values["auc"]
            best, kept, waited = (found, head.copied(), 0) if found > best else (best, kept, waited + 1)
            if waited >= PATIENCE:
                break
    head.take(kept)
    return head


def contrastive_loss(found: Any, groups: Any, temperature: float) -> Any:
    """Return the supervised contrastive loss of rows of length 1 (n, r) with their groups (n,)."""
    import torch

    near = found @ found.T / temperature
    itself = torch.eye(len(found), dtype=torch.bool, device=found.device)
    near = near.masked_fill(itself, float("-inf"))
    alike = (groups[:, None] == groups[None, :]) & ~itself
    said = near - torch.logsumexp(near, dim=1, keepdim=True)
    said = torch.where(alike, said, torch.zeros_like(said))
    return -(said.sum(dim=1) / alike.sum(dim=1).clamp(min=1)).mean()


class _Head:
    """A residual head: what it adds to the frozen vectors is nothing at first."""

    def __init__(self, space: Space, shape: str, seed: int, device: str) -> None:
        import torch

        n = len(space.spread)
        self._space, self._device = space, device
        # Levelled out, and of length 1 on average, so that one learning rate suits any width.
        self._level = torch.from_numpy((1.0 / (space.spread * n**0.5)).astype(np.float32)).to(device)
        self._length = float(np.sqrt((space.spread**2).sum()))
        dice = torch.Generator().manual_seed(seed)
        self.parts: list[Any] = []
        if shape == "mlp":
            first = torch.randn(n, WIDTH, generator=dice) / WIDTH**0.5
            self.parts = [first.to(device).requires_grad_(), torch.zeros(WIDTH, n, device=device, requires_grad=True)]
        else:
            self.parts = [torch.zeros(n, n, device=device, requires_grad=True)]

    def __call__(self, matrix: Floats) -> Floats:
        import torch

        with torch.no_grad():
            placed = torch.from_numpy(self._space.placed(matrix)).to(self._device)
            return np.asarray(self.apply(placed, None).cpu().numpy(), dtype=np.float32)

    def apply(self, placed: Any, dice: Any) -> Any:
        """Return rows of length 1; with dice, some of what is levelled out is left out (dropout)."""
        import torch

        level = placed * self._level
        if dice is not None:
            keep = (torch.rand(level.shape, generator=dice) >= DROPOUT).to(level.device)
            level = level * keep / (1 - DROPOUT)
        added = level @ self.parts[0]
        if len(self.parts) > 1:
            added = torch.nn.functional.gelu(added) @ self.parts[1]
        return torch.nn.functional.normalize(placed / self._length + added, dim=1)

    def copied(self) -> list[Any]:
        """Return the weights as they are now."""
        return [part.detach().clone() for part in self.parts]

    def take(self, parts: list[Any]) -> None:
        """Go back to copied weights."""
        self.parts = parts


class _Partners:
    """Draws for each row another of its group."""

    def __init__(self, groups: NDArray[np.int64]) -> None:
        self._order = np.argsort(groups, kind="stable")
        _, self._first, inverse, counts = np.unique(
            groups[self._order], return_index=True, return_inverse=True, return_counts=True
        )
        self._place = np.empty(len(groups), dtype=np.int64)
        self._place[self._order] = np.arange(len(groups))
        self._group = np.empty(len(groups), dtype=np.int64)
        self._group[self._order] = inverse
        self._counts = counts
        self.rows = np.flatnonzero(counts[self._group] > 1)

    def of(self, anchors: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int64]:
        """Return one partner for each of these rows."""
        group = self._group[anchors]
        own = self._place[anchors] - self._first[group]
        step = 1 + (random.random(len(anchors)) * (self._counts[group] - 1)).astype(np.int64)
        return np.asarray(self._order[self._first[group] + (own + step) % self._counts[group]])

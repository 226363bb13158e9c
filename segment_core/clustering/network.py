"""Network: an autoencoder that folds customers into a few numbers, and the pull of its codes towards their centres."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Training

BATCH, RATE, CORRUPTED = 256, 1e-3, 0.2
MOST_AT_ONCE = 10_000
"""Rows that go through the network together where nothing is learned."""
WIDEST, NARROWEST, A_COLUMN = 500, 32, 4
"""Units of a hidden layer: this many a column, within bounds (the papers take 500)."""
N_LOOKS = 40
"""Points of the curve of pretraining."""
TOLD_EVERY = 10

Told = Callable[[int, float], None]
"""`told(step, loss)`: where the work is; it may raise to stop it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """How codes are drawn to their centres.

    `restoring`: the network goes on restoring customers, and the clustering loss counts `weight` beside that;
    else the clustering loss is all there is. The target is made anew every `every` steps, at most `most` times,
    and until no more than a part `tolerance` of the customers changes segments between two.
    """

    restoring: bool
    weight: float
    every: int
    most: int
    tolerance: float


def soft_assignment(codes: Any, centres: Any) -> Any:
    """Return q (n, k): Student's t with one degree of freedom between codes and centres, each row adding up to 1.

    Takes arrays and tensors alike (Xie, Girshick & Farhadi 2016, equation 1).
    """
    near = 1.0 / (1.0 + ((codes[:, None, :] - centres[None, :, :]) ** 2).sum(-1))
    return near / near.sum(-1)[:, None]


def target_distribution(soft: Any) -> Any:
    """Return p (n, k): q squared, so that the sure count more, over the weight of its segment (equation 3)."""
    sharpened = soft**2 / soft.sum(0)[None, :]
    return sharpened / sharpened.sum(-1)[:, None]


def divergence(target: Any, soft: Any) -> Any:
    """Return the mean over customers of the Kullback-Leibler divergence of q from p, both tensors (equation 2)."""
    import torch

    return torch.nn.functional.kl_div(soft.log(), target, reduction="batchmean")


def layers_of(width: int, n_codes: int) -> tuple[int, ...]:
    """Return the sizes of the encoder's layers, from the customers' columns to their codes."""
    hidden = min(WIDEST, max(NARROWEST, A_COLUMN * width))
    return width, hidden, hidden, n_codes


class Autoencoder:
    """Rows (n, d) to codes (n, c) and back, through as many layers up as down; the outermost are linear."""

    def __init__(self, sizes: Sequence[int], seed: int) -> None:
        import torch

        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._random = np.random.default_rng(seed)
        self._dice = torch.Generator().manual_seed(seed)
        self._down = [self._layer(one, two) for one, two in itertools.pairwise(sizes)]
        self._up = [self._layer(two, one) for one, two in itertools.pairwise(sizes)][::-1]

    def pretrain(self, rows: Floats, n_steps: int, told: Told) -> list[float]:
        """Learn to restore rows: layer by layer from corrupted input (Vincent et al. 2010), then all at once.

        Half the steps go into each. Returns the mean squared error all at once, as means of equally long stretches.
        """
        import torch

        n_layers, inside = len(self._down), self._given(rows)
        each = max(1, n_steps // (2 * n_layers))
        for number in range(n_layers):
            down, up = self._down[number], self._up[n_layers - 1 - number]
            optimiser = torch.optim.Adam([*down, *up], lr=RATE, fused=True)
            for step, picked in enumerate(self._batches(len(rows), each)):
                code = _layered(self._corrupted(inside[picked]), down, rectified=number < n_layers - 1)
                restored = _layered(self._corrupted(code), up, rectified=number > 0)
                loss = ((restored - inside[picked]) ** 2).mean()
                _descend(optimiser, loss)
                if step % TOLD_EVERY == 0:
                    told(number * each + step, float(loss.detach()))
            with torch.no_grad():
                inside = _layered(inside, down, rectified=number < n_layers - 1)
        return self._finetune(rows, n_steps - n_layers * each, n_layers * each, told)

    def codes(self, rows: Floats) -> Floats:
        """Return the codes (n, c) of rows (n, d)."""
        import torch

        with torch.no_grad():
            parts = [rows[start : start + MOST_AT_ONCE] for start in range(0, len(rows), MOST_AT_ONCE)]
            return np.concatenate([self._encoded(self._given(part)).cpu().numpy() for part in parts])

    def assigned(self, rows: Floats, centres: Floats) -> Floats:
        """Return the soft assignment (n, k) of rows (n, d) to centres (k, c) among the codes."""
        parts = [rows[start : start + MOST_AT_ONCE] for start in range(0, len(rows), MOST_AT_ONCE)]
        return np.concatenate([soft_assignment(self.codes(part), centres) for part in parts])

    def refine(self, rows: Floats, centres: Floats, pull: Pull, told: Told) -> tuple[Floats, Training]:
        """Draw codes towards their centres, and centres with them; returns where centres went, and how it fared."""
        import torch

        given, moved = self._given(rows), self._given(centres).requires_grad_()
        layers = [*self._down, *self._up] if pull.restoring else self._down
        optimiser = torch.optim.Adam([*(part for layer in layers for part in layer), moved], lr=RATE, fused=True)
        soft, curves, settled = self.assigned(rows, centres), [], False
        for update in range(pull.most):
            target, losses = self._given(target_distribution(soft)), np.zeros((pull.every, 2))
            for step, picked in enumerate(self._batches(len(rows), pull.every)):
                codes = self._encoded(given[picked])
                lost = divergence(target[picked], soft_assignment(codes, moved))
                if pull.restoring:
                    error = ((self._decoded(codes) - given[picked]) ** 2).mean()
                    _descend(optimiser, error + pull.weight * lost)
                    losses[step, 1] = float(error.detach())
                else:
                    _descend(optimiser, lost)
                losses[step, 0] = float(lost.detach())
                if step % TOLD_EVERY == 0:
                    told(update * pull.every + step, losses[step, 0])
            before, soft = soft, self.assigned(rows, moved.detach().cpu().numpy())
            changed = float((soft.argmax(axis=1) != before.argmax(axis=1)).mean())
            curves.append((*losses.mean(axis=0), changed))
            settled = changed <= pull.tolerance
            if settled:
                break
        clustering, restoring, changes = np.array(curves, dtype=np.float32).T
        if not pull.restoring:
            restoring = np.zeros(0, dtype=np.float32)
        training = Training(np.zeros(0, dtype=np.float32), clustering, restoring, changes, settled)
        return moved.detach().cpu().numpy(), training

    def _finetune(self, rows: Floats, n_steps: int, start: int, told: Told) -> list[float]:
        import torch

        given, losses = self._given(rows), []
        optimiser = torch.optim.Adam(
            [part for layer in (*self._down, *self._up) for part in layer], lr=RATE, fused=True
        )
        for step, picked in enumerate(self._batches(len(rows), n_steps)):
            loss = ((self._decoded(self._encoded(given[picked])) - given[picked]) ** 2).mean()
            _descend(optimiser, loss)
            losses.append(float(loss.detach()))
            if step % TOLD_EVERY == 0:
                told(start + step, losses[-1])
        return [float(part.mean()) for part in np.array_split(losses, N_LOOKS) if len(part)]

    def _layer(self, one: int, two: int) -> tuple[Any, Any]:
        import torch

        weight = torch.randn(one, two, generator=self._dice) * (2.0 / (one + two)) ** 0.5
        return weight.to(self._device).requires_grad_(), torch.zeros(two, device=self._device, requires_grad=True)

    def _given(self, matrix: NDArray[Any]) -> Any:
        import torch

        return torch.from_numpy(np.array(matrix, dtype=np.float32)).to(self._device)

    def _batches(self, n_rows: int, n_steps: int) -> Iterator[Any]:
        """Go through all rows in random order, again and again, until there were `n_steps` batches."""
        import torch

        size, queue = min(BATCH, n_rows), np.zeros(0, dtype=np.int64)
        for _ in range(n_steps):
            if len(queue) < size:
                queue = np.concatenate([queue, self._random.permutation(n_rows)])
            picked, queue = queue[:size], queue[size:]
            yield torch.from_numpy(picked).to(self._device)

    def _corrupted(self, clean: Any) -> Any:
        import torch

        kept = torch.rand(clean.shape, generator=self._dice) >= CORRUPTED
        return clean * kept.to(clean.device) / (1 - CORRUPTED)

    def _encoded(self, rows: Any) -> Any:
        for number, layer in enumerate(self._down, start=1):
            rows = _layered(rows, layer, rectified=number < len(self._down))
        return rows

    def _decoded(self, codes: Any) -> Any:
        for number, layer in enumerate(self._up, start=1):
            codes = _layered(codes, layer, rectified=number < len(self._up))
        return codes


def _layered(rows: Any, layer: tuple[Any, Any], *, rectified: bool) -> Any:
    weight, offset = layer
    found = rows @ weight + offset
    return found.relu() if rectified else found


def _descend(optimiser: Any, loss: Any) -> None:
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()

"""Engine: one training loop for every recipe: steps that always fall the same, and can be taken up where they ended."""

import math
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Progress
from segment_core.errors import Cancelled, ModelError
from segment_core.finetuning.checkpoints import Checkpoints, Done, curve
from segment_core.finetuning.lessons import Tuned
from segment_core.finetuning.opening import Model, keeping_dice
from segment_core.messages import say

DECAY, LONGEST_STRIDE = 1e-2, 1.0
WARM_UP = 0.1
"""Part of the steps in which the learning rate rises."""
HEAD_RATE = 10.0
"""How many times the learning rate heads get: they start from nothing, the encoder does not."""
TOLD_EVERY = 1.0


@dataclass(slots=True, eq=False)
class Course:
    """What a recipe does: `loss` of a step (a number to run back through), its texts, its weights, its memory.

    `heads` are networks beside the encoder's, needed only while it learns. `before` is called ahead of each step and
    may freeze or thaw, `after` at the end; `share` says which part of the rate a step has. `gradients` does the
    running back itself where a plain loss cannot say it, and returns the loss. `memory` are tensors that steps leave
    for later ones. Whatever is drawn must be drawn from the generator.
    """

    model: Model
    n_steps: int
    rate: float
    seed: int
    loss: Callable[[int, np.random.Generator], Any]
    heads: Mapping[str, Any] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, list[float]] = field(default_factory=dict)
    before: Callable[[int], None] | None = None
    after: Callable[[], None] | None = None
    share: Callable[[int], float] | None = None
    gradients: Callable[[int, np.random.Generator], float] | None = None


def train(course: Course, identity: str, folder: Path, progress: Progress) -> Tuned:
    """Take all steps of a course, and save the encoder into `folder`.

    AdamW (Loshchilov & Hutter 2019) with gradients cut to length 1; the rate rises over a tenth of the steps and falls
    to zero over the rest. Every step sets its dice from the seed and its own number, and every half minute all that
    later steps depend on is written down: a training that was stopped, or died, goes on from there, and ends with the
    weights that it would have had (on the same machine). `identity` tells this training from any other.

    sentence-transformers' own trainer is not used: it needs two packages more (datasets, and dill, which unpickles),
    and cannot be stopped in the middle of a step and taken up again.

    Raises
    ------
    Cancelled
        If `progress` raises it; what was learned is written down before.
    """
    import torch

    checkpoints = Checkpoints(folder, identity)
    devices = [torch.cuda.current_device()] if torch.cuda.is_available() else []
    with torch.random.fork_rng(devices=devices), _threads():
        for head in course.heads.values():
            head.to(course.model.device).train()
        course.model.net.train()
        done = _walk(course, checkpoints, progress)
        if course.after is not None:
            course.after()
    saved = course.model.save(folder / "encoder")
    parts = {name: tuple(values) for name, values in course.parts.items()}
    return Tuned(saved, tuple(done.losses), done.seconds, done.n_texts, parts)


@contextmanager
def _threads() -> Iterator[None]:
    """Add up with as many threads each time: what ran before in this process may have left another number of them."""
    import torch

    before, asked = torch.get_num_threads(), os.environ.get("OMP_NUM_THREADS", "")
    torch.set_num_threads(int(asked) if asked.isdigit() and int(asked) else os.cpu_count() or 1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _walk(course: Course, checkpoints: Checkpoints, progress: Progress) -> Done:
    import torch

    weights = _weights(course)
    optimiser = torch.optim.AdamW(_groups(course, weights), lr=course.rate, fused=course.model.device == "cpu")
    done = checkpoints.restore(weights, optimiser, course.memory, course.parts) or Done()
    throw = keeping_dice(course.seed)
    taken, told, kept, first = time.perf_counter(), 0.0, time.perf_counter(), len(done.losses)
    try:
        for step in range(first, course.n_steps):
            _set_rate(optimiser, course.rate, (course.share or _rising(course.n_steps))(step))
            if course.before is not None:
                course.before(step)
            dice = throw(step)
            optimiser.zero_grad(set_to_none=True)
            before = course.model.n_read
            done.losses.append(_backward(course, step, dice))
            done.n_texts += course.model.n_read - before
            able = [weight for weight in weights.values() if weight.grad is not None]
            stride = float(torch.nn.utils.clip_grad_norm_(able, LONGEST_STRIDE))
            if not math.isfinite(done.losses[-1] + stride):
                raise _lost(step + 1)
            optimiser.step()
            now = time.perf_counter()
            done.seconds, taken = done.seconds + now - taken, now
            if now - told >= TOLD_EVERY or step + 1 == course.n_steps:
                curve(checkpoints.folder, course.n_steps, done, course.parts)
                told = now
            _tell(course, done, progress)
            if now - kept >= checkpoints.pause:
                checkpoints.keep(weights, optimiser, course.memory, course.parts, done)
                kept = time.perf_counter()
        if first < course.n_steps:  # what is compared next may be stopped, and need not be learned again
            checkpoints.keep(weights, optimiser, course.memory, course.parts, done)
    except Cancelled:
        checkpoints.keep(weights, optimiser, course.memory, course.parts, done)
        raise
    return done


def _lost(step: int) -> ModelError:
    return ModelError(
        "At step {step:,} the loss was no number any more, so nothing was learned. Choose a lower learning rate.",
        step=step,
    )


def _backward(course: Course, step: int, dice: np.random.Generator) -> float:
    if course.gradients is not None:
        return course.gradients(step, dice)
    loss = course.loss(step, dice)
    loss.backward()
    return float(loss.detach())


def _tell(course: Course, done: Done, progress: Progress) -> None:
    n = len(done.losses)
    pace = done.seconds / n
    progress(
        n,
        course.n_steps,
        say(
            "Learning: step {step:,} of {n:,}, loss {loss}, {rate} texts a second, about {left} s left",
            step=n,
            n=course.n_steps,
            loss=f"{float(np.mean(done.losses[-10:])):.3f}",
            rate=f"{done.texts_a_second:,.0f}",
            left=f"{pace * (course.n_steps - n):,.0f}",
        ),
    )


def hill(step: int, n_steps: int) -> float:
    """Return which part of the full learning rate a step has: up over a tenth of the steps, then down to zero."""
    rising = max(1, round(WARM_UP * n_steps))
    return (step + 1) / rising if step < rising else (n_steps - step) / max(1, n_steps - rising)


def _rising(n_steps: int) -> Callable[[int], float]:
    return lambda step: hill(step, n_steps)


def _set_rate(optimiser: Any, rate: float, share: float) -> None:
    for group in optimiser.param_groups:
        group["lr"] = rate * share * group["times"]


def _weights(course: Course) -> dict[str, Any]:
    """Return all weights that may learn, by name, in an order that does not change."""
    found = {f"encoder.{name}": weight for name, weight in course.model.net.named_parameters() if weight.requires_grad}
    for head, network in sorted(course.heads.items()):
        found |= {f"{head}.{name}": weight for name, weight in network.named_parameters()}
    return found


def _groups(course: Course, weights: Mapping[str, Any]) -> list[dict[str, Any]]:
    groups = []
    for heads in (False, True):
        for decayed in (True, False):  # biases and norms are not pulled towards zero
            own = [
                weight
                for name, weight in weights.items()
                if name.startswith("encoder.") != heads and (weight.ndim > 1) == decayed
            ]
            if own:
                decay = DECAY if decayed else 0.0
                groups.append({"params": own, "weight_decay": decay, "times": HEAD_RATE if heads else 1.0})
    return groups

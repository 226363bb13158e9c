"""Few-shot contrastive: pairs from a handful of labels teach an encoder what is alike (SetFit's idea)."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from segment_core.artifacts import Progress, silent
from segment_core.choices import option
from segment_core.encoders.models import BUNDLED
from segment_core.finetuning.engine import Course, train
from segment_core.finetuning.identity import identity_of
from segment_core.finetuning.lessons import Lesson, Task, Tuned, first_task
from segment_core.finetuning.opening import Model
from segment_core.finetuning.pupils import Pupil


@dataclass(frozen=True, slots=True, kw_only=True)
class FewShotOptions:
    """Options of few-shot contrastive training."""

    model: str = option(
        BUNDLED, "Start from", offers="encoders", help="The bundled model, an encoder that was kept, or a folder."
    )
    n_labels: int = option(
        16, "Texts of each label, at most", low=2, high=1000, help="Where a label has more, so many are drawn."
    )
    n_steps: int = option(200, "Steps", low=1, high=20_000, help="How many batches of pairs it learns from.")
    n_pairs: int = option(32, "Pairs in a step", low=2, high=512, help="Half of them alike, half of them not.")
    rate: float = option(
        5e-5, "Learning rate", low=1e-7, high=1e-2, step=1e-5, help="How far each step goes, at its highest."
    )
    max_length: int = option(128, "Longest text, word pieces", low=8, high=512, help="Longer texts are read up to it.")
    seed: int = option(0, "Random seed", low=0)


def tune(
    lesson: Lesson, options: FewShotOptions = FewShotOptions(), *, folder: Path, progress: Progress = silent
) -> Tuned:
    """Draw pairs of texts with the same label and with different ones; cosines go to 1 and to 0 (Tunstall et al. 2022).

    From n labels about n² pairs can be drawn, which is why a handful is enough. Learns from the first task alone.

    Raises
    ------
    DataError
        If there are not two labels with two texts each.
    """
    import torch

    task = drawn(first_task(lesson), options.n_labels, options.seed)
    model = Model(options.model, options.max_length)
    pupil = Pupil(model, task)

    def loss(step: int, dice: np.random.Generator) -> object:
        rows, others = _pairs(pupil, options.n_pairs, dice)
        found = pupil.vectors(np.concatenate([rows, others]))
        near = (found[: len(rows)] * found[len(rows) :]).sum(dim=1)
        alike = (pupil.targets(rows) == pupil.targets(others)).float()
        return torch.nn.functional.mse_loss(near, alike)

    course = Course(model, options.n_steps, options.rate, options.seed, loss)
    return train(course, identity_of("fewshot", lesson, options), folder, progress)


def drawn(task: Task, n_each: int, seed: int) -> Task:
    """Return a task with at most so many texts of each label, drawn by the seed from texts in their own order."""
    dice = np.random.default_rng([seed, 3])
    codes = task.codes
    rows = [
        dice.choice(own, min(n_each, len(own)), replace=False)
        for own in (np.flatnonzero(codes == code) for code in range(len(task.classes)))
    ]
    kept = np.sort(np.concatenate(rows))
    return Task(task.name, tuple(task.texts[row] for row in kept), tuple(task.labels[row] for row in kept))


def _pairs(pupil: Pupil, n: int, dice: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw pairs of rows: first the alike, of as many labels as can be, then pairs of different labels."""
    n_alike = n // 2
    alike: list[np.ndarray] = []
    while sum(len(found) for found in alike) < 2 * n_alike:
        alike.append(pupil.draw(dice, n_alike, 2))
    first = np.concatenate(alike)[: 2 * n_alike].reshape(-1, 2)
    other = dice.integers(len(pupil.codes), size=(4 * n, 2))
    apart = other[pupil.codes[other[:, 0]] != pupil.codes[other[:, 1]]][: n - n_alike]
    both = np.concatenate([first, apart])
    return both[:, 0], both[:, 1]

"""Multi-task: several label columns teach one encoder at once, each as loudly as the others."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Note, Progress, silent
from segment_core.choices import option
from segment_core.encoders.models import BUNDLED
from segment_core.errors import DataError
from segment_core.finetuning.engine import Course, train
from segment_core.finetuning.identity import identity_of
from segment_core.finetuning.lessons import Lesson, Task, Tuned, checked
from segment_core.finetuning.opening import Model
from segment_core.finetuning.pupils import Pupil, new_head
from segment_core.finetuning.supervised import combined

SAMPLINGS = ("evenly", "by their texts", "between the two")


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiTaskOptions:
    """Options of multi-task training."""

    model: str = option(
        BUNDLED, "Start from", offers="encoders", help="The bundled model, an encoder that was kept, or a folder."
    )
    sampling: str = option(
        "evenly",
        "Columns come up",
        among=SAMPLINGS,
        help="Evenly, a small column is heard as often as a large one; by their texts, as often as it has texts.",
    )
    n_steps: int = option(300, "Steps", low=1, high=20_000, help="How many batches it learns from.")
    batch_size: int = option(64, "Texts in a step", low=8, high=1024, help="They are shared out among the columns.")
    rate: float = option(
        1e-4, "Learning rate", low=1e-7, high=1e-2, step=1e-5, help="How far each step goes, at its highest."
    )
    temperature: float = option(
        0.07, "Temperature", low=0.01, high=1.0, help="Of the contrast: the lower, the more the nearest texts count."
    )
    max_length: int = option(128, "Longest text, word pieces", low=8, high=512, help="Longer texts are read up to it.")
    seed: int = option(0, "Random seed", low=0)


def tune(
    lesson: Lesson, options: MultiTaskOptions = MultiTaskOptions(), *, folder: Path, progress: Progress = silent
) -> Tuned:
    """Learn all tasks of a lesson together: contrast and a head of its own for each (Caruana 1997).

    Every step holds texts of several tasks, and the losses are added, each in parts of what guessing would cost, so
    that a task with many labels does not drown the others. `parts` has the loss of each task.

    Raises
    ------
    DataError
        If there are not two tasks that can be learned; those that cannot are told.
    """
    tasks, notes = _able(lesson)
    model = Model(options.model, options.max_length)
    pupils = [Pupil(model, task) for task in tasks]
    heads = {f"head{place}": new_head(model.width, pupil.n_classes, options.seed) for place, pupil in enumerate(pupils)}
    shares = _shares(tasks, options.sampling)
    n_at_once = max(1, min(len(tasks), options.batch_size // 8))
    parts: dict[str, list[float]] = {task.name: [] for task in tasks}

    def loss(step: int, dice: np.random.Generator) -> Any:
        chosen = np.sort(dice.choice(len(tasks), n_at_once, replace=False, p=shares))
        whole: Any = 0.0
        rows = [pupils[place].fill(dice, options.batch_size // n_at_once) for place in chosen]
        # All texts of a step are read at once, whichever task they belong to.
        found = model.vectors(
            [pupils[place].pieces[row] for place, own in zip(chosen, rows, strict=True) for row in own]
        )
        start = 0
        for place, own in zip(chosen, rows, strict=True):
            vectors, codes = found[start : start + len(own)], pupils[place].targets(own)
            start += len(own)
            lost = combined(vectors, codes, heads[f"head{place}"], "both", options.temperature)
            parts[tasks[place].name].append(float(lost.detach()))
            whole = whole + lost / math.log(max(2, pupils[place].n_classes))
        return whole / n_at_once

    course = Course(model, options.n_steps, options.rate, options.seed, loss, heads=heads, parts=parts)
    made = train(course, identity_of("multitask", lesson, options), folder, progress)
    return made.having(notes=(*made.notes, *notes))


def _able(lesson: Lesson) -> tuple[list[Task], tuple[Note, ...]]:
    tasks, notes = [], []
    for task in lesson.tasks:
        try:
            tasks.append(checked(task))
        except DataError as error:
            notes.append(Note("task-left-out", error.message))
    if len(tasks) < 2:
        raise DataError(
            "Learning several columns at once needs two that can be learned; there are {found}. Choose more columns.",
            found=len(tasks),
        )
    return tasks, tuple(notes)


def _shares(tasks: list[Task], sampling: str) -> np.ndarray:
    power = {"evenly": 0.0, "by their texts": 1.0, "between the two": 0.5}[sampling]
    weights = np.array([len(task.texts) ** power for task in tasks])
    return np.asarray(weights / weights.sum())

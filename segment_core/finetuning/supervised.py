"""Supervised: labels teach an encoder, by a classification head and by drawing texts of one label together."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Progress, silent
from segment_core.choices import option
from segment_core.encoders.models import BUNDLED
from segment_core.finetuning.engine import Course, train
from segment_core.finetuning.guessing import guesses
from segment_core.finetuning.identity import identity_of
from segment_core.finetuning.lessons import Lesson, Tuned, first_task
from segment_core.finetuning.opening import Model
from segment_core.finetuning.pupils import Pupil, classify, contrastive, new_head

LOSSES = ("both", "contrast", "head")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisedOptions:
    """Options of supervised training."""

    model: str = option(
        BUNDLED, "Start from", offers="encoders", help="The bundled model, an encoder that was kept, or a folder."
    )
    loss: str = option(
        "both",
        "Learns by",
        among=LOSSES,
        help="Contrast draws texts of one label together, the head tells the labels apart; both do most.",
    )
    n_steps: int = option(240, "Steps", low=1, high=20_000, help="How many batches it learns from.")
    batch_size: int = option(64, "Texts in a step", low=4, high=1024, help="More labels meet in a larger batch.")
    rate: float = option(
        1e-4, "Learning rate", low=1e-7, high=1e-2, step=1e-5, help="How far each step goes, at its highest."
    )
    temperature: float = option(
        0.07, "Temperature", low=0.01, high=1.0, help="Of the contrast: the lower, the more the nearest texts count."
    )
    guesses: float = option(
        0.7,
        "Share of texts without a label that is guessed",
        low=0.0,
        high=1.0,
        help="Half way it labels the rest itself, and learns also from those it is surest of. 0 is none.",
    )
    max_length: int = option(128, "Longest text, word pieces", low=8, high=512, help="Longer texts are read up to it.")
    seed: int = option(0, "Random seed", low=0)


def tune(
    lesson: Lesson, options: SupervisedOptions = SupervisedOptions(), *, folder: Path, progress: Progress = silent
) -> Tuned:
    """Learn the first task's labels: cross-entropy of a linear head and supervised contrast (Khosla et al. 2020).

    Batches hold every label equally often, so that a rare one is learned too. With `guesses`, texts without a label
    get one half way (self-training, Lee 2013): it helps where labels are few and texts are many, and hurts
    where labels are about something that the texts do not say.

    Raises
    ------
    DataError
        If there are not two labels with two texts each.
    """
    task = first_task(lesson)
    model = Model(options.model, options.max_length)
    pupil = Pupil(model, task)
    head = new_head(model.width, pupil.n_classes, options.seed)
    course = Course(
        model,
        options.n_steps,
        options.rate,
        options.seed,
        labelled(pupil, head, options.loss, options.temperature, options.batch_size),
        heads={"head": head} if options.loss != "contrast" else {},
    )
    spare = sorted(set(lesson.texts) - set(task.texts) - {""})
    if options.guesses > 0 and spare:
        course.before = guesses(pupil, task.texts, spare, course, share=options.guesses, progress=progress)
    return train(course, identity_of("supervised", lesson, options), folder, progress)


def labelled(
    pupil: Pupil, head: Any, kind: str, temperature: float, batch_size: int
) -> Callable[[int, np.random.Generator], Any]:
    """Return the loss of a step on labelled texts."""

    def loss(step: int, dice: np.random.Generator) -> Any:
        rows = pupil.fill(dice, batch_size)
        return combined(pupil.vectors(rows), pupil.targets(rows), head, kind, temperature)

    return loss


def combined(vectors: Any, codes: Any, head: Any, kind: str, temperature: float) -> Any:
    """Return contrast, the head's cross-entropy, or the sum of both."""
    if kind == "contrast":
        return contrastive(vectors, codes, temperature)
    if kind == "head":
        return classify(head, vectors, codes)
    return contrastive(vectors, codes, temperature) + classify(head, vectors, codes)

"""Lessons: what an encoder may learn from, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Labels, Note
from segment_core.errors import DataError

MOST_LABELLED = 50_000
"""Labelled texts that are learned from at most: many more than the steps of a training would ever reach."""


@dataclass(frozen=True, slots=True)
class Task:
    """A column of labels: for each of these texts one label."""

    name: str
    texts: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """Return the different labels, in order of the alphabet."""
        return tuple(sorted(set(self.labels)))

    @property
    def codes(self) -> Labels:
        """Return each text's label as its place among the classes."""
        place = {label: code for code, label in enumerate(self.classes)}
        return np.array([place[label] for label in self.labels], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What to learn from: `tasks`, the one that matters first, and `texts` without a label.

    No held-out customer may be in either: what is measured on them is only worth something if they were never seen.
    """

    tasks: tuple[Task, ...] = ()
    texts: tuple[str, ...] = ()

    def everything(self) -> tuple[str, ...]:
        """Return each different text once, sorted, so that the order of rows does not matter."""
        return tuple(sorted({*self.texts, *(text for task in self.tasks for text in task.texts)} - {""}))


@dataclass(frozen=True, slots=True, eq=False)
class Tuned:
    """An encoder after training: the folder it was saved to, the loss of each step, and the seconds it took.

    `parts` holds further curves by name, such as the loss of each task.
    """

    folder: Path
    losses: tuple[float, ...]
    seconds: float
    n_texts: int
    parts: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def having(self, **parts: Any) -> "Tuned":
        """Return a copy with these parts replaced."""
        return replace(self, **parts)


def first_task(lesson: Lesson, *, at_least: int = 2) -> Task:
    """Return the task that matters, in the order of its texts.

    Raises
    ------
    DataError
        If there is none, or it has fewer than two classes with at least so many texts each.
    """
    if not lesson.tasks:
        raise DataError("This recipe learns from labels, and there are none. Choose a label column or the segments.")
    return checked(lesson.tasks[0], at_least=at_least)


def checked(task: Task, *, at_least: int = 2) -> Task:
    """Return a task in the order of its texts, without the classes that have fewer than so many different texts.

    Of more than `MOST_LABELLED` texts so many are taken, of every label evenly over the alphabet.

    Raises
    ------
    DataError
        If fewer than two classes are left.
    """
    pairs = sorted({(text, label) for text, label in zip(task.texts, task.labels, strict=True) if text and label})
    sizes: dict[str, int] = {}
    for _, label in pairs:
        sizes[label] = sizes.get(label, 0) + 1
    kept = _thinned([(text, label) for text, label in pairs if sizes[label] >= at_least])
    if len({label for _, label in kept}) < 2:
        raise DataError(
            "{name} cannot be learned: it needs two labels with {needed} different texts each; there are {found}.",
            name=task.name,
            needed=at_least,
            found=len({label for _, label in kept}),
        )
    return Task(task.name, tuple(text for text, _ in kept), tuple(label for _, label in kept))


def _thinned(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    if len(pairs) <= MOST_LABELLED:
        return pairs
    by_label: dict[str, list[tuple[str, str]]] = {}
    for pair in pairs:
        by_label.setdefault(pair[1], []).append(pair)
    most = max(2, MOST_LABELLED // len(by_label))
    return sorted(pair for own in by_label.values() for pair in own[:: -(-len(own) // most)])

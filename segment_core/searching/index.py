"""Index: every sentence of a study as a vector, read once by the study's own encoder, and who reads a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Note, Progress, Step
from segment_core.choices import options_from_json, options_to_json
from segment_core.encoders import ENCODERS, FOLDS, Fold, contents, full
from segment_core.encoders.student import StudentOptions
from segment_core.language import by_language
from segment_core.messages import say
from segment_core.searching.passages import Passages
from segment_core.stages import Clock, Keep, fingerprint, kept
from segment_core.study import Study

MOST = 300_000
"""Different sentences that are read; of more, so many are drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Sentences that one encoder reads: their rows in `Passages.distinct`, their vectors (n, d) float16 of length 1.

    `centre` (d,) is what all of them share, which is taken away before they are compared. `terms` and `brought` are the
    `Fold` by which words learned from these sentences read a question; without terms the encoder itself does.
    """

    language: str
    made_by: Step
    rows: NDArray[np.int64]
    matrix: NDArray[np.float16]
    centre: Floats
    terms: tuple[str, ...]
    brought: Floats
    paired: bool

    def ask(self, question: str, secrets: Mapping[str, str], progress: Progress) -> Floats:
        """Return the vector (d,) of a question in this part's space.

        A student's sentences lie where its teacher would put them, so the teacher reads the question.
        """
        if self.made_by.name in FOLDS:
            return np.asarray(Fold(self.terms, self.brought, self.paired).read([question])[0])
        if self.made_by.name == "student":
            teacher = options_from_json(StudentOptions, dict(self.made_by.options)).model
            return np.asarray(full.read([question], teacher, progress).matrix[0])
        return np.asarray(_encode(self.made_by, [question], secrets, progress)[0][0], dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """All sentences of a study as vectors, part by part; `notes` say what was left out."""

    parts: tuple[Part, ...]
    notes: tuple[Note, ...] = ()


def index_key(study: Study, passages: Passages) -> str:
    """Return the fingerprint of a study's index: its sentences and who reads them."""
    step = study.plan.encoder
    readers = [(reading.language, _plain(reading.made_by)) for reading in study.readings or ()]
    files = [contents(value) for value in step.options.values() if isinstance(value, str)]
    return fingerprint("search index", list(passages.distinct), readers, _plain(step), files, study.plan.seed)


def index_of(
    study: Study, passages: Passages, progress: Progress, *, keep: Keep | None = None, secrets: Mapping[str, str]
) -> Index:
    """Read every sentence by whoever read the texts of its language in the study, or take what was read before.

    Sentences are read and not whole texts, because one complaint in a long review is easily drowned. Of more than
    300,000 different ones as many are drawn by the plan's seed.

    Raises
    ------
    ModelError
        If an encoder cannot be loaded.
    """
    key = index_key(study, passages)
    return kept(keep, key, Index, lambda: _made(study, passages.distinct, progress, secrets))


def _made(study: Study, distinct: Sequence[str], progress: Progress, secrets: Mapping[str, str]) -> Index:
    notes: list[Note] = []
    drawn = list(range(len(distinct)))
    if len(distinct) > MOST:
        drawn = sorted(np.random.default_rng(study.plan.seed).permutation(len(distinct))[:MOST].tolist())
        left = len(distinct) - MOST
        message = say("Sentences that are not searched by meaning, for there are too many: {n:,}.", n=left)
        notes.append(Note("not-searched", message, left, "warning"))
    place = {distinct[row]: row for row in drawn}
    groups: Mapping[str, Sequence[str]] = {"": [distinct[row] for row in drawn]}
    if study.plan.encoder.name == "auto":
        groups, unread = by_language([distinct[row] for row in drawn])
        notes += unread
    clock = Clock(progress, {language: float(len(group)) for language, group in groups.items()})
    parts = []
    for language, group in groups.items():
        if not group:
            continue
        with clock.stage(language) as told:
            matrix, made_by, fold = _encode(reader(study, language), group, secrets, told)
        rows = np.array([place[text] for text in group], dtype=np.int64)
        centre = np.asarray(matrix.mean(axis=0, dtype=np.float64), dtype=np.float32)
        learned = (fold.terms, fold.brought, fold.paired)
        parts.append(Part(language, made_by, rows, matrix.astype(np.float16), centre, *learned))
    return Index(tuple(parts), tuple(notes))


def reader(study: Study, language: str) -> Step:
    """Return who read this language in the study, or who would read it."""
    known = {reading.language: reading.made_by for reading in study.readings or ()}
    if language in known:
        return known[language]
    asked = study.plan.encoder
    return replace(asked, options=options_to_json(study.plan.options("encoder")))


def _encode(
    step: Step, texts: Sequence[str], secrets: Mapping[str, str], progress: Progress
) -> tuple[Floats, Step, Fold]:
    """Read texts; where words are learned from these very texts, return what they bring as well."""
    choice = ENCODERS[step.name]
    options: Any = options_from_json(choice.options, dict(step.options))
    if step.name in FOLDS:
        matrix, fold = FOLDS[step.name](texts, options, progress)
        return matrix, step, fold
    more: dict[str, Any] = {name: {"secrets": dict(secrets)}[name] for name in choice.asks}
    read = choice.run(texts, options, progress, **more)
    if read.made_by.name in FOLDS:  # the automatic encoder chose words
        return _encode(read.made_by, texts, secrets, progress)
    return _unit(read.matrix), read.made_by, Fold.none()


def _unit(matrix: Floats) -> Floats:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _plain(step: Step) -> dict[str, Any]:
    return {"name": step.name, "options": dict(step.options)}

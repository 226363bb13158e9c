"""Reading: what new customers wrote, placed in the block of texts as if it had been read with the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from segment_core.artifacts import Customers, Floats, Note, Progress, Reading, Scorer, Step, Way, silent
from segment_core.encoders import ENCODERS, Fold, contents, full
from segment_core.errors import MissingExtraError, ModelError
from segment_core.features import text
from segment_core.features.ways import STUDENT
from segment_core.language import languages_of
from segment_core.messages import say
from segment_core.plan import Plan

BLOCK = "text"


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Features (n, width) of blocks that a reader makes, zero elsewhere; `known` are the blocks that were made so."""

    matrix: Floats
    known: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()


def read(scorer: Scorer, customers: Customers, readings: Sequence[Reading], progress: Progress = silent) -> Held:
    """Read what customers wrote by whoever read the texts that the scorer was fitted to; nothing is sent or fetched.

    Only columns that were read then are read now. Who wrote nothing, or in a language that nobody read, stands at the
    centre. A reader that is not here, or is not the same any more, reads nobody, and a note says so.
    """
    made = scorer.transform
    matrix = np.zeros((len(customers), len(made.sources)), dtype=np.float32)
    block = next((share for share in made.held if share.name == BLOCK), None)
    if block is None or not made.ways or not set(block.columns) & set(customers.frame.columns):
        return Held(matrix)
    own = tuple(one for one in customers.columns if one.role != "text" or one.name in block.columns)
    texts = text.texts_of(replace(customers, columns=own))
    spoken = _languages(texts, readings)
    notes: list[Note] = []
    known = 0
    for way in made.ways:
        rows = np.array([row for row, one in enumerate(spoken) if one == way.language], dtype=np.int64)
        if not len(rows):
            continue
        try:
            vectors = _vectors(way, [texts[row] for row in rows], progress)
        except (ModelError, MissingExtraError) as error:
            notes.append(Note("unread", error.message, len(rows), "warning"))
            continue
        placed = (vectors - way.middle) @ way.turns
        matrix[rows, way.start : way.start + placed.shape[1]] = placed
        known += len(rows)
    n_written = sum(bool(one) for one in texts)
    if known < n_written:
        message = say(
            "Texts of {n:,} customers could not be read as those of the segments were; they count as silence.",
            n=n_written - known,
        )
        notes.append(Note("unread", message, n_written - known, "warning"))
    return Held(matrix, frozenset({BLOCK}) if known or not n_written else frozenset(), tuple(notes))


def _languages(texts: Sequence[str], readings: Sequence[Reading]) -> list[str | None]:
    """Return whose way each text goes, as when the first were read; None for silence."""
    if len(readings) == 1 and not readings[0].language:
        return ["" if one else None for one in texts]
    first = readings[0].language if readings else ""
    own = {reading.language for reading in readings}
    found = languages_of(texts)
    named = [one or first for one in found]
    return [(one if one in own else "other") if text else None for text, one in zip(texts, named, strict=True)]


def _vectors(way: Way, texts: Sequence[str], progress: Progress) -> Floats:
    """Return vectors of texts, each distinct one read once."""
    distinct = sorted(set(texts))
    place = {one: row for row, one in enumerate(distinct)}
    if way.brought is not None:
        found = Fold(way.terms, way.brought, paired=True).read(distinct)
    else:
        found = _read(way.reader, way.digest, distinct, progress)
    if found.shape[1] != len(way.middle):
        raise _another(way.reader)
    return found[[place[one] for one in texts]]


def _read(step: Step, digest: str, texts: Sequence[str], progress: Progress) -> Floats:
    values = [value for value in step.options.values() if isinstance(value, str)]
    if "".join(map(contents, values)) != digest:
        raise _another(step)
    plan = Plan(encoder=step)
    options = plan.options("encoder")
    if step.name == STUDENT:
        return full.read(texts, options.model, progress).matrix
    found: Floats = ENCODERS[step.name].run(texts, options, progress).matrix
    return found


def _another(step: Step) -> ModelError:
    return ModelError(
        "The model {model} that read the texts of the segments is not here, or is another one by now.",
        model=str(step.options.get("model", step.name)),
    )

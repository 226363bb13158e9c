"""Judging: an encoder before and after, on customers held out: labels told apart, and segments that come back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Customers, Floats, Progress, silent
from segment_core.features import blend, structured, text
from segment_core.finetuning import Lesson, Task
from segment_core.finetuning.measuring import MOST_HELD, MOST_LEARNED, Measured, Sight, measured, verdict
from segment_core.finetuning.opening import read_with
from segment_core.measuring import again_with
from segment_core.messages import Message, say
from segment_core.metrics.space import drawn
from segment_core.metrics.stability import best_overlaps
from segment_core.store import Figure
from segment_core.study import Study
from segment_core.tuning.sources import is_held

N_HALVES, MOST_CUSTOMERS = 8, 600


def figures(
    study: Study,
    learned: Lesson,
    held: Lesson,
    names: tuple[str, str],
    *,
    n_tasks: int,
    progress: Progress,
    seed: int,
) -> tuple[Figure, ...]:
    """Compare two encoders, by name or folder, on every one of the first `n_tasks` tasks and on the study's segments.

    At most 4,000 labelled texts are learned from and 2,000 held-out ones measured on, drawn by the seed. Segments are
    those of customers that were not learned from either.
    """
    pairs = [
        (_some(one, MOST_LEARNED, seed), _some(other, MOST_HELD, seed))
        for one, other in zip(learned.tasks[:n_tasks], held.tasks[:n_tasks], strict=True)
    ]
    said = text.texts_of(study.customers)
    rows = _unseen(study, said, frozenset(learned.everything()), seed)
    spoken = [said[row] for row in rows]
    texts = sorted({*spoken, *(found for pair in pairs for task in pair for found in task.texts)} - {""})
    place = {found: row for row, found in enumerate(texts)}
    read = [read_with(name, texts, _third(progress, number)) for number, name in enumerate(names)]
    found: list[Figure] = []
    for one, other in pairs:
        known, asked = _codes(one, other)
        sights = [Sight(_of(matrix, place, one.texts), _of(matrix, place, asked[0])) for matrix in read]
        found += [_figure(told, one.name) for told in measured(sights[0], sights[1], known, asked[1], seed)]
    steady = stability(study, rows, [_of(matrix, place, spoken) for matrix in read], seed, _third(progress, 2))
    return (*found, *([steady] if steady else []))


def stability(
    study: Study, rows: NDArray[np.int64], vectors: Sequence[Floats], seed: int, progress: Progress = silent
) -> Figure | None:
    """Say whether the segments would come back with other customers, by the old vectors and by the new ones.

    Eight halves of the customers are cut as the study was, and once more as drawn from again with replacement
    (Hennig 2007); each half twice, with the same draws for both encoders.
    None where the study's segments take no notice of texts, or the cuts leave customers out.
    """
    if study.clustering is None or not study.resolved.weights.get("text", 1.0) or len(rows) < MOST_CUSTOMERS // 20:
        return None
    some = replace(study.customers, frame=study.customers.frame.iloc[rows], said=None)
    n = len(vectors) * N_HALVES

    def told(start: int, half: int) -> None:
        number = start + half
        progress(number, n, say("Cutting customers again: {done:,} of {n:,} times", done=number, n=n))

    before, after = (
        _overlaps(study, some, matrix, seed, partial(told, number * N_HALVES)) for number, matrix in enumerate(vectors)
    )
    both = np.isfinite(before + after).all(axis=1)
    if both.sum() < N_HALVES // 2:
        return None
    before, after = before[both], after[both]
    gap, spread = float(after.mean() - before.mean()), spread_of(after - before)
    return Figure(
        "stability",
        "",
        round(float(before.mean()), 4),
        round(float(after.mean()), 4),
        round(spread, 4),
        verdict(gap, spread, len(rows)),
        len(rows),
    )


_MADE = ("topics", "graph", "traits", "vectors")
"""Blocks that are left out of the comparison: they are not made of this encoder's vectors, or take too long."""


def _overlaps(
    study: Study, customers: Customers, matrix: Floats, seed: int, told: Callable[[int], None]
) -> NDArray[np.float64]:
    """Return how much the segments of each half overlap with those of customers drawn from it (halves, twice).

    NaN where it cannot be said.
    """
    found = np.full((N_HALVES, 2), np.nan)
    assert study.clustering is not None
    languages = ["" if bool(vector.any()) else None for vector in matrix]
    block = text.extract(customers, matrix, languages)
    if block is None:
        return found
    blocks = [*(made for made in structured(customers) if made.name not in _MADE), block]
    weights = study.resolved.weights
    features = blend(blocks, {made.name: weights[made.name] for made in blocks if made.name in weights})
    again = again_with(study.clustering, _given(customers))
    for number in range(N_HALVES):
        told(number)
        dice = np.random.default_rng([seed, number])
        rows = np.sort(dice.permutation(len(customers))[: len(customers) // 2])
        for turn in range(2):
            labels = again(drawn(features, rows), int(dice.integers(2**31)), rows)
            some = np.unique(dice.integers(len(rows), size=len(rows)))
            new = again(drawn(features, rows[some]), int(dice.integers(2**31)), rows[some])
            n = int(labels.max()) + 1
            if n > 1 and min(labels.min(), new.min()) >= 0:
                sizes = np.bincount(labels, minlength=n)
                found[number, turn] = np.average(best_overlaps(labels[some], new, n), weights=sizes)
    return found


def spread_of(gaps: NDArray[np.float64]) -> float:
    """Return the standard error of the mean of gaps (halves, twice).

    It is the spread over the halves, which tells how much hangs on who was held out (a delete-half jackknife, Shao &
    Wu 1989), and what is left after so many turns of that between the two turns of a half, which is chance alone.
    """
    chance = float(np.mean((gaps[:, 0] - gaps[:, 1]) ** 2)) / 2
    halves = float(gaps.mean(axis=1).var(ddof=1))
    return float(np.sqrt(max(halves - chance / 2, 0.0) + max(chance / gaps.size, halves / len(gaps))))


def _given(customers: Customers) -> dict[str, Any]:
    return {
        "customers": customers,
        "ids": customers.frame.index.to_numpy().astype(str),
        "values": {name: customers.frame[name].to_numpy(np.float64) for name in customers.named("money")},
        "speech": None,
        "secrets": {},
    }


def _unseen(study: Study, said: Sequence[str], seen: Collection[str], seed: int) -> NDArray[np.int64]:
    """Draw customers whose texts were not learned from, and as large a part of those who wrote nothing.

    They are drawn in the order of their ids, so that the order of rows does not matter.
    """
    ids = study.customers.frame.index.astype(str).to_numpy()
    order = np.argsort(ids, kind="stable")
    order = order[[said[row] not in seen if said[row] else is_held(ids[row]) for row in order]]
    if len(order) > MOST_CUSTOMERS:
        order = order[np.random.default_rng([seed, 11]).permutation(len(order))[:MOST_CUSTOMERS]]
    return np.sort(order)


def _some(task: Task, most: int, seed: int) -> Task:
    pairs = sorted(set(zip(task.texts, task.labels, strict=True)))
    if len(pairs) > most:
        kept = np.sort(np.random.default_rng([seed, 13]).permutation(len(pairs))[:most])
        pairs = [pairs[row] for row in kept]
    return Task(task.name, tuple(found for found, _ in pairs), tuple(label for _, label in pairs))


def _codes(learned: Task, held: Task) -> tuple[NDArray[np.int64], tuple[tuple[str, ...], NDArray[np.int64]]]:
    """Return codes of both; held-out texts whose label was never learned are left out."""
    place = {label: code for code, label in enumerate(learned.classes)}
    asked = [(found, place[label]) for found, label in zip(held.texts, held.labels, strict=True) if label in place]
    return learned.codes, (tuple(found for found, _ in asked), np.array([code for _, code in asked], dtype=np.int64))


def _of(matrix: Floats, place: Mapping[str, int], texts: Sequence[str]) -> Floats:
    """Return the vectors of some texts; zeros where there is no text."""
    rows = np.array([place.get(found, -1) for found in texts], dtype=np.int64)
    if not len(rows):
        return matrix[:0]
    return np.asarray(np.where(rows[:, None] >= 0, matrix[rows], np.float32(0)), dtype=np.float32)


def _figure(told: Measured, about: str) -> Figure:
    return Figure(told.name, about, told.before, told.after, told.spread, told.verdict, told.n)


def _third(progress: Progress, number: int) -> Progress:
    def told(done: float, total: float, note: Message) -> None:
        progress(number + done / max(1.0, total), 3.0, note)

    return told

"""Pairs: which customers are asked about next, and what was answered, as rows of the study."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from segment_core.artifacts import PairAnswer, Pieces, Progress
from segment_core.errors import DataError
from segment_core.feedback import Answer, Question, cut_into_pieces, kappa, questions
from segment_core.messages import say
from segment_core.store import Workspace
from segment_core.study import Study


def prepare(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Cut the segments of a study into the pieces that are asked about, and keep them with it.

    `args`: workspace (path), study (id). Returns {"study": id}.
    """
    workspace, study_id = Workspace(Path(args["workspace"])), str(args["study"])
    progress(0.0, 1.0, say("Looking for customers to ask about"))
    study = workspace.load_study(Study, study_id)
    made = pieces_of(study)
    now, saved = workspace.study_and_entry(Study, study_id)
    if now.run != study.run:
        raise DataError("The segments were made anew meanwhile. Start again.")
    workspace.save_study(study_id, now.having(pieces=made), summary=dict(saved.summary))
    return {"study": study_id}


def pieces_of(study: Study) -> Pieces:
    """Return the pieces of a study's segments.

    Raises
    ------
    DataError
        If there are no segments.
    """
    if study.clustering is None or study.features is None:
        raise DataError("There are no segments yet. Find segments first.")
    return study.pieces or cut_into_pieces(study.features.matrix, study.clustering.labels, study.plan.seed)


def answered(study: Study, *, by_model: bool | None = None) -> list[Answer]:
    """Return the answers about customers who are there, as rows; of the same pair the latest, a person's first."""
    found: dict[frozenset[int], tuple[PairAnswer, Answer]] = {}
    for answer, rows in _rows(study, study.answers):
        if answer.same is not None and by_model in (None, answer.by_model):
            before = found.get(frozenset(rows))
            if before is None or before[0].by_model or not answer.by_model:
                found[frozenset(rows)] = (answer, Answer(*rows, answer.same))
    return [answer for _, answer in found.values()]


def next_pairs(study: Study, n: int = 1, but: Sequence[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """Return the ids of the next pairs to ask about, `but` for some; none where the pieces were not made yet.

    What a language model answered is asked of a person only where it surprises, by two others like them.
    """
    if study.pieces is None:
        return []
    skips = [*study.answers, *(PairAnswer(one, other, None, "") for one, other in but)]
    skipped = [Question(*rows) for answer, rows in _rows(study, skips) if answer.same is None]
    ids = study.customers.frame.index.astype(str)
    return [(ids[pair.one], ids[pair.other]) for pair in questions(study.pieces, n, answered(study), skipped)]


def said(study: Study, one: str, other: str, same: bool | None, author: str = "") -> Study:
    """Return the study with one more answer, in place of what the same author said of the pair; None skips it."""
    at, pair = datetime.now(UTC).isoformat(timespec="seconds"), {one, other}
    before = (answer for answer in study.answers if answer.author != author or {answer.one, answer.other} != pair)
    return replace(study, answers=(*before, PairAnswer(one, other, same, at, author)))


def latest(study: Study, author: str = "") -> PairAnswer | None:
    """Return the latest answer of a person, of this one if named, or None."""
    return next((one for one in reversed(study.answers) if not one.by_model and author in ("", one.author)), None)


def unsaid(study: Study, author: str = "") -> Study:
    """Return the study without a person's latest answer, and without what a model was tested with on that pair."""
    last = latest(study, author)
    if last is None:
        return study
    pair = {last.one, last.other}
    gone = [one for one in study.answers if one is last or (one.by_model and {one.one, one.other} == pair)]
    return replace(study, answers=tuple(one for one in study.answers if one not in gone))


def unmodelled(study: Study) -> Study:
    """Return the study without anything that a language model answered."""
    return replace(study, answers=tuple(one for one in study.answers if not one.by_model))


def agreement(study: Study, author: str = "") -> tuple[float | None, int]:
    """Return Cohen's kappa of people and a model on the pairs that both answered, and how many these are.

    `author` names the model as its answers do; "" is the one that answered last.
    """
    author = author or next((answer.author for answer in reversed(study.answers) if answer.by_model), "")
    person = _said(answer for answer in study.answers if not answer.by_model)
    model = _said(answer for answer in study.answers if answer.by_model and answer.author == author)
    both = sorted(person.keys() & model.keys(), key=sorted)
    return kappa([person[pair] for pair in both], [model[pair] for pair in both]), len(both)


def _said(answers: Iterable[PairAnswer]) -> dict[frozenset[str], bool]:
    return {frozenset((answer.one, answer.other)): answer.same for answer in answers if answer.same is not None}


def _rows(study: Study, answers: Sequence[PairAnswer]) -> list[tuple[PairAnswer, tuple[int, int]]]:
    place = {id_: row for row, id_ in enumerate(study.customers.frame.index.astype(str))}
    return [
        (answer, (place[answer.one], place[answer.other]))
        for answer in answers
        if answer.one in place and answer.other in place
    ]

"""Receipts: what answers about pairs would change, measured before anybody decides; and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from segment_core.artifacts import Compared, Labels, Move, Pieces, Progress, Receipt, Score, silent
from segment_core.composition import Composed
from segment_core.errors import DataError
from segment_core.feedback import counting, judge
from segment_core.improving.pairs import answered, pieces_of
from segment_core.improving.recording import FROM_ANSWERS, recorded
from segment_core.improving.shaping import shaped
from segment_core.journey import given_to
from segment_core.measuring import measured
from segment_core.store import Workspace
from segment_core.study import Study

FEWEST = 8
"""Answers below which nothing can be told."""
TELLING = 0.3
"""About the part of the time that judging takes, before anything is measured."""
KNOWN = 0.6
"""Part of a segment that is left when it is surely known again: of its witnesses, who are some, half have to be."""


def learn(args: Mapping[str, Any], secrets: Mapping[str, str], progress: Progress) -> dict[str, Any]:
    """Learn from the answers of a study, and keep a receipt of what that would change with it; it changes nobody.

    `args`: workspace (path), study (id). Returns {"study": id}.
    """
    workspace, study_id = Workspace(Path(args["workspace"])), str(args["study"])
    study = workspace.load_study(Study, study_id)
    made = receipt_of(study, progress)
    latest, saved = workspace.study_and_entry(Study, study_id)
    if latest.run != study.run:
        raise DataError("The segments were made anew meanwhile. Learn from the answers again.")
    kept = latest.having(receipts=(*latest.receipts, made))
    if kept.pieces is None:
        kept = kept.having(pieces=pieces_of(study))
    workspace.save_study(study_id, kept, summary=dict(saved.summary))
    return {"study": study_id}


def receipt_of(study: Study, progress: Progress = silent) -> Receipt:
    """Return what the answers of a study would change, how sure it is that it helps, and what each score would be.

    Raises
    ------
    DataError
        If there are no segments, or too few answers.
    """
    pieces, answers = pieces_of(study), answered(study)
    if len(answers) < FEWEST:
        raise DataError(
            "There are {n} answers, and {needed} are needed before anything can be learned. Answer more questions.",
            n=len(answers),
            needed=FEWEST,
        )
    trial = judge(pieces, answers, lambda done, total, note: progress(TELLING * done / total, 1.0, note))
    moves = moves_of(study, pieces, trial.places)
    by_people = len(answered(study, by_model=False))
    receipt = Receipt(
        datetime.now(UTC).isoformat(timespec="seconds"),
        study.run,
        trial.n_answers,
        trial.n_answers - by_people,
        trial.judgement,
        trial.before,
        trial.after,
        trial.helped,
        trial.harmed,
        trial.luck,
        trial.doubt,
        moves,
        names={found.segment: found.name for found in study.personas.personas} if study.personas else {},
    )
    return replace(receipt, scores=_compared(study, receipt, progress)) if moves else receipt


def moves_of(study: Study, pieces: Pieces, places: Labels) -> tuple[Move, ...]:
    """Return who would go where if pieces were in these places (m,); new segments are "N1", "N2", ….

    Ids go by whom they hold: as many customers as can be stay in the segment where they are.
    """
    assert study.clustering is not None
    ids = [segment.id for segment in study.clustering.segments]
    labels, now = _homed(places[pieces.of], study.clustering.labels), study.clustering.labels
    new = [int(place) for place in np.unique(labels) if place >= len(ids)]
    target = dict(enumerate(ids)) | {place: f"N{number}" for number, place in enumerate(new, 1)}
    customers = study.customers.frame.index.astype(str).to_numpy()
    found = []
    for start, end in sorted({(int(a), int(b)) for a, b in zip(now, labels, strict=True) if a != b}):
        going = (now == start) & (labels == end)
        gone = bool((labels[now == start] == end).all())
        found.append(Move(ids[start], target[end], tuple(customers[going].tolist()), gone))
    return tuple(found)


def _homed(labels: Labels, now: Labels) -> Labels:
    """Return labels (n,) of the same customers with such numbers that as many as can be keep theirs, others new ones.

    So nobody moves only because a segment got another number, and no segment is known by those who come to it.
    """
    from scipy.optimize import linear_sum_assignment

    places, own = np.unique(labels, return_inverse=True)
    k = int(now.max()) + 1
    staying = np.zeros((len(places), k))
    np.add.at(staying, (own, now), 1.0)
    # Of two ways in which as many stay, the one with the numbers as they are.
    rows, homes = linear_sum_assignment(staying + (places[:, None] == np.arange(k)) / 2, maximize=True)
    numbers = np.full(len(places), -1)
    numbers[rows] = np.where(staying[rows, homes] > 0, homes, -1)
    new = numbers < 0
    numbers[new] = k + np.arange(int(new.sum()))
    return np.asarray(numbers[own], dtype=np.int64)


def kept(study: Study, place: int, author: str = "") -> Study:
    """Return the study with the moves of a receipt in its ledger of edits, where they wait to be replayed.

    Raises
    ------
    DataError
        If the receipt is of other segments than the study has now.
    """
    receipt = study.receipts[place]
    if receipt.run != study.run:
        raise DataError("This receipt is of segments that were made anew since. Learn from the answers again.")
    return _decided(_recorded(study, receipt, author), place, "kept")


def discarded(study: Study, place: int) -> Study:
    """Return the study with a receipt put aside; the answers stay."""
    return _decided(study, place, "discarded")


def standing(study: Study, receipt: Receipt) -> tuple[int, int]:
    """Return how many edits of a receipt that was kept still count, and how many there were."""
    edits = study.edits
    places = {
        place
        for place, edit in enumerate(edits)
        if edit.what in ("split", "move", "merge") and edit.run == receipt.run and edit.value == _said(receipt)
    }
    return len(places & {place for place, _ in counting(edits)}), len(places)


def _said(receipt: Receipt) -> str:
    return f"{FROM_ANSWERS}, {receipt.n_answers}"


def _decided(study: Study, place: int, what: Any) -> Study:
    receipts = list(study.receipts)
    receipts[place] = replace(receipts[place], decided=what)
    return replace(study, receipts=tuple(receipts))


def _recorded(study: Study, receipt: Receipt, author: str) -> Study:
    """Write moves into the ledger: first who makes new segments, then single moves, then segments that go whole.

    Segments are known again by those who were in them, so who goes to one that most will leave goes there before that.
    """
    said = _said(receipt)
    for part in _in_order(study, receipt.moves):
        customers = sorted(id_ for move in part for id_ in move.customers)
        end, start = part[0].end, part[0].start
        if end.startswith("N"):
            study = recorded(study, "split", customers=customers, value=said, author=author)
        elif part[0].whole:
            study = recorded(study, "merge", segment=end, others=(start,), value=said, author=author)
        else:
            study = recorded(study, "move", customers=customers, segment=end, value=said, author=author)
    return study


def _in_order(study: Study, moves: Sequence[Move]) -> list[list[Move]]:
    """Return what becomes one entry of the ledger each, in an order in which every segment is still known."""
    assert study.clustering is not None
    new: dict[str, list[Move]] = {}
    for move in moves:
        if move.end.startswith("N"):
            new.setdefault(move.end, []).append(move)
    inside = sorted((move for move in moves if not move.end.startswith("N")), key=lambda move: move.whole)
    waiting = [*new.values(), *([move] for move in inside)]
    sizes = {segment.id: segment.size for segment in study.clustering.segments}
    left, found = dict(sizes), []

    def unknown(part: list[Move]) -> bool:
        awaited = {other[0].end for other in waiting}
        after = {move.start: left[move.start] - len(move.customers) for move in part if move.start in awaited}
        return any(n < KNOWN * sizes[start] for start, n in after.items())

    while waiting:
        free = [part for part in waiting if not unknown(part)]
        found.append(free[0] if free else min(waiting, key=lambda part: sum(len(move.customers) for move in part)))
        waiting.remove(found[-1])
        for move in found[-1]:
            left[move.start] -= len(move.customers)
    return found


def _compared(study: Study, receipt: Receipt, progress: Progress) -> tuple[Compared, ...]:
    """Measure the segments as they are and as they would be, both the same way; edits that wait are in neither."""
    features, clustering = study.features, study.clustering
    assert features is not None
    assert clustering is not None
    given = given_to(study.customers, Composed(features, study.readings or ()), None)
    index, found, far = study.customers.frame.index, study.found or clustering, study.plan.outliers
    replayed = study.edits[: study.replay.n_edits] if study.replay else ()
    after = _recorded(replace(study, edits=replayed), receipt, "")
    scores: list[Sequence[Score]] = []
    for number, edits in enumerate((replayed, after.edits)):

        def told(done: float, total: float, note: Any, number: int = number) -> None:
            progress(TELLING + (1 - TELLING) * (number + done / total) / 2, 1.0, note)

        made = shaped(found, index, features, edits, far)
        scores.append(measured(features, made, study.plan.seed, told, given)[0])
    later = {(score.name, score.space): score for score in scores[1] if not score.segment}
    return tuple(
        Compared(score.name, score.space, score.value, then.value, score.better)
        for score in scores[0]
        if not score.segment and (then := later.get((score.name, score.space))) is not None
    )

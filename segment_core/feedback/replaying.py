"""Replaying: the edits that count, done one after the other on the segments as they were found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Edit, Floats, Labels, Missed
from segment_core.feedback.entries import shaping
from segment_core.feedback.links import Bonds, rows_of
from segment_core.feedback.returning import Change
from segment_core.feedback.witnesses import known
from segment_core.messages import Message, say

Nearest = Callable[[Floats, NDArray[np.int64], NDArray[np.int64], Labels], Labels]
"""`nearest(matrix, rows, others, labels)`: the label, of those that `others` have (m,), nearest to each of `rows`."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Who is where after the edits: `labels` (n,) of any numbers, and who was put there by hand (n,).

    `missed` could not be done; `changes` are those that shaped whole segments, for `returned`.
    """

    labels: Labels
    by_hand: NDArray[np.bool_]
    missed: tuple[Missed, ...]
    changes: tuple[Change, ...]


def nearest_mean(matrix: Floats, rows: NDArray[np.int64], others: NDArray[np.int64], labels: Labels) -> Labels:
    """Return for each row the label whose mean is nearest; of two as near, the lower."""
    found = np.unique(labels)
    means = np.stack([matrix[others[labels == label]].mean(axis=0, dtype=np.float64) for label in found])
    squares = np.stack([((matrix[rows] - mean) ** 2).sum(axis=1) for mean in means], axis=1)
    return np.asarray(found[squares.argmin(axis=1)])


def replay(
    labels: Labels, index: pd.Index, matrix: Floats, edits: Sequence[Edit], nearest: Nearest = nearest_mean
) -> Outcome:
    """Do the edits that count on labels (n,) of customers `index` (n,) with features (n, d), in their order.

    Segments are known again by their witnesses: what an edit changes as a whole must be about the segment it was said
    of, and the segment that customers go to must hold most of its witnesses. An edit that finds nobody, or no such
    segment, is missed and told. Links are heeded where they were said: the fewest move, to the nearest segment that
    no earlier link forbids; what later edits break shows in `violated`. Two segments at least are left.
    """
    work = _Work(labels.astype(np.int64), index, matrix, nearest)
    missed = []
    for place, edit in shaping(edits):
        reason = _DO[edit.what](work, edit)
        if reason is not None:
            missed.append(Missed(place, reason))
    return Outcome(work.labels, work.by_hand, tuple(missed), tuple(work.changes))


@dataclass(slots=True)
class _Work:
    """The labels as they stand, the sums of features by label, and the links so far."""

    labels: Labels
    index: pd.Index
    matrix: Floats
    nearest: Nearest
    bonds: Bonds = field(default_factory=Bonds)
    changes: list[Change] = field(default_factory=list)
    by_hand: NDArray[np.bool_] = field(init=False)
    sums: dict[int, NDArray[np.float64]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_hand = np.zeros(len(self.labels), dtype=bool)

    @property
    def n_segments(self) -> int:
        return len(np.unique(self.labels))

    def put(self, rows: NDArray[np.int64], label: int, *, by_hand: bool = True) -> None:
        """Give rows a label."""
        for old in np.unique(self.labels[rows]).tolist():
            self.sums.pop(old, None)
        self.sums.pop(label, None)
        self.labels[rows] = label
        self.by_hand[rows] |= by_hand

    def new(self) -> int:
        """Return a label that was never used."""
        used = [int(self.labels.max()), *(change.made for change in self.changes)]
        return max(used) + 1

    def mean(self, label: int) -> NDArray[np.float64]:
        """Return the mean features of a label's customers."""
        if label not in self.sums:
            self.sums[label] = self.matrix[self.labels == label].mean(axis=0, dtype=np.float64)
        return self.sums[label]

    def by_distance(self, rows: Sequence[int]) -> list[tuple[float, int]]:
        """Return the labels with their squared distance to the mean of rows, the nearest first."""
        own = self.matrix[list(rows)].mean(axis=0, dtype=np.float64)
        found = [(float(((self.mean(label) - own) ** 2).sum()), label) for label in np.unique(self.labels).tolist()]
        return sorted(found)


def _move(work: _Work, edit: Edit) -> Message | None:
    rows = rows_of(edit, work.index)
    if not len(rows):
        return _nobody()
    target = known(edit, edit.segment, work.index, work.labels, alike=False)
    if target is None:
        return say("No segment holds most of those who were in {segment} then.", segment=edit.segment)
    moving = rows[work.labels[rows] != target]
    if len(moving) and _left(work, moving, target) < 2:
        return _too_few()
    work.put(rows, target)
    return None


def _merge(work: _Work, edit: Edit) -> Message | None:
    target = known(edit, edit.segment, work.index, work.labels, alike=False)
    if target is None:
        return say("No segment holds most of those who were in {segment} then.", segment=edit.segment)
    others, unlike = [], []
    for segment in edit.others:
        label = known(edit, segment, work.index, work.labels, alike=False)
        if label == target:  # they are together already
            continue
        if label is None or known(edit, segment, work.index, work.labels, alike=True) is None:
            unlike.append(segment)
        elif label not in others:
            others.append(label)
    if others and work.n_segments - len(others) < 2:
        return _too_few()
    if others:
        work.changes.append(Change("merge", work.labels.copy(), target, tuple(others), target))
        work.put(np.flatnonzero(np.isin(work.labels, others)), target, by_hand=False)
    return say("No segment is like {segments} was then.", segments=", ".join(unlike)) if unlike else None


def _split(work: _Work, edit: Edit) -> Message | None:
    rows = rows_of(edit, work.index)
    if not len(rows):
        return _nobody()
    inside = np.zeros(len(work.labels), dtype=bool)
    inside[rows] = True
    sources = np.unique(work.labels[rows])
    if len(sources) == 1 and not (~inside & (work.labels == sources[0])).any():
        return None  # they are a segment of their own already
    made = work.new()
    if _left(work, rows, made) < 2:
        return _too_few()
    work.changes.append(Change("split", work.labels.copy(), int(sources[0]), tuple(sources.tolist()), made, inside))
    work.put(rows, made)
    return None


def _delete(work: _Work, edit: Edit) -> Message | None:
    label = known(edit, edit.segment, work.index, work.labels, alike=True)
    if label is None:
        return say("No segment is like {segments} was then.", segments=edit.segment)
    if work.n_segments < 3:
        return _too_few()
    own = work.labels == label
    rows, others = np.flatnonzero(own), np.flatnonzero(~own)
    work.changes.append(Change("delete", work.labels.copy(), label, (), label))
    found = work.nearest(work.matrix, rows, others, work.labels[others])
    for target in np.unique(found).tolist():
        work.put(rows[found == target], target, by_hand=False)
    return None


def _together(work: _Work, edit: Edit) -> Message | None:
    rows = rows_of(edit, work.index)
    if len(rows) < 2:
        return _nobody()
    work.bonds.bind(rows.tolist())
    bundle = work.bonds.bundle(int(rows[0]))
    own = work.labels[bundle]
    if len(np.unique(own)) == 1:
        return None
    forbidden = set(work.labels[work.bonds.rivals(bundle)].tolist())
    counts = {label: int((own == label).sum()) for label in np.unique(own).tolist()}
    ranked = sorted(
        (label in forbidden, -counts.get(label, 0), far, label)
        for far, label in work.by_distance(bundle)
        if label in counts or label not in forbidden
    )
    moving, target = np.array(bundle)[own != ranked[0][-1]], ranked[0][-1]
    if _left(work, moving, target) < 2:
        return _too_few()
    work.put(moving, target)
    return None


def _apart(work: _Work, edit: Edit) -> Message | None:
    rows = rows_of(edit, work.index).tolist()
    if len(rows) < 2:
        return _nobody()
    pairs = [(one, other) for place, one in enumerate(rows) for other in rows[place + 1 :]]
    for one, other in pairs:
        work.bonds.part(one, other)
    for one, other in pairs:
        if work.labels[one] == work.labels[other]:
            _part(work, one, other)
    return None


def _part(work: _Work, one: int, other: int) -> None:
    """Let the one of two bundles go that loses least by it; nobody goes where there is no segment to go to."""
    offers = []
    for row in (one, other):
        bundle = work.bonds.bundle(row)
        if one in bundle and other in bundle:
            bundle = [row]  # what was said last counts; that they were to be together is shown as violated
        here = int(work.labels[row])
        leaving = [each for each in bundle if work.labels[each] == here]
        rivals = [*work.bonds.rivals(bundle), one if row == other else other]
        forbidden = {here, *work.labels[rivals].tolist()}
        ranked = work.by_distance(leaving)
        own = next(far for far, label in ranked if label == here)
        free = [(far, label) for far, label in ranked if label not in forbidden]
        if free:
            far, label = free[0]
            offers.append(((far - own) * len(leaving), row, leaving, label))
    if offers:
        _, _, leaving, label = min(offers, key=lambda offer: offer[:2])
        if _left(work, np.array(leaving), label) >= 2:
            work.put(np.array(leaving), label)


def _left(work: _Work, rows: NDArray[np.int64], target: int) -> int:
    """Count the segments there would be if rows went to a label."""
    others = np.ones(len(work.labels), dtype=bool)
    others[rows] = False
    return len({target, *np.unique(work.labels[others]).tolist()})


def _nobody() -> Message:
    return say("None of the customers it speaks of is there.")


def _too_few() -> Message:
    return say("Less than two segments would be left.")


_DO: dict[str, Callable[[_Work, Edit], Message | None]] = {
    "move": _move,
    "merge": _merge,
    "split": _split,
    "delete": _delete,
    "together": _together,
    "apart": _apart,
}

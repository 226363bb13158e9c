"""Learning: what was said of pairs joins, splits and moves the pieces that they speak for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Labels, Pieces, Progress, silent
from segment_core.messages import say

HOLD = 0.5
"""What holds a segment together, in answers: one is enough to split it where none speaks against that."""
JOIN = 1.5
"""What holds two segments apart, in answers: joining all of both takes two."""
LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer about two customers, by row: whether they belong into the same segment."""

    one: int
    other: int
    same: bool


def learn(pieces: Pieces, answers: Sequence[Answer]) -> Labels:
    """Return the segment of each piece (m,) that fits the answers and the segments as they were best.

    Correlation clustering (Bansal, Blum & Chawla 2004): pieces that share a segment gain what speaks for their being
    together. An answer speaks with a weight of 1, and so do, more quietly, the segments as they were (`prior`). The
    best move of a nested group of pieces into another segment, or one of its own, is made until none gains.
    New segments come after the old ones, and two at least are left where there were two. Answers about two customers
    of one piece change nothing.
    """
    ties = prior(pieces)
    for answer in answers:
        one, other = int(pieces.of[answer.one]), int(pieces.of[answer.other])
        if one != other:
            ties[one, other] += 1 if answer.same else -1
            ties[other, one] = ties[one, other]
    return _settled(pieces, ties)


def prior(pieces: Pieces) -> NDArray[np.float64]:
    """Return what the segments as they are say of each two pieces (m, m): more for near ones that share a segment."""
    segments = pieces.segments
    counts = np.bincount(segments)
    ties = np.asarray(-JOIN / (counts[segments][:, None] * counts[segments][None, :]), dtype=np.float64)
    for segment in np.unique(segments):
        rows = np.flatnonzero(segments == segment)
        apart = distances(pieces.means[rows])
        near = np.exp(-apart / max(LEAST, float(np.median(apart))))
        np.fill_diagonal(near, 0.0)
        ties[np.ix_(rows, rows)] = HOLD * near / max(LEAST, float(near.sum(axis=1).max()))
    np.fill_diagonal(ties, 0.0)
    return ties


def distances(points: Floats) -> NDArray[np.float64]:
    """Return the Euclidean distances of points (m, d), as (m, m)."""
    exact = points.astype(np.float64)
    squares = (exact**2).sum(axis=1)
    return np.asarray(np.sqrt((squares[:, None] + squares[None, :] - 2 * exact @ exact.T).clip(min=0.0)))


def told_same(pieces: Pieces, places: Labels, answer: Answer) -> bool:
    """Tell what pieces that are in these places (m,) say of a pair."""
    return bool(places[pieces.of[answer.one]] == places[pieces.of[answer.other]])


def held_out(pieces: Pieces, answers: Sequence[Answer], progress: Progress = silent) -> NDArray[np.bool_]:
    """Return for each answer (a,) whether it is told rightly by what is learned from all the others."""
    found = np.zeros(len(answers), dtype=bool)
    known: dict[tuple[frozenset[int], bool], Labels] = {}
    for place, answer in enumerate(answers):
        progress(place, len(answers), say("Telling each answer from all the others"))
        # To be without one of several alike, or without one that changes nothing, is the same every time.
        both = frozenset((int(pieces.of[answer.one]), int(pieces.of[answer.other])))
        left_out = (both, answer.same) if len(both) > 1 else (frozenset[int](), True)
        if left_out not in known:
            known[left_out] = learn(pieces, [other for number, other in enumerate(answers) if number != place])
        found[place] = told_same(pieces, known[left_out], answer) == answer.same
    return found


def _settled(pieces: Pieces, ties: NDArray[np.float64]) -> Labels:
    groups = pieces.groups
    pull = groups @ ties
    inside = np.einsum("gm,gm->g", pull, groups)
    every = np.arange(len(groups))
    places = pieces.segments.copy()
    n_places = int(places.max()) + 1 + len(places)
    for _ in range(4 * len(places)):
        members = np.zeros((len(places), n_places))
        members[np.arange(len(places)), places] = 1.0
        towards = pull @ members
        homes = np.where(groups, places[None, :], -1).max(axis=1)
        torn = (groups & (places[None, :] != homes[:, None])).any(axis=1)
        # A group moves as a whole, so what its own pieces hold each other with does not count.
        towards[every, homes] -= inside
        empty = members.sum(axis=0) == 0
        towards[:, empty] = -np.inf
        towards[:, int(np.flatnonzero(empty)[0])] = 0.0
        gains = towards - towards[every, homes][:, None]
        gains[torn] = -np.inf
        if int((~empty).sum()) == 2:  # neither of two segments is joined with the other whole
            gains[np.ix_(groups.sum(axis=1) == members.sum(axis=0)[homes], ~empty)] = -np.inf
        group, place = divmod(int(gains.argmax()), n_places)
        if gains[group, place] <= LEAST:
            break
        places[groups[group]] = place
    return places

"""Questions: which two customers to ask about next, so that each answer settles as much as it can."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Labels, Pieces
from segment_core.feedback.learning import LEAST, Answer, distances, learn

COVERAGE = 0.6
"""What is left of a piece's worth each time it was asked about."""
SURE, MOST_TIMES = 3, 4
"""How many answers ahead one side must be before two pieces are asked about no more, and how often they are at most."""
CONTROL = 4
"""Every so many questions one is of two customers who surely belong together: it shows what answers are worth."""
DOUBT = 3.0
"""How fast doubt fades with distance, in the usual distance between pieces that are neighbours in two segments."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Question:
    """Two customers, by row."""

    one: int
    other: int


def questions(
    pieces: Pieces, n: int, answered: Sequence[Answer] = (), skipped: Sequence[Question] = ()
) -> list[Question]:
    """Return up to `n` questions, the most telling first, none of which was answered or skipped.

    What an answer would change is asked again, of two others, before anything else: so answers can be held against
    each other. Then come the pieces whose being together is most in doubt by their distance, the larger first, and
    those first that were asked about less (uncertainty and coverage); pairs within segments and pairs across them
    come the sooner, the more often such answers were a surprise so far. Deterministic.
    """
    times, votes = _so_far(pieces, answered, skipped)
    asked = {frozenset((answer.one, answer.other)) for answer in answered}
    asked |= {frozenset((pair.one, pair.other)) for pair in skipped}
    again = [
        pair
        for pair, vote in votes.items()
        if times[pair] < MOST_TIMES
        and 0 < abs(vote) < SURE
        and (vote > 0) != (pieces.segments[pair[0]] == pieces.segments[pair[1]])
    ]
    found = [pair for pair in (_between(pieces, pair, asked) for pair in again) if pair is not None][:n]
    found += _controls(pieces, times, asked, len(answered) + len(skipped) + n)[: n - len(found)]
    places = learn(pieces, answered)
    within, across = _surprising(pieces, votes)
    worth = _worth(pieces, places) * np.where(places[:, None] == places[None, :], within, across)
    counts = np.zeros(len(pieces))
    for pair, count in times.items():
        counts[list(set(pair))] += count
        worth[pair] = worth[pair[::-1]] = 0.0
    while len(found) < n:
        weighed = worth * COVERAGE ** (counts[:, None] + counts[None, :])
        one, other = divmod(int(weighed.argmax()), len(pieces))
        if weighed[one, other] <= 0:
            break
        if (question := _between(pieces, (one, other), asked)) is not None:
            found.append(question)
        worth[one, other] = worth[other, one] = 0.0
        counts[[one, other]] += 1
    return found


def _so_far(
    pieces: Pieces, answered: Sequence[Answer], skipped: Sequence[Question]
) -> tuple[Counter[Pair], Mapping[Pair, int]]:
    """Return how often each two pieces were asked about, and by how much "same" is ahead."""
    asked = [(answer.one, answer.other) for answer in answered] + [(pair.one, pair.other) for pair in skipped]
    times = Counter(_pair(pieces, one, other) for one, other in asked)
    votes: dict[Pair, int] = {}
    for answer in answered:
        pair = _pair(pieces, answer.one, answer.other)
        if pair[0] != pair[1]:
            votes[pair] = votes.get(pair, 0) + (1 if answer.same else -1)
    return times, votes


def _surprising(pieces: Pieces, votes: Mapping[Pair, int]) -> tuple[float, float]:
    """Return how often answers about pieces within a segment, and of two segments, said what the segments do not.

    One of two is taken for granted before anything was answered (Laplace's rule of succession).
    """
    told: dict[bool, list[bool]] = {True: [], False: []}
    for (one, other), vote in votes.items():
        inside = bool(pieces.segments[one] == pieces.segments[other])
        told[inside].append((vote > 0) != inside)
    within, across = ((sum(told[inside]) + 1) / (len(told[inside]) + 2) for inside in (True, False))
    return within, across


def _pair(pieces: Pieces, one: int, other: int) -> Pair:
    first, second = sorted((int(pieces.of[one]), int(pieces.of[other])))
    return first, second


def _between(pieces: Pieces, pair: Pair, asked: Collection[frozenset[int]]) -> Question | None:
    """Return two speakers of two pieces who were not asked about yet, others than before as long as there are any."""
    one, other = (pieces.speakers[piece] for piece in pair)
    by_turns = ((one[turn % len(one)], other[turn % len(other)]) for turn in range(max(len(one), len(other))))
    rest = (both for both in chain(by_turns, product(one, other)) if frozenset(both) not in asked)
    return next((Question(*both) for both in rest), None)


def _controls(
    pieces: Pieces, times: Mapping[Pair, int], asked: Collection[frozenset[int]], n_asked: int
) -> list[Question]:
    """Return pairs of one piece, from the largest on, until every fourth of so many questions is one."""
    done = {one: count for (one, other), count in times.items() if one == other}
    free = {}
    for piece, speakers in enumerate(pieces.speakers):
        pairs = zip(speakers[::2], speakers[1::2], strict=False)
        free[piece] = next((Question(*both) for both in pairs if frozenset(both) not in asked), None)
    able = sorted(free, key=lambda piece: (done.get(piece, 0), -int(pieces.sizes[piece]), piece))
    wanted = max(0, n_asked // CONTROL - sum(done.values()))
    return [pair for piece in able if (pair := free[piece]) is not None][:wanted]


def _worth(pieces: Pieces, places: Labels) -> NDArray[np.float64]:
    """Return what asking about each two pieces is worth (m, m): how far it is in doubt, times whom it would move."""
    apart = distances(pieces.means)
    inside = places[:, None] == places[None, :]
    nearest = np.where(inside, np.inf, apart).min(axis=1)
    bounded = nearest[np.isfinite(nearest)]
    usual = max(LEAST, float(np.median(bounded if len(bounded) else apart)))
    # Near pieces of two segments, and far ones of one, are in doubt.
    strange = np.where(inside, usual / np.maximum(apart, LEAST), apart / usual)
    worth = np.exp(-DOUBT * (strange - 1).clip(0)) * np.minimum(pieces.sizes[:, None], pieces.sizes[None, :])
    np.fill_diagonal(worth, 0.0)
    return np.asarray(worth)

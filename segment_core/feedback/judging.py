"""Judging: whether what was said may change the segments: each answer is told from all the others first."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

from segment_core.artifacts import Judgement, Labels, Pieces, Progress, silent
from segment_core.feedback.learning import Answer, held_out, learn, told_same

FLOOR = 0.7
"""Surely more than this share of held-out answers must be told rightly: no more can be if three in ten are wrong."""
CHANCE = 0.05
LUCK = 0.15
"""Chance up to which answers may help by luck, where the other chance makes up for it: both together are as unlikely
as twice `CHANCE`."""


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What was learned, and whether it stands: the segment of each piece (m,), and how answers fare that were held out.

    `before` and `after` are the shares of answers that the segments tell rightly as they were, and as they are learned
    from all other answers; `helped` and `harmed` count those that only the one or the other tells. `luck` is the chance
    that answers without sense help as much (sign test), `doubt` that of telling as many if only 70 % could be told.
    """

    places: Labels
    n_answers: int
    before: float
    after: float
    helped: int
    harmed: int
    luck: float
    doubt: float
    judgement: Judgement


def judge(pieces: Pieces, answers: Sequence[Answer], progress: Progress = silent) -> Trial:
    """Learn from answers, and judge what was learned by answers that it was not learned from (leave one out)."""
    places = learn(pieces, answers)
    told = [told_same(pieces, pieces.segments, answer) == answer.same for answer in answers]
    before, after = np.array(told, dtype=bool), held_out(pieces, answers, progress)
    helped, harmed = int((after & ~before).sum()), int((before & ~after).sum())
    n = len(answers)
    luck, doubt = at_least(helped, helped + harmed, 0.5), at_least(int(after.sum()), n, FLOOR)
    if np.array_equal(places, pieces.segments):
        judgement: Judgement = "nothing"
    else:
        judgement = "keep" if stands(luck, doubt) else "refuse"
    shares = (float(before.mean()), float(after.mean())) if n else (1.0, 1.0)
    return Trial(places, n, *shares, helped, harmed, luck, doubt, judgement)


def stands(luck: float, doubt: float) -> bool:
    """Tell whether what was learned stands, by the chances of a `Trial`.

    Examples
    --------
    >>> stands(0.06, 0.001), stands(0.06, 0.05), stands(0.001, 0.06)
    (True, False, False)
    """
    return luck <= LUCK and doubt <= CHANCE and luck * doubt <= CHANCE**2


def at_least(count: int, n: int, share: float) -> float:
    """Return the chance of `count` or more of `n` where each comes with this share (binomial).

    Examples
    --------
    >>> at_least(5, 5, 0.5)
    0.03125
    """
    return sum(comb(n, number) * share**number * (1 - share) ** (n - number) for number in range(count, n + 1))

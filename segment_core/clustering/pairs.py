"""Pairs: a model is asked whether two texts are about the same matter, and thereby which of two cuts is right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Labels
from segment_core.clustering.asking import Asker
from segment_core.llm import Outbound, seal
from segment_core.messages import Message, say

A_CALL = 15
"""So many pairs are shown with one question."""
CLEAR = 0.6
"""Share of clear pairs that must be answered rightly: less, and a model may be wrong in the same way every time."""
CHECK_CALLS = 4
"""Questions spent on whether a cut became better."""
FEWEST = 12
"""Answers below which nothing is concluded."""
_DRAWN = 200_000

INSTRUCTIONS = """\
You compare what customers wrote, two texts at a time. For every pair give an entry: "pair" (its id) and "same": true \
if both texts are about the same matter, so that they belong in one group; false if they are about different matters; \
null if you cannot tell.

Judge what a text is about, not its tone, length or wording. Every pair once, only ids that were shown, and nothing \
else."""


def letter(texts: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Outbound:
    """Compose one question about pairs of rows of `texts`."""
    shown = [
        {"id": f"P{number}", "one": texts[one], "other": texts[other]}
        for number, (one, other) in enumerate(pairs, start=1)
    ]
    return seal(INSTRUCTIONS, {"pairs": shown}, purpose="pairs of texts")


def same(asker: Asker, texts: Sequence[str], pairs: Sequence[tuple[int, int]]) -> list[bool | None]:
    """Ask about each pair of rows of `texts`; None where the model did not say, or said both."""
    from segment_core.clustering.answers import PairsAnswer

    found: list[bool | None] = []
    for start in range(0, len(pairs), A_CALL):
        part = pairs[start : start + A_CALL]
        answer = asker.ask(letter(texts, part), PairsAnswer)
        said: dict[str, set[bool | None]] = {}
        for entry in answer.pairs if answer is not None else ():
            said.setdefault(entry.pair, set()).add(entry.same)
        for number in range(1, len(part) + 1):
            own = said.get(f"P{number}", set())
            found.append(own.pop() if len(own) == 1 else None)
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a model sided between two cuts: of `n` answers on pairs that they part differently, `won` for the second.

    `known` is the share of clear pairs, on which both cuts agree, that it answered as they do.
    """

    won: int
    n: int
    known: float = 0.0
    alike: bool = False

    @property
    def better(self) -> bool:
        """Tell whether the second cut won by at least one standard deviation of a fair coin: a lean, not a proof.

        A model that knows clear pairs and tosses a coin on all others passes about one time in six.
        """
        return self.known >= CLEAR and self.n >= FEWEST and self.won >= self.n / 2 + 0.5 * self.n**0.5

    def told(self) -> Message:
        """Say it."""
        if self.alike:
            return say("With the model's help the segments come out as without it.")
        if self.n < FEWEST:
            return say("The model answered too few questions to tell whether the segments became better.")
        if self.known < CLEAR:
            return say(
                "Of pairs of texts that clearly belong together or apart the model told {share} % rightly, too few to "
                "go by. The segments are those of K-Means.",
                share=round(100 * self.known),
            )
        if self.better:
            return say(
                "Checked with the model on pairs of texts: it sides with the new segments in {won} of {n} pairs.",
                won=self.won,
                n=self.n,
            )
        return say(
            "Checked with the model on pairs of texts: it sides with the new segments in only {won} of {n} pairs, too "
            "few to prefer them. The segments are those of K-Means.",
            won=self.won,
            n=self.n,
        )


def compare(
    asker: Asker, texts: Sequence[str], points: NDArray[np.float64], cuts: tuple[Labels, Labels], *, seed: int
) -> Comparison:
    """Ask about pairs that one cut joins and the other parts, as many of the one kind as of the other.

    Half and half, so that a model that always says the same, or answers by a coin, favours neither cut. Clear pairs
    are mixed in, to find out one that is wrong in the same way every time. `texts`, `points` (n, d) and both cuts (n,)
    are of the same rows.
    """
    before, after = cuts
    disputed = _disputed(before, after, (CHECK_CALLS - 1) * A_CALL, seed)
    if len(disputed) < FEWEST:
        return Comparison(0, len(disputed), alike=True)
    known = clear(points, before, after, seed)
    mixed = [*((pair, None) for pair in disputed), *known]
    mixed = [mixed[at] for at in np.random.default_rng([seed, 78]).permutation(len(mixed))]
    answers = same(asker, texts, [pair for pair, _ in mixed])
    votes = [
        said == (after[one] == after[other])
        for said, ((one, other), right) in zip(answers, mixed, strict=True)
        if right is None and said is not None
    ]
    rights = [
        said == right for said, (_, right) in zip(answers, mixed, strict=True) if right is not None and said is not None
    ]
    return Comparison(sum(map(bool, votes)), len(votes), sum(rights) / max(1, len(rights)))


def clear(
    points: NDArray[np.float64], fine: Labels, coarse: Labels, seed: int
) -> list[tuple[tuple[int, int], bool | None]]:
    """Return a call's worth of pairs that clearly belong together (True) or apart (False).

    The nearest of those that both cuts join, and the farthest of those that both part, among random pairs.
    """
    ends = _pairs(len(points), 20_000, seed, 79)
    one, other = _joined(fine, ends), _joined(coarse, ends)
    apart = ((points[ends[:, 0]] - points[ends[:, 1]]) ** 2).sum(axis=1)
    order = np.argsort(apart, kind="stable")
    together = order[(one & other)[order]][: A_CALL // 2]
    away = order[::-1][(~one & ~other)[order[::-1]]][: A_CALL - A_CALL // 2]
    return [
        ((int(ends[at, 0]), int(ends[at, 1])), alike)
        for rows, alike in ((together, True), (away, False))
        for at in rows
    ]


def _disputed(before: Labels, after: Labels, most: int, seed: int) -> list[tuple[int, int]]:
    ends = _pairs(len(before), _DRAWN, seed, 77)
    was, now = _joined(before, ends), _joined(after, ends)
    joined, parted = ends[~was & now], ends[was & ~now]
    n = min(len(joined), len(parted), most // 2)
    both = np.concatenate([joined[:n], parted[:n]])
    return [(int(one), int(other)) for one, other in both]


def _pairs(n: int, most: int, *seed: int) -> NDArray[np.int64]:
    ends = np.random.default_rng(seed).integers(0, max(1, n), (most, 2))
    return np.asarray(ends[ends[:, 0] != ends[:, 1]])


def _joined(labels: Labels, ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.asarray(labels[ends[:, 0]] == labels[ends[:, 1]])

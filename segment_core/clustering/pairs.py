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
    return seal(INSTRUCTIONS, {"pairs": shown})


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
    """How a model sided between two cuts: of `n` answers on pairs that they part differently, `won` for the second."""

    won: int
    n: int
    alike: bool = False

    @property
    def better(self) -> bool:
        """Tell whether the second cut won by more than chance: by at least one standard deviation of a fair coin."""
        return self.n >= FEWEST and self.won >= self.n / 2 + 0.5 * self.n**0.5

    def told(self) -> Message:
        """Say it."""
        if self.alike:
            return say("With the model's help the segments come out as without it.")
        if self.n < FEWEST:
            return say("The model answered too few questions to tell whether the segments became better.")
        if self.better:
            return say(
                "Checked with the model on pairs of texts it had not been asked about: it sides with the new segments "
                "in {won} of {n} pairs.",
                won=self.won,
                n=self.n,
            )
        return say(
            "Checked with the model on pairs of texts: it sides with the new segments in only {won} of {n} pairs, too "
            "few to prefer them. The segments are those of K-Means.",
            won=self.won,
            n=self.n,
        )


def compare(asker: Asker, texts: Sequence[str], before: Labels, after: Labels, seed: int) -> Comparison:
    """Ask about pairs that one cut joins and the other parts, as many of the one kind as of the other.

    Half and half, so that a model that always says the same, or answers by a coin, favours neither cut. `texts`,
    `before` and `after` are of the same rows.
    """
    chosen = _disputed(before, after, CHECK_CALLS * A_CALL, seed)
    if len(chosen) < FEWEST:
        return Comparison(0, len(chosen), alike=True)
    answers = same(asker, texts, chosen)
    votes = [
        said == (after[one] == after[other])
        for said, (one, other) in zip(answers, chosen, strict=True)
        if said is not None
    ]
    return Comparison(sum(map(bool, votes)), len(votes))


def _disputed(before: Labels, after: Labels, most: int, seed: int) -> list[tuple[int, int]]:
    random = np.random.default_rng([seed, 77])
    ends = random.integers(0, len(before), (_DRAWN, 2)) if len(before) else np.zeros((0, 2), dtype=np.int64)
    ends = ends[ends[:, 0] != ends[:, 1]]
    was, now = _joined(before, ends), _joined(after, ends)
    joined, parted = ends[~was & now], ends[was & ~now]
    n = min(len(joined), len(parted), most // 2)
    both = np.concatenate([joined[:n], parted[:n]])
    return [(int(one), int(other)) for one, other in both[random.permutation(len(both))]]


def _joined(labels: Labels, ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.asarray(labels[ends[:, 0]] == labels[ends[:, 1]])

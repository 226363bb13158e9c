"""Opinion: a model is tested on clear texts and on itself, and only if it passes asked about those between segments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segment_core.clustering.asking import Asker
from segment_core.clustering.boundary import A_CALL, LOW, N_KNOWN, Border, Pick, Sheets, letter, picks, spread
from segment_core.clustering.textspace import TextSpace
from segment_core.messages import Message, say

KNOWN, STEADY = 0.8, 0.75
"""Shares of clear texts named rightly, and of repeated answers that agree, below which the model has failed."""
FEWEST = 12
TEST_CALLS = 3 * -(-N_KNOWN // A_CALL)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model said of border texts: `moves` by row, where it named the same other segment twice.

    `known` is the share of `n_known` clear texts whose segment it named, `steady` that of `n_steady` border texts of
    which it said the same twice. It was asked about `n_asked` border texts; of `n_open` it said nothing firm.
    """

    moves: Mapping[int, Pick]
    passed: bool
    known: float
    n_known: int
    steady: float
    n_steady: int
    n_asked: int
    n_open: int

    def told(self, model: str, n_moved: int) -> Message:
        """Say how the test went, and how many customers the model would move."""
        if not self.n_known and not self.n_steady:
            return say("The model {model} gave no usable answer, so nothing is suggested.", model=model)
        values: dict[str, str | int] = {
            "model": model,
            "known": round(100 * self.known),
            "n_known": self.n_known,
            "steady": round(100 * self.steady),
            "n_steady": self.n_steady,
        }
        if not self.passed:
            return say(
                "The model {model} did not pass its test, so nothing is suggested: it named the segment of {known} % "
                "of {n_known} clear texts ({least_known} % are needed) and said the same twice of {steady} % of "
                "{n_steady} on the border ({least_steady} %).",
                least_known=round(100 * KNOWN),
                least_steady=round(100 * STEADY),
                **values,
            )
        return say(
            "The model {model} named the segment of {known} % of {n_known} clear texts and said the same twice of "
            "{steady} % of {n_steady} on the border. After {asked} texts on the border it would move {n} customers.",
            asked=self.n_asked,
            n=n_moved,
            **values,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Hearing:
    """A model, and what it is shown."""

    asker: Asker
    space: TextSpace
    found: Border
    sheets: Sheets
    seed: int

    def hear(self) -> Opinion:
        """Put the test, and then the question itself, within the calls that the asker has.

        Moving border customers gains only where the model is right more often than the segments already are there.
        Naming clear texts well can veto and not prove that, so only answers count that come twice, with the segments
        under other names and in another order.
        """
        test, rest = self.found.low[:N_KNOWN], self.found.low[N_KNOWN:]
        own = self.found.own
        right = self._ask(spread(self.found.clear, own, N_KNOWN), 0)
        once, again = self._twice(test)
        both = once.keys() & again.keys()
        known = sum(pick.segment == own[row] for row, pick in right.items()) / max(1, len(right))
        steady = sum(once[row].segment == again[row].segment for row in both) / max(1, len(both))
        enough = len(right) >= FEWEST and len(both) >= min(FEWEST, len(test)) > 0
        passed = enough and known >= KNOWN and steady >= STEADY
        asked = list(test)
        if passed:
            more = rest[: max(0, self.asker.budget - self.asker.asked) // 2 * A_CALL]
            one, other = self._twice(more)
            once, again, asked = once | one, again | other, [*test, *more]
        firm = {row: once[row] for row in asked if _same(once.get(row), again.get(row))}
        moves = {row: pick for row, pick in firm.items() if pick.segment != own[row]} if passed else {}
        return Opinion(moves, passed, known, len(right), steady, len(both), len(asked), len(asked) - len(firm))

    def first(self) -> str:
        """Return the first question as it would be sent."""
        rows = spread(self.found.clear, self.found.own, N_KNOWN)[:A_CALL]
        return str(letter(self.space, self.found, self.sheets, rows, (self.seed, 0)).sealed)

    def _ask(self, rows: Sequence[int], turn: int) -> dict[int, Pick]:
        picked: dict[int, Pick] = {}
        for start in range(0, len(rows), A_CALL):
            part = rows[start : start + A_CALL]
            picked |= picks(self.asker, letter(self.space, self.found, self.sheets, part, (self.seed, turn)))
        return picked

    def _twice(self, rows: Sequence[int]) -> tuple[dict[int, Pick], dict[int, Pick]]:
        """Ask about rows, those between the same segments together; then again in other company."""
        offered = self.found.offered
        once = sorted(rows, key=lambda row: (sorted(offered[row].tolist()), row))
        again = sorted(rows, key=lambda row: (offered[row].tolist()[::-1], -row))
        return self._ask(once, 0), self._ask(again, 1)


def calls(n_texts: int, budget: int) -> int:
    """Return how often a model would be asked at most, by how many different texts there are.

    Examples
    --------
    >>> calls(400, 45), calls(100_000, 45)
    (31, 45)
    """
    n_low = int(LOW * n_texts)
    return min(budget, -(-min(N_KNOWN, n_texts // 2) // A_CALL) + 2 * -(-n_low // A_CALL))


def _same(one: Pick | None, other: Pick | None) -> bool:
    return one is not None and other is not None and one.segment == other.segment

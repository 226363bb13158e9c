"""Overview: the few facts that tell all segments apart best, on one scale for numbers and shares."""

from collections.abc import Sequence
from math import pi

from segment_core.artifacts import EvidenceItem

N_FACTS = 12
MOST_OF_ONE = 2


def strength(item: EvidenceItem) -> float:
    """Return an item's effect on one scale from -1 to 1: Cliff's delta as it is, Cohen's h by a quarter turn.

    On it, what is called small, medium and large is about the same of both: 0.15, 0.33 and 0.47 of delta (Romano et al.
    2006), 0.13, 0.32 and 0.51 of h (Cohen 1988).
    """
    effect = item.effect if item.kind != "share" else 2 * item.effect / pi
    return max(-1.0, min(1.0, effect))


def telling(compared: Sequence[Sequence[EvidenceItem]], most: int = N_FACTS) -> list[str]:
    """Return the labels of the facts that differ most over all segments, strongest first.

    `compared` holds each segment's items. Of one category no more than two levels are taken, and of one with two
    levels only one, as the other says the same. A fact that is "same" everywhere is left out.
    """
    squares: dict[str, float] = {}
    columns: dict[str, str] = {}
    sure: set[str] = set()
    for items in compared:
        for item in items:
            columns[item.label] = item.column
            squares[item.label] = squares.get(item.label, 0.0) + strength(item) ** 2
            if item.direction != "same":
                sure.add(item.label)
    levels: dict[str, int] = {}
    for column in columns.values():
        levels[column] = levels.get(column, 0) + 1
    taken: dict[str, int] = {}
    found: list[str] = []
    for label in sorted(sure, key=lambda label: (-squares[label], label)):
        column = columns[label]
        if taken.get(column, 0) < (1 if levels[column] <= MOST_OF_ONE else MOST_OF_ONE):
            taken[column] = taken.get(column, 0) + 1
            found.append(label)
    return found[:most]


def strongest(items: Sequence[EvidenceItem], columns: Sequence[str], most: int) -> list[str]:
    """Return those of these columns in which a segment differs most, strongest first; likenesses come last."""
    best: dict[str, EvidenceItem] = {}
    for item in items:
        if item.column not in best or abs(strength(item)) > abs(strength(best[item.column])):
            best[item.column] = item
    known = [column for column in columns if column in best]
    return sorted(known, key=lambda column: (best[column].direction == "same", -abs(strength(best[column])), column))[
        :most
    ]

"""Boundary: which customers' texts lie between segments, and what a model says of them when shown those segments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Labels
from segment_core.clustering.asking import Asker
from segment_core.clustering.membership import squared_distances
from segment_core.clustering.textspace import TextSpace, central
from segment_core.llm import Outbound, seal

A_CALL = 8
"""So many texts are shown with one question, beside the segments they lie between."""
N_OFFERED = 3
N_TYPICAL = 3
N_KNOWN = 40
"""So many clear texts, whose answer is known, and so many border texts test the model first."""
LOW = 0.25
"""Only the part of all texts that lies least clearly may be asked about."""

INSTRUCTIONS = """\
You decide which group a text that a customer wrote fits best. You get groups, each with an id, words that are typical \
of it and a few typical texts with ids of their own; and texts, each with the ids of the groups it may belong to, \
"among". For every text give an entry: "text" (its id), "group" (the id of the group it fits best, one of its own \
"among", or null if none fits or you cannot tell) and "like" (the id of the typical text of that group that it is most \
like).

Judge what a text is about, not its tone or length. Every text once, only ids that were shown, and nothing else."""


@dataclass(frozen=True, slots=True, eq=False)
class Border:
    """How clearly each text lies in its segment, and what it may be mistaken for.

    `margins` (n_texts,) run from -1 to 1, below 0 nearer to another segment than to its own; `offered` (n_texts, 3)
    are the segments to choose from, its own first. `low` are the rows of texts on the border, least clear first;
    `clear` those farthest from it. Both hold only texts that may be shown to a model.
    """

    own: Labels
    margins: NDArray[np.float64]
    offered: NDArray[np.int64]
    low: tuple[int, ...]
    clear: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pick:
    """A model's answer on one text: the segment's number, and the row of the typical text it is like (-1 for none)."""

    segment: int
    like: int


def border(space: TextSpace, labels: Labels) -> Border:
    """Find the texts between segments; `labels` (n,) are the customers'."""
    own = space.labels(labels)
    found = np.unique(own)
    centres = np.stack([space.points[own == number].mean(axis=0) for number in found])
    apart = np.sqrt(squared_distances(space.points, centres))
    at = np.searchsorted(found, own)
    rows = np.arange(len(own))
    mine = apart[rows, at]
    others = apart.copy()
    others[rows, at] = np.inf
    near = others.min(axis=1) if len(found) > 1 else mine
    margins = (near - mine) / np.maximum(np.maximum(near, mine), 1e-12)
    ranked = np.argsort(others, axis=1, kind="stable")[:, : min(N_OFFERED, len(found)) - 1]
    offered = np.column_stack([own, found[ranked]])
    order = np.argsort(margins, kind="stable")
    order = order[space.sendable[order]]
    low = order[: int(LOW * len(order))]
    return Border(own, margins, offered, tuple(low.tolist()), tuple(order[::-1][: len(order) // 2].tolist()))


def spread(rows: Sequence[int], own: Labels, most: int) -> list[int]:
    """Pick up to `most` of these rows, a segment at a time in turn, in their order."""
    queues: dict[int, list[int]] = {}
    for row in rows:
        queues.setdefault(int(own[row]), []).append(row)
    turns = [(place, number, row) for number, queue in queues.items() for place, row in enumerate(queue)]
    return [row for _, _, row in sorted(turns)][:most]


@dataclass(frozen=True, slots=True, eq=False)
class Sheets:
    """What the model is shown of each segment: rows of typical texts, and typical words."""

    typical: Mapping[int, tuple[int, ...]]
    words: Mapping[int, tuple[str, ...]]

    @classmethod
    def of(cls, space: TextSpace, own: Labels, words: Mapping[int, tuple[str, ...]]) -> "Sheets":
        """Take the most central texts that may be shown."""
        typical = {}
        for number in np.unique(own):
            rows = np.flatnonzero(own == number)
            picked = rows[central(space.points[rows], space.sendable[rows], N_TYPICAL)]
            typical[int(number)] = tuple(picked.tolist())
        return cls(typical, words)


@dataclass(frozen=True, slots=True)
class Letter:
    """A sealed question, and what its ids stand for."""

    sealed: Outbound
    rows: tuple[int, ...]
    segments: Mapping[str, int]
    like: Mapping[str, int]
    among: Mapping[int, frozenset[str]]


def letter(space: TextSpace, found: Border, sheets: Sheets, rows: Sequence[int], seed: Sequence[int]) -> Letter:
    """Compose one question; segments go by new ids and stand in a new order each time, so that no place is favoured."""
    random = np.random.default_rng([*seed, *rows])
    numbers = sorted({int(number) for row in rows for number in found.offered[row]})
    numbers = [numbers[at] for at in random.permutation(len(numbers))]
    id_of = {number: f"G{place}" for place, number in enumerate(numbers, 1)}
    like: dict[str, int] = {}
    groups = []
    for number in numbers:
        typical = [row for row in sheets.typical[number] if row not in rows] or list(sheets.typical[number])
        own = {f"{id_of[number]}.{place}": row for place, row in enumerate(typical, 1)}
        like |= own
        groups.append(
            {
                "id": id_of[number],
                "words": list(sheets.words.get(number, ())),
                "texts": [{"id": id_, "text": space.texts[row]} for id_, row in own.items()],
            }
        )
    among = {row: [id_of[int(number)] for number in random.permutation(found.offered[row])] for row in rows}
    texts = [{"id": f"T{place}", "text": space.texts[row], "among": among[row]} for place, row in enumerate(rows, 1)]
    sealed = seal(INSTRUCTIONS, {"groups": groups, "texts": texts}, purpose="second opinion")
    sets = {row: frozenset(ids) for row, ids in among.items()}
    return Letter(sealed, tuple(rows), {id_: number for number, id_ in id_of.items()}, like, sets)


def picks(asker: Asker, asked: Letter) -> dict[int, Pick]:
    """Ask; return what was picked by row. Entries that name strangers, or a text twice differently, are dropped."""
    from segment_core.clustering.answers import PicksAnswer

    answer = asker.ask(asked.sealed, PicksAnswer)
    found: dict[int, Pick] = {}
    twice: set[int] = set()
    for entry in answer.picks if answer is not None else ():
        row = _row(entry.text, asked.rows)
        if row is None or entry.group is None or entry.group not in asked.among[row]:
            continue
        number = asked.segments[entry.group]
        like = asked.like.get(entry.like, -1) if entry.like.startswith(f"{entry.group}.") else -1
        if row in found and found[row].segment != number:
            twice.add(row)
        found[row] = Pick(number, like)
    return {row: pick for row, pick in found.items() if row not in twice}


def _row(id_: str, rows: Sequence[int]) -> int | None:
    place = id_[1:]
    fits = id_[:1] == "T" and place.isascii() and place.isdecimal() and len(place) < 4
    return rows[int(place) - 1] if fits and 1 <= int(place) <= len(rows) else None

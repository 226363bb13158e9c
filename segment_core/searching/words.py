"""Words: how well customers match the words of a search, and where in a text they stand."""

import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Customers, Floats
from segment_core.labelling.rules import SEARCHED, folded, folded_cells, wanted_in

SATURATION, LENGTH = 1.2, 0.75
"""The k1 and b of BM25."""


def scored(customers: Customers, words: str) -> tuple[NDArray[np.bool_], Floats]:
    """Tell in whom all words and phrases occur, in any id, category or text, and how well each customer matches (n,).

    The score is BM25 (Robertson & Zaragoza 2009) over everything that is searched of a customer: rare words count
    more, the tenth mention hardly, and long texts less. Case and accents do not matter; Chinese is found by its
    characters. No words find nobody.
    """
    wanted = wanted_in(words)
    n = len(customers)
    if not wanted:
        return np.zeros(n, dtype=bool), np.zeros(n, dtype=np.float32)
    lines = [folded(str(id_)) for id_ in customers.frame.index]
    for name in customers.named(*SEARCHED):
        cells = folded_cells(customers.frame[name])
        lines = [f"{line}\n{cell}" for line, cell in zip(lines, cells, strict=True)]
    counts = np.array([[line.count(word) for line in lines] for word in dict.fromkeys(wanted)], dtype=np.float64)
    lengths = np.array([len(line) for line in lines], dtype=np.float64)
    held = (counts > 0).sum(axis=1, keepdims=True)
    rarity = np.log1p((n - held + 0.5) / (held + 0.5))
    room = SATURATION * (1 - LENGTH + LENGTH * lengths / max(lengths.mean(), 1.0))
    score = (rarity * counts * (SATURATION + 1) / (counts + room)).sum(axis=0)
    return np.asarray((counts > 0).all(axis=0)), np.asarray(score, dtype=np.float32)


def places(text: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Return where folded words stand in a text as it is written, from and to, in their order and without overlaps.

    Examples
    --------
    >>> places("Ein Café, CAFE!", ["cafe"])
    [(4, 8), (10, 14)]
    """
    plain, origin = _traced(text)
    found: list[tuple[int, int]] = []
    for word in wanted:
        start = plain.find(word)
        while start >= 0:
            end = start + len(word)
            found.append((origin[start], origin[end - 1] + 1))
            start = plain.find(word, end)
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _traced(text: str) -> tuple[str, list[int]]:
    """Fold a text letter by letter, and return for each letter of it where it came from."""
    letters: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text):
        plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if not "\u0300" <= part <= "\u036f")
        plain = " " if letter.isspace() else plain.casefold()
        for part in plain:
            if part == " " and (not letters or letters[-1] == " "):
                continue
            letters.append(part)
            origin.append(place)
    return "".join(letters), origin

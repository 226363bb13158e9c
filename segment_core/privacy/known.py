"""Known: ids of customers, found wherever they turn up in a text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from segment_core.privacy.found import Found

SHORTEST, SHORTEST_NUMBER = 4, 6
"""Characters of an id with a letter and a digit in it, and of one of digits alone, from which on it is looked for."""
_PIECE = re.compile(r"[^\W_]+(?:[-_./#:]+[^\W_]+)*")
_DIGIT, _JOIN = re.compile(r"\d"), re.compile(r"[-_./#:]+")


@dataclass(frozen=True, slots=True)
class Known:
    """An index of ids by their one form; make it with `known_index`."""

    ids: Mapping[str, str]

    def find(self, text: str) -> Iterator[Found]:
        """Find ids in a text, left to right, in any case and whatever joins their parts."""
        if not self.ids or not _DIGIT.search(text):
            return
        for match in _PIECE.finditer(text):
            yield from self._within(match.group(), match.start())

    def _within(self, piece: str, start: int) -> Iterator[Found]:
        if not _DIGIT.search(piece):
            return
        parts = [(part.start(), part.end()) for part in re.finditer(r"[^\W_]+", piece)]
        first = 0
        while first < len(parts):
            for last in range(min(len(parts), first + 6), first, -1):
                written = piece[parts[first][0] : parts[last - 1][1]]
                if (normal := self.ids.get(_normal(written))) is not None:
                    at = start + parts[first][0]
                    yield Found("CUSTOMER", at, at + len(written), written, normal)
                    first = last - 1
                    break
            first += 1


def known_index(ids: Iterable[str]) -> Known:
    """Index ids of customers that cannot be mistaken for something else: those with a digit in them, and long enough.

    Ids that are words, or numbers of fewer than six digits, are left out: they would take ordinary words, years and
    sizes out of texts.

    Examples
    --------
    >>> [found.value for found in known_index(["KX-4821", "77"]).find("I am kx4821 and 77")]
    ['kx4821']
    """
    found = {}
    for id_ in map(str, ids):
        normal = _normal(id_)
        shortest = SHORTEST_NUMBER if normal.isdigit() else SHORTEST
        if len(normal) >= shortest and _DIGIT.search(normal):
            found[normal] = normal
    return Known(found)


def _normal(written: str) -> str:
    return _JOIN.sub("", written).casefold()

"""Links: what an analyst says of pairs of customers, read, closed and held against itself."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from segment_core.artifacts import Labels
from segment_core.errors import OptionError

MOST_NAMED = 5
_PART = re.compile(r'\s*(?:"([^"]*)"|([^"+;\n]*?))\s*([+;\n]|$)')


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Customers as units (n,) who stay together, and pairs of units that stay apart; `n_skipped` were not found."""

    units: Labels
    apart: tuple[tuple[int, int], ...]
    n_together: int
    n_skipped: int


def read_links(text: str) -> tuple[tuple[str, ...], ...]:
    """Read groups of ids, such as `C001+C017; C020+C033+C040`; an id with + or ; in it stands in double quotes.

    Raises
    ------
    OptionError
        If a group names only one customer, or a quote is not closed.

    Examples
    --------
    >>> read_links('C1+C2; "a+b"+C3')
    (('C1', 'C2'), ('a+b', 'C3'))
    """
    groups: list[tuple[str, ...]] = []
    group: list[str] = []
    place = 0
    while place < len(text):
        part = _PART.match(text, place)
        if part is None:
            raise OptionError(
                "A link stops making sense at {found}; write ids with + between them and ; between links.",
                found=text[place : place + 40].strip(),
            )
        quoted, bare, end = part.groups()
        name = quoted if quoted is not None else bare.strip()
        group += [name] if name else []
        if end != "+" and group:
            groups.append(tuple(group))
            group = []
        place = part.end()
    if group:
        groups.append(tuple(group))
    for found in groups:
        if len(found) < 2:
            raise OptionError("The link {found} names one customer; it needs two or more.", found=found[0])
    return tuple(groups)


def linked(together: str, apart: str, ids: Sequence[str], *, skip: bool) -> Links:
    """Find the customers of the links among `ids` (n,); where A goes with B and B with C, A goes with C.

    Raises
    ------
    OptionError
        If an id is not there (unless `skip`), or two customers are linked both ways.
    """
    joins, parts = read_links(together), read_links(apart)
    places = {str(name): place for place, name in enumerate(ids)}
    missing = sorted({name for group in (*joins, *parts) for name in group if name not in places})
    if missing and not skip:
        raise OptionError(
            "Links name {n} customers who are not there: {names}. Correct the ids, or let links skip them.",
            n=len(missing),
            names=", ".join(missing[:MOST_NAMED]) + (", …" if len(missing) > MOST_NAMED else ""),
        )
    units = _closed([[places[name] for name in group if name in places] for group in joins], len(ids))
    pairs = set()
    for group in parts:
        for one, other in combinations([name for name in group if name in places], 2):
            first, second = sorted((int(units[places[one]]), int(units[places[other]])))
            if first == second:
                raise OptionError(
                    "{one} and {other} are to be together and apart; take one of the two links out.",
                    one=one,
                    other=other,
                )
            pairs.add((first, second))
    n_together = sum(size * (size - 1) // 2 for size in np.bincount(units).tolist()) if len(units) else 0
    return Links(units, tuple(sorted(pairs)), n_together, len(missing))


def _closed(groups: Iterable[Sequence[int]], n: int) -> Labels:
    heads = list(range(n))

    def head(place: int) -> int:
        while heads[place] != place:
            heads[place] = heads[heads[place]]
            place = heads[place]
        return place

    for group in groups:
        for place in group[1:]:
            one, other = sorted((head(group[0]), head(place)))
            heads[other] = one
    _, units = np.unique([head(place) for place in range(n)], return_inverse=True)
    return np.asarray(units, dtype=np.int64).reshape(-1)

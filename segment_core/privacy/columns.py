"""Columns: which kind of personal data a column's values are, for telling its role."""

from collections.abc import Iterable, Mapping

from segment_core.privacy.finding import find
from segment_core.privacy.national_ids import share_of_ids
from segment_core.privacy.surroundings import KINDS, plain

MOST_READ = 1000
_WRAPPED = " \t\"'<>()[];,."


def kinds_in(values: Iterable[str]) -> Mapping[str, float]:
    """Return the share of a column's distinct values that are wholly of one kind, for the kinds there are.

    At most a thousand values are read, evenly spaced in their own order. National ids without a
    word for them are told by check digits that hold throughout the column.

    Examples
    --------
    >>> dict(kinds_in(["a@example.org", "b@example.org", "none"]))
    {'EMAIL': 0.6666666666666666}
    """
    distinct = sorted({plain(value).strip(_WRAPPED) for value in values} - {""})
    read = distinct[:: max(1, -(-len(distinct) // MOST_READ))]
    counts = dict.fromkeys(KINDS, 0.0)
    for value in read:
        found = find(value)
        if len(found) == 1 and len(found[0].value) >= len(value) - 1:
            counts[found[0].kind] += 1
    shares = {kind: n / len(read) for kind, n in counts.items() if n}
    ids = share_of_ids(read)
    if ids >= 0.8 and ids > max(shares.values(), default=0.0):
        shares = {"ID": ids}
    return shares

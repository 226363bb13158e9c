"""Anonymity: how many customers a file would single out by what its columns say together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segment_core.messages import Message, say

K = 5


@dataclass(frozen=True, slots=True)
class Rare:
    """How many customers are in combinations of fewer than `k`, and how many would be without each column."""

    n: int
    k: int
    without: tuple[tuple[str, int], ...] = ()

    @property
    def worst(self) -> tuple[str, int] | None:
        """Return the column whose leaving out helps most, and how many would still be rare; None where none helps."""
        found = min(self.without, key=lambda pair: pair[1], default=None)
        return found if found is not None and found[1] < self.n else None


def rare(frame: pd.DataFrame, columns: Sequence[str], k: int = K) -> Rare:
    """Count customers whose cells in `columns` are together shared by fewer than `k` of these customers (Sweeney 2002).

    Every column counts as something that others may know of a person; an empty cell is a value like any other.
    """
    coded = [pd.factorize(frame[name], use_na_sentinel=False)[0].astype(np.int64) for name in columns]
    n = _n_rare(coded, k)
    if not n:
        return Rare(0, k)
    fewer = ((name, _n_rare(coded[:place] + coded[place + 1 :], k)) for place, name in enumerate(columns))
    return Rare(n, k, tuple(fewer))


def advice(found: Rare) -> Message | None:
    """Say how many customers could be recognised, and by leaving out which column fewer would be; None where nobody."""
    if not found.n:
        return None
    if found.worst is None:
        return say(
            "{n:,} customers share what these columns say with fewer than {k} of the file and could be recognised; no "
            "single column is to blame. Leave out several, or put values into ranges before you load the file.",
            n=found.n,
            k=found.k,
        )
    return say(
        "{n:,} customers share what these columns say with fewer than {k} of the file and could be recognised. Without "
        "{column} it would be {left:,}: leave it out, or put its values into ranges before you load the file.",
        n=found.n,
        k=found.k,
        column=found.worst[0],
        left=found.worst[1],
    )


def _n_rare(coded: Sequence["np.ndarray"], k: int) -> int:
    if not coded:
        return 0
    groups = coded[0]
    for codes in coded[1:]:  # made dense again each time, so that no product overflows
        groups = pd.factorize(groups * (int(codes.max(initial=0)) + 1) + codes)[0].astype(np.int64)
    sizes = np.bincount(groups) if len(groups) else np.zeros(0, dtype=np.int64)
    return int(sizes[sizes < k].sum())

"""Parting: hashes of some customers at a time, by which other data are told from the same data with other customers."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Customers
from segment_core.capsules.hashing import ROW, bytes_of, ids_of
from segment_core.stages import fingerprint

FEWEST, MOST_PARTS = 25, 64
"""Customers of a part on average, at least, and parts at most."""
ENOUGH_BITS = 80.0
"""How much a hash must hide: of columns that say less of a part's customers, several are hashed together, for else one
could try all that they may be."""
LENGTH = 16


@dataclass(frozen=True, slots=True)
class Apart:
    """How other customers differ: at least so many are `new` or `gone`; `columns` changed among the `n_compared`.

    Columns that say too little to be hashed alone are named together, with " / ": at least one of them changed.
    """

    new: int
    gone: int
    n_compared: int
    columns: tuple[str, ...]


def parts_of(customers: Customers) -> dict[str, Any] | None:
    """Return hashes of the cells of each part of the customers, as JSON; None where no id says who is who.

    Parts are drawn by the ids alone, so that a customer who is new or gone changes one part and no other.
    """
    if customers.id_name == ROW or not len(customers):
        return None
    n_parts = max(1, min(MOST_PARTS, len(customers) // FEWEST))
    return _hashed(customers, n_parts, _grouped(customers, len(customers) / n_parts))


def apart(kept: Any, customers: Customers) -> Apart | None:
    """Say how customers differ from those whose parts were kept; None where that cannot be told."""
    if not isinstance(kept, dict) or customers.id_name == ROW:
        return None
    try:
        groups = [[str(name) for name in group] for group in kept["groups"]]
        n_parts, before = int(kept["n_parts"]), [int(n) for n in kept["counts"]]
        if not 1 <= n_parts == len(before) == len(kept["ids"]) <= MOST_PARTS or len(kept["cells"]) != len(groups):
            return None
        there = {column.name for column in customers.columns}
        whole = [number for number, group in enumerate(groups) if there.issuperset(group)]
        now = _hashed(customers, n_parts, [groups[number] for number in whole])
        same = [part for part in range(n_parts) if now["ids"][part] == kept["ids"][part]]
        changed = [
            groups[number]
            for place, number in enumerate(whole)
            if any(now["cells"][place][part] != kept["cells"][number][part] for part in same)
        ]
    except (LookupError, TypeError, ValueError):  # written by somebody else: it tells nothing
        return None
    differing = [part for part in range(n_parts) if part not in same]
    more = [now["counts"][part] - before[part] for part in differing]
    # A part with as many customers as before, but others, has one new and one gone at least.
    swapped = sum(one == 0 for one in more)
    return Apart(
        sum(one for one in more if one > 0) + swapped,
        -sum(one for one in more if one < 0) + swapped,
        sum(before[part] for part in same),
        tuple(" / ".join(name[:40] for name in group) for group in changed),
    )


def _hashed(customers: Customers, n_parts: int, groups: Sequence[Sequence[str]]) -> dict[str, Any]:
    ids = np.array(ids_of(customers), dtype=object)
    own = np.array([_part(id_, n_parts) for id_ in ids], dtype=np.int64)
    rows = [_in_order(ids, np.flatnonzero(own == part)) for part in range(n_parts)]
    return {
        "n_parts": n_parts,
        "groups": [list(group) for group in groups],
        "counts": [len(places) for places in rows],
        "ids": [fingerprint("ids", list(ids[places]))[:LENGTH] for places in rows],
        "cells": [
            [fingerprint("cells", *(bytes_of(customers.frame[name].iloc[places]) for name in group))[:LENGTH]
             for places in rows]
            for group in groups
        ],
    }  # fmt: skip


def _part(id_: str, n_parts: int) -> int:
    return int.from_bytes(hashlib.sha256(b"part" + id_.encode("utf-8", "surrogatepass")).digest()[:8]) % n_parts


def _in_order(ids: NDArray[Any], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    return rows[np.argsort(ids[rows].astype(str), kind="stable")]


def _grouped(customers: Customers, n_each: float) -> list[list[str]]:
    """Return columns alone where they say enough of a part, and the others together until they do."""
    groups: list[list[str]] = []
    open_: list[str] = []
    bits = 0.0
    for column in customers.columns:
        if column.name not in customers.frame.columns or column.name == customers.id_name:
            continue
        own = n_each * _entropy(customers.frame[column.name])
        if own >= ENOUGH_BITS:
            groups.append([column.name])
            continue
        open_.append(column.name)
        bits += own
        if bits >= ENOUGH_BITS:
            groups.append(open_)
            open_, bits = [], 0.0
    if open_ and groups:
        last = max(range(len(groups)), key=lambda number: (len(groups[number]) > 1, number))
        groups[last] = [*groups[last], *open_]
    return groups


def _entropy(cells: "pd.Series[Any]") -> float:
    """Return how many bits a cell of a column tells."""
    shares: Mapping[Any, float] = cells.value_counts(normalize=True, dropna=False).to_dict()
    return -sum(share * math.log2(share) for share in shares.values() if share > 0)

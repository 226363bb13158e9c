"""Witnesses: some customers of a segment, by whom it is known again in another run."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Edit, Labels

MOST = 300
"""Customers who bear witness of a segment."""
LEAST = 0.5
"""Part of the witnesses who must be in one segment for it to hold them, and the Jaccard similarity to be like it."""


def witnessed(
    index: pd.Index, members: Mapping[str, NDArray[np.bool_]]
) -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
    """Return witnesses and size of each segment, of whom `members` tells who is in it (n,).

    The witnesses are spread evenly over the ids in their order, so that they do not depend on the order of rows.
    """
    names = {segment: np.sort(index[mask].to_numpy().astype(str)) for segment, mask in members.items()}
    some = {segment: tuple(found[spread(len(found), MOST)].tolist()) for segment, found in names.items()}
    return some, {segment: len(found) for segment, found in names.items()}


def spread(n: int, most: int) -> NDArray[np.int64]:
    """Return at most `most` places of `n`, evenly spread."""
    return np.arange(n) if n <= most else (np.arange(most) * n) // most


def known(edit: Edit, segment: str, index: pd.Index, labels: Labels, *, alike: bool) -> int | None:
    """Return which label has most of a segment's witnesses, or None where none has half of those still there.

    With `alike` it must also be about that segment and no larger one: the Jaccard similarity, reckoned from the
    witnesses and the segment's size, has to be a half.
    """
    ids = edit.witnesses.get(segment, ())
    places = index.get_indexer(pd.Index(ids, dtype=index.dtype)) if ids else np.empty(0, dtype=np.int64)
    here = places[places >= 0]
    if not len(here):
        return None
    counts = np.bincount(labels[here])
    best = int(counts.argmax())
    share = counts[best] / len(here)
    if share < LEAST:
        return None
    if alike:
        size = edit.sizes.get(segment, len(ids)) * len(here) / len(ids)
        both = share * size
        if both < LEAST * (size + int((labels == best).sum()) - both):
            return None
    return best

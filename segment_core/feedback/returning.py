"""Returning: the same changes of whole segments on other customers, to ask whether edited segments would come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Labels


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A segment merged, split or deleted: `labels` (n,) are those of all customers before it.

    "merge" puts `others` into `label`; "split" makes the customers `inside` (n,), of `others`, the label `made`;
    "delete" gives those of `label` to their neighbours.
    """

    what: Literal["merge", "split", "delete"]
    labels: Labels
    label: int
    others: tuple[int, ...]
    made: int
    inside: NDArray[np.bool_] | None = None


def returned(labels: Labels, rows: NDArray[np.int64], matrix: Floats, changes: Sequence[Change]) -> Labels:
    """Do changes of whole segments on the labels (m,) of a new cut of customers `rows` (m,) with features (m, d).

    A segment is the one in the new cut that overlaps it most (Jaccard). Nobody is put anywhere by name: a part that
    was split off comes back only as far as the means of both sides tell who is on which, and customers who were moved
    by hand stay where the algorithm puts them, which counts against the segment.
    """
    found = labels.copy()
    for change in changes:
        before = change.labels[rows]
        if change.what == "merge":
            target = _like(found, before == change.label)
            for other in change.others:
                label = _like(found, before == other)
                if label is not None and target is not None:
                    found[found == label] = target
        elif change.what == "delete":
            _dissolve(found, _like(found, before == change.label), matrix)
        elif change.inside is not None:
            _halve(found, before, change, change.inside[rows], matrix)
    return found


def _like(labels: Labels, members: NDArray[np.bool_]) -> int | None:
    """Return the label that overlaps some customers most, None where there are none of them."""
    if not members.any():
        return None
    size = int(labels.max()) + 1
    both = np.bincount(labels[members], minlength=size)
    either = np.bincount(labels, minlength=size) + int(members.sum()) - both
    return int((both / np.maximum(either, 1)).argmax())


def _dissolve(found: Labels, label: int | None, matrix: Floats) -> None:
    others = [other for other in np.unique(found).tolist() if other != label]
    if label is None or not others:
        return
    own = found == label
    means = np.stack([matrix[found == other].mean(axis=0) for other in others])
    squares = np.stack([((matrix[own] - mean) ** 2).sum(axis=1) for mean in means], axis=1)
    found[own] = np.array(others)[squares.argmin(axis=1)]


def _halve(found: Labels, before: Labels, change: Change, inside: NDArray[np.bool_], matrix: Floats) -> None:
    source = _like(found, np.isin(before, change.others))
    here = found == source
    part, rest = here & inside, here & ~inside
    if source is None or not part.any() or not rest.any():
        return
    near, far = (((matrix - matrix[side].mean(axis=0)) ** 2).sum(axis=1) for side in (part, rest))
    found[here & (near < far)] = int(found.max()) + 1

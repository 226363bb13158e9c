"""Receipts: how much of what sets each segment apart comes from each block of features."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Labels, Share


@dataclass(frozen=True, slots=True)
class Receipt:
    """What sets one segment apart, by block.

    `shares` are the blocks' parts of its distance from everybody else, `from_nearest` of that from the `nearest`
    segment. Each adds up to 1, or is all 0 where there is no more distance than chance would make.
    """

    segment: str
    shares: Mapping[str, float]
    nearest: str = ""
    from_nearest: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Receipts:
    """Who decides: each block's `weights` in the distance between customers, and its part of what the segments make.

    `deciding` are the blocks' parts of the variance between segments; they add up to 1, or are all 0.
    """

    weights: Mapping[str, float]
    deciding: Mapping[str, float]
    segments: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Centres of the segments in one block (k, width), and the variance inside them (all columns together)."""

    name: str
    centres: NDArray[np.float64]
    rest: NDArray[np.float64]
    within: float


def receipts(features: Features, clustering: Clustering) -> Receipts:
    """Split the distance between segments into the parts of the blocks.

    Squared Euclidean distance of centres is the sum of the blocks' own. Centres of few customers stand
    apart by luck, the more so the wider the block; what luck makes on average is taken off each block:
    its variance inside segments, times 1/n + 1/m for groups of n and m customers, which is also what a
    random permutation of the customers gives. A block of pure noise so gets nothing, whatever its width.
    The segments were cut by these very blocks, so this says what made them, not whether they are real.

    Examples
    --------
    >>> from segment_core.artifacts import Segment, Step
    >>> pairs = Features.of([[0.0], [0.1], [9.0], [9.1]], names=("spend",))
    >>> cut = Clustering(np.array([0, 0, 1, 1]), np.ones(4), np.full(4, "core"), (Segment("S1", 2), Segment("S2", 2)),
    ...     Step("kmeans"))
    >>> receipts(pairs, cut).deciding
    {'numbers': 1.0}
    """
    labels, k = clustering.labels, clustering.n_segments
    sizes = np.bincount(labels, minlength=k).astype(np.float64)
    blocks = [_block(features, share, labels, k) for share in features.blocks]
    weights = {share.name: share.weight for share in features.blocks}
    between = {block.name: _between(block, sizes) for block in blocks}
    ids = [segment.id for segment in clustering.segments]
    if k < 2:
        nothing = dict.fromkeys(weights, 0.0)
        return Receipts(weights, nothing, tuple(Receipt(name, nothing) for name in ids))
    others = sizes.sum() - sizes
    away = np.sum([_squares(block.centres) for block in blocks], axis=0) + np.diag(np.full(k, np.inf))
    nearest = away.argmin(axis=1)
    made = []
    for number, name in enumerate(ids):
        near = int(nearest[number])
        luck, luck_near = 1 / sizes[number] + 1 / others[number], 1 / sizes[number] + 1 / sizes[near]
        apart = {b.name: _square(b.centres[number] - b.rest[number]) - b.within * luck for b in blocks}
        apart_near = {b.name: _square(b.centres[number] - b.centres[near]) - b.within * luck_near for b in blocks}
        made.append(Receipt(name, _parts(apart), ids[near], _parts(apart_near)))
    return Receipts(weights, _parts(between), tuple(made))


def _block(features: Features, share: Share, labels: Labels, k: int) -> _Block:
    values = features.matrix[:, share.start : share.stop].astype(np.float64)
    values -= values.mean(axis=0)
    sizes = np.bincount(labels, minlength=k)
    sums = np.stack([values[labels == number].sum(axis=0) for number in range(k)])
    centres = sums / np.maximum(sizes, 1)[:, None]
    # All sums together are 0, so those of everybody else are what is missing to that.
    rest = -sums / np.maximum(len(labels) - sizes, 1)[:, None]
    inside = float((values**2).sum() - (sizes[:, None] * centres**2).sum())
    free = max(len(labels) - k, 1)
    return _Block(share.name, centres, rest, max(inside, 0.0) / free)


def _between(block: _Block, sizes: NDArray[np.float64]) -> float:
    found = float((sizes[:, None] * block.centres**2).sum())
    return found - (len(sizes) - 1) * block.within


def _parts(found: Mapping[str, float]) -> dict[str, float]:
    kept = {name: max(value, 0.0) for name, value in found.items()}
    total = sum(kept.values())
    return {name: value / total if total > 0 else 0.0 for name, value in kept.items()}


def _square(difference: NDArray[np.float64]) -> float:
    return float((difference**2).sum())


def _squares(centres: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(((centres[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2))

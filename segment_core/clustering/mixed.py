"""Mixed: features taken apart again into numbers, categories and wide blocks, for those who compare each in its way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Features, Labels, Share

SILENT = 1e-6
"""Part of a group's spread below which a row is at its centre: there the value is missing."""


@dataclass(frozen=True, slots=True, eq=False)
class Category:
    """A column of levels: codes (n,), -1 where missing; its weight is its variance in the blended features."""

    source: str
    codes: Labels
    n_levels: int
    weight: float
    influence: float


@dataclass(frozen=True, slots=True, eq=False)
class Wide:
    """A block that is one feature in many columns, such as texts: matrix (n, width), rows known, and as above."""

    name: str
    matrix: NDArray[np.float64]
    known: NDArray[np.bool_]
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Mixed:
    """Numbers (n, p) as blended, with a weight each; categories; and wide blocks.

    Weights are those of the blocks, shared out evenly among a block's columns.
    """

    numbers: NDArray[np.float64]
    weights: NDArray[np.float64]
    categories: tuple[Category, ...]
    wide: tuple[Wide, ...]


def apart(features: Features) -> Mixed:
    """Tell by their sources what the matrix columns of each block are.

    Levels of one category share a source. A block none of whose sources is a customer column (directions of texts,
    topics, a graph) is one wide feature. What is missing shows where levels are all at the centre, or a wide block
    is silent; a missing number was filled in with the typical value, and counts as that.
    """
    numbers: list[NDArray[np.float64]] = []
    weights: list[float] = []
    categories: list[Category] = []
    wide: list[Wide] = []
    for share in features.blocks:
        block = features.matrix[:, share.start : share.stop].astype(np.float64)
        sources = np.array(features.sources[share.start : share.stop], dtype=object)
        if not set(sources.tolist()) & set(share.columns):
            wide.append(_wide(share, block))
            continue
        distinct = list(dict.fromkeys(sources.tolist()))
        for source in distinct:
            own = block[:, sources == source]
            weight = share.weight / len(distinct)
            if own.shape[1] == 1:
                numbers.append(own[:, 0])
                weights.append(weight)
            else:
                categories.append(_category(source, own, weight))
    n = features.n_customers
    matrix = np.column_stack(numbers) if numbers else np.zeros((n, 0))
    return Mixed(matrix, np.array(weights), tuple(categories), tuple(wide))


def _category(source: str, levels: NDArray[np.float64], weight: float) -> Category:
    codes = levels.argmax(axis=1)
    codes[_at_centre(levels)] = -1
    influence = float(((levels - levels.mean(axis=0)) ** 2).sum(axis=1).mean())
    return Category(source, codes.astype(np.int64), levels.shape[1], weight, influence)


def _wide(share: Share, matrix: NDArray[np.float64]) -> Wide:
    return Wide(share.name, matrix, ~_at_centre(matrix), share.weight)


def _at_centre(matrix: NDArray[np.float64]) -> NDArray[np.bool_]:
    lengths = np.sqrt((matrix**2).sum(axis=1))
    return np.asarray(lengths <= SILENT * max(float(np.sqrt((lengths**2).mean())), 1e-30))

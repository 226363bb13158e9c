"""Mixed: features taken apart again into numbers, categories and wide blocks, for those who compare each in its way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import LEARNED_BLOCKS, Features, Labels

SILENT = 1e-6
"""Part of a group's spread below which a row is at its centre: there the value is missing."""


@dataclass(frozen=True, slots=True, eq=False)
class Category:
    """A column of levels: codes (n,), -1 where missing; its influence is its variance in the blended features."""

    source: str
    block: str
    codes: Labels
    n_levels: int
    weight: float
    influence: float


@dataclass(frozen=True, slots=True, eq=False)
class Wide:
    """What is one feature in many columns, such as texts: matrix (n, width), and which rows are known."""

    block: str
    matrix: NDArray[np.float64]
    known: NDArray[np.bool_]
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Mixed:
    """Numbers (n, p) as blended, with a weight and a block each; categories; and wide blocks.

    Weights are those of the blocks, shared out evenly among a block's columns.
    """

    numbers: NDArray[np.float64]
    weights: NDArray[np.float64]
    blocks: tuple[str, ...]
    categories: tuple[Category, ...]
    wide: tuple[Wide, ...]


def apart(features: Features) -> Mixed:
    """Tell by their sources what the matrix columns of each block are.

    Levels of one category share a source. A block that a model made, or none of whose sources is a customer column, is
    one wide feature; vectors that were brought along are one a column. What is missing shows where levels are all at
    the centre, or a wide block is silent; a missing number was filled in with the typical value, and counts as that.
    """
    numbers: list[NDArray[np.float64]] = []
    weights: list[float] = []
    owners: list[str] = []
    categories: list[Category] = []
    wide: list[Wide] = []
    for share in features.blocks:
        block = features.matrix[:, share.start : share.stop].astype(np.float64)
        sources = np.array(features.sources[share.start : share.stop], dtype=object)
        brought = share.name == "vectors"
        if not set(sources.tolist()) & set(share.columns) or (share.name in LEARNED_BLOCKS and not brought):
            wide.append(_wide(share.name, block, share.weight))
            continue
        distinct = list(dict.fromkeys(sources.tolist()))
        for source in distinct:
            own = block[:, sources == source]
            weight = share.weight / len(distinct)
            if brought:
                wide.append(_wide(share.name, own, weight))
            elif own.shape[1] == 1:
                numbers.append(own[:, 0])
                weights.append(weight)
                owners.append(share.name)
            else:
                categories.append(_category(source, share.name, own, weight))
    n = features.n_customers
    matrix = np.column_stack(numbers) if numbers else np.zeros((n, 0))
    return Mixed(matrix, np.array(weights), tuple(owners), tuple(categories), tuple(wide))


def _category(source: str, block: str, levels: NDArray[np.float64], weight: float) -> Category:
    codes = levels.argmax(axis=1)
    codes[_at_centre(levels)] = -1
    influence = float(((levels - levels.mean(axis=0)) ** 2).sum(axis=1).mean())
    return Category(source, block, codes.astype(np.int64), levels.shape[1], weight, influence)


def _wide(block: str, matrix: NDArray[np.float64], weight: float) -> Wide:
    return Wide(block, matrix, ~_at_centre(matrix), weight)


def _at_centre(matrix: NDArray[np.float64]) -> NDArray[np.bool_]:
    lengths = np.sqrt((matrix**2).sum(axis=1))
    return np.asarray(lengths <= SILENT * max(float(np.sqrt((lengths**2).mean())), 1e-30))

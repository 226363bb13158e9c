"""Features: blocks, and the one matrix they are blended into."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts.basics import Floats, Note, Step

TEXT_BLOCKS = ("text", "topics", "traits")
"""Blocks made of what customers wrote: the same texts, read in different ways."""
LEARNED_BLOCKS = (*TEXT_BLOCKS, "graph", "vectors")
"""Blocks that are no columns of a table: what a model made of texts, links or vectors."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Features of one kind before they are blended: matrix (n_customers, width), one name a matrix column.

    `sources` (width,) says which matrix columns belong together: those of one category share a source.
    `columns` names the customer columns behind the block; `notes` say what was tamed or filled.
    """

    name: str
    matrix: Floats
    names: tuple[str, ...]
    sources: tuple[str, ...]
    columns: tuple[str, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """Where a block lies in the blended matrix (`start` to `stop`), and how much it counts.

    `weight` is the block's part of the mean squared distance between two customers; weights
    of all blocks add up to 1.
    """

    name: str
    start: int
    stop: int
    weight: float
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """How a text of one language becomes features, so that a text nobody had written yet becomes them the same way.

    `reader` makes its vector (d,); then `(vector - middle) @ turns` are the columns of `Features.matrix` from `start`
    on: `middle` (d,) is the mean of all texts of the language, `turns` (d, width) their main directions. `language` is
    "" where one reader reads all of them. `digest` tells the reader's files, "" where it names none. Where words are
    counted instead, each of `terms` brings a row of `brought` (n_terms, d); none is of fewer than five texts.
    """

    language: str
    reader: Step
    start: int
    middle: Floats
    turns: Floats
    digest: str = ""
    terms: tuple[str, ...] = ()
    brought: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """All blocks side by side: matrix (n_customers, n_features) float32, ready for Euclidean distance.

    `names` and `sources` (n_features,) are those of the blocks, in the same order. `ways` are those of the languages
    whose reader can read other texts, too.
    """

    matrix: Floats
    names: tuple[str, ...]
    sources: tuple[str, ...]
    blocks: tuple[Share, ...]
    notes: tuple[Note, ...] = ()
    ways: tuple[Way, ...] = ()

    @property
    def n_customers(self) -> int:
        """Count the rows."""
        return int(self.matrix.shape[0])

    @property
    def n_columns(self) -> int:
        """Count the customer columns behind all blocks."""
        return sum(len(block.columns) for block in self.blocks)

    @classmethod
    def of(cls, matrix: Sequence[Sequence[float]] | NDArray[Any], names: Sequence[str] = ()) -> "Features":
        """Make features of a bare matrix, as one block."""
        values = np.asarray(matrix, dtype=np.float32)
        width = int(values.shape[1])
        names = tuple(names) or tuple(f"feature {number + 1}" for number in range(width))
        return cls(values, names, names, (Share("numbers", 0, width, 1.0, names),))

"""Linking: a thing that customers have in common, and who has it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats

Kind = Literal["value", "product", "aspect"]
Rows = NDArray[np.int32]
EDGES: dict[str, str] = {"value": "has", "product": "bought", "aspect": "mentions"}
"""The kind of edge that joins customers to each kind of node."""


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A node that is no customer: `rows` are the customers it touches, ascending, `strengths` how much (k,)."""

    kind: Kind
    label: str
    column: str
    rows: Rows
    strengths: Floats

    @property
    def n(self) -> int:
        """Count the customers it touches."""
        return len(self.rows)


def link(kind: Kind, label: str, column: str, rows: NDArray[np.integer], strengths: Floats | None = None) -> Link:
    """Make a link; without strengths all count the same."""
    found = np.ones(len(rows), dtype=np.float32) if strengths is None else strengths.astype(np.float32)
    return Link(kind, label, column, rows.astype(np.int32), found)

"""Interactions: who bought what, how often and how long ago, without ever a dense table."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Labels
from segment_core.errors import DataError

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True, slots=True, eq=False)
class Interactions:
    """Pairs of customer and item, each once: all arrays are of shape (n_pairs,).

    `customers` index the study's customers, `items` the items; `counts` are orders, `ages` the days from the last of
    them to the end. `segments` (n_customers,) are numbers of segments, -1 where none is known.
    """

    customers: Labels
    items: Labels
    counts: NDArray[np.float64]
    ages: NDArray[np.float64]
    segments: Labels
    n_items: int

    @property
    def n_customers(self) -> int:
        """Count the customers, those who bought nothing among them."""
        return len(self.segments)

    def matrix(self, values: NDArray[np.float64]) -> "csr_matrix":
        """Return one value a pair as a sparse matrix (n_customers, n_items) with sorted columns, float32."""
        from scipy.sparse import csr_matrix

        shape = (self.n_customers, self.n_items)
        found = csr_matrix((values.astype(np.float32), (self.customers, self.items)), shape=shape)
        found.sort_indices()
        return found

    def bought(self) -> "csr_matrix":
        """Return who bought what: 1 where they did."""
        return self.matrix(np.ones(len(self.items)))


def require_items(interactions: Interactions) -> None:
    """Check that there is something to learn from.

    Raises
    ------
    DataError
        If there are fewer than two items.
    """
    if interactions.n_items < 2 or not len(interactions.items):
        raise DataError(
            "There are {n} items that enough customers bought; recommending needs two at least. Ask for fewer "
            "customers an item, or leave out fewer items.",
            n=interactions.n_items,
        )

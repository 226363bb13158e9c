"""Neighbours: items bought by the same customers, the most alike of each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from segment_core.artifacts import Progress, silent
from segment_core.choices import option
from segment_core.messages import Message, say
from segment_core.recommending.blending import Picks, blend
from segment_core.recommending.interactions import Interactions, require_items
from segment_core.recommending.options import BlendOptions

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BATCH = 500
AGAIN = 1.0
"""How much an item speaks for itself where items may be offered again: as much as one bought by the same people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighboursOptions(BlendOptions):
    """How many items each item speaks for, and how coincidences are held back."""

    n_neighbours: int = option(100, "Neighbours of an item", low=5, high=1000, help="How many items one speaks for.")
    shrinkage: float = option(
        20.0, "Shrinkage", low=0.0, high=1000.0, help="Pairs that few customers bought count less."
    )


def recommend(
    interactions: Interactions, options: NeighboursOptions = NeighboursOptions(), progress: Progress = silent
) -> Picks:
    """Recommend by the cosine of items over customers (Deshpande and Karypis 2004), blended as in `blend`.

    Customers who bought nearly everything say little of any pair, so each counts by the BM25 weight of the length
    of their list. Memory grows with items by neighbours.

    Raises
    ------
    DataError
        If there are fewer than two items.
    """

    def first(done: float, total: float, note: Message) -> None:
        progress(done / max(total, 1), 2, note)

    def later(done: float, total: float, note: Message) -> None:
        progress(1 + done / max(total, 1), 2, note)

    return blend(interactions, links(interactions, options, first), options, later)


def links(interactions: Interactions, options: NeighboursOptions, progress: Progress = silent) -> "csr_matrix":
    """Return how much each item (row) speaks for its neighbours (n_items, n_items), sparse."""
    from scipy.sparse import csr_matrix, diags, vstack

    require_items(interactions)
    bought = interactions.bought()
    lengths = np.diff(bought.indptr).astype(np.float64)
    mean = lengths[lengths > 0].mean()
    weighed = diags(1.2 / (1.2 * (0.25 + 0.75 * lengths / mean) + 1.0)) @ bought
    sizes = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=0)).ravel())
    turned, n, k = weighed.T.tocsr(), interactions.n_items, options.n_neighbours
    parts = []
    for start in range(0, n, BATCH):
        progress(start, n, say("Comparing items: {done:,} of {n:,}", done=start, n=n))
        rows = slice(start, min(n, start + BATCH))
        block = np.asarray((turned[rows] @ weighed).toarray(), np.float64)
        together = np.asarray((bought.T.tocsr()[rows] @ bought).toarray(), np.float64)
        block = block / np.maximum(np.outer(sizes[rows], sizes), 1e-12) * together / (together + options.shrinkage)
        own = np.arange(block.shape[0])
        block[own, own + start] = 0.0
        if k < n:
            edge = -np.partition(-block, k - 1, axis=1)[:, k - 1]
            block[block < edge[:, None]] = 0.0
        if options.again:
            block[own, own + start] = AGAIN * np.maximum(block.max(axis=1), 1e-3)
        parts.append(csr_matrix(block.astype(np.float32)))
    return vstack(parts).tocsr()

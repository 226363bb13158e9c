"""Merge tree: customers merged step by step (Ward), with everybody's segment at each number of segments."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Features, Labels
from segment_core.clustering.membership import squared_distances
from segment_core.clustering.textspace import MOST_SCORED

MOST_MERGED = 3_000
"""Customers whose tree is built: its memory grows with the square of their number."""


@dataclass(frozen=True, slots=True, eq=False)
class MergeTree:
    """The tree of a sample: its rows of the features, and their labels (n_rows,) at each number of segments."""

    rows: NDArray[np.int64]
    sizes: tuple[int, ...]
    cuts: Mapping[int, Labels]

    @classmethod
    def of(cls, features: Features, fewest: int, most: int, seed: int) -> "MergeTree":
        """Build the tree, of at most 3,000 customers drawn by the seed, and cut it at each number of segments."""
        from scipy.cluster.hierarchy import cut_tree, linkage

        matrix = features.matrix.astype(np.float64)
        # In the order of their values, so that neither the draw nor a tie depends on the order of rows.
        rows = np.lexsort(matrix.T[::-1])
        if len(rows) > MOST_MERGED:
            rows = rows[np.sort(np.random.default_rng(seed).choice(len(rows), MOST_MERGED, replace=False))]
        n_distinct = len(np.unique(matrix[rows], axis=0))
        sizes = tuple(range(fewest, max(fewest, min(most, n_distinct)) + 1))
        found = cut_tree(linkage(matrix[rows], "ward"), n_clusters=list(sizes))
        return cls(rows, sizes, {k: found[:, at].astype(np.int64) for at, k in enumerate(sizes)})

    def everybody(self, features: Features, k: int) -> Labels:
        """Return every customer's segment in the cut of `k`."""
        matrix, found = features.matrix.astype(np.float64), self.cuts[k]
        labels = np.empty(len(matrix), dtype=np.int64)
        if len(self.rows) < len(matrix):
            centres = np.stack([matrix[self.rows][found == number].mean(axis=0) for number in range(k)])
            labels[:] = squared_distances(matrix, centres).argmin(axis=1)
        labels[self.rows] = found
        return labels

    def silhouette(self, features: Features, k: int, seed: int) -> float:
        """Return how much nearer customers are to their own group than to the next, on at most 2,000 of them."""
        from sklearn.metrics import silhouette_score

        at = np.arange(len(self.rows))
        if len(at) > MOST_SCORED:
            at = np.sort(np.random.default_rng([seed, 5]).choice(len(at), MOST_SCORED, replace=False))
        own = self.cuts[k][at]
        if not 2 <= len(np.unique(own)) < len(own):
            return -1.0
        return float(silhouette_score(features.matrix[self.rows[at]].astype(np.float64), own))

    def sides(self, k: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the rows of the two groups of the cut of `k` that are one in the cut of `k - 1`."""
        fine, coarse = self.cuts[k], self.cuts[k - 1]
        for number in np.unique(coarse):
            parts = np.unique(fine[coarse == number])
            if len(parts) == 2:
                return self.rows[fine == parts[0]], self.rows[fine == parts[1]]
        return self.rows[:0], self.rows[:0]

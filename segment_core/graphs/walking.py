"""Walking: many random walks over a weighted graph at once, biased as in node2vec."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Progress, silent
from segment_core.messages import say

Walks = NDArray[np.int32]
_MOST_TRIES = 24
_AT_ONCE = 200_000


def walk(
    adjacency: Any,
    starts: NDArray[np.integer],
    length: int,
    *,
    p: float = 1.0,
    q: float = 1.0,
    random: np.random.Generator,
    progress: Progress = silent,
) -> Walks:
    """Walk from each start for `length` nodes: matrix (n_starts, length) int32; -1 follows where a walk has no way on.

    A step goes along an edge by its weight, times 1 / p where it goes back, 1 where it goes to a neighbour of the node
    before, and 1 / q elsewhere (node2vec, Grover & Leskovec 2016). Steps are proposed by weight alone and accepted
    by the bias (as in KnightKing, Yang et al. 2019), which needs no table of pairs of edges and is exact but for
    walkers refused two dozen times, who take their last proposal.

    `adjacency` is a symmetric sparse matrix in CSR form with sorted indices and weights of at least 0.
    """
    found = np.full((len(starts), length), -1, dtype=np.int32)
    steps = _Steps(adjacency, p, q, random)
    n_blocks = -(-len(starts) // _AT_ONCE)
    for block in range(n_blocks):
        rows = slice(block * _AT_ONCE, (block + 1) * _AT_ONCE)
        here = starts[rows].astype(np.int64)
        before = np.full(len(here), -1, dtype=np.int64)
        found[rows, 0] = here
        alive = np.flatnonzero(steps.total[here] > 0)
        for place in range(1, length):
            note = say("Walking over the graph: {n:,} walks", n=len(starts))
            progress(block * length + place, n_blocks * length, note)
            then = steps.take(here[alive], before[alive])
            before[alive], here[alive] = here[alive], then
            found[rows, place][alive] = then
    return found


class _Steps:
    """Weighted steps for all walkers at once: each node's weights are a stretch of one long cumulated sum."""

    def __init__(self, adjacency: Any, p: float, q: float, random: np.random.Generator) -> None:
        self._starts = adjacency.indptr.astype(np.int64)
        self._targets = adjacency.indices.astype(np.int64)
        ends = np.concatenate([[0.0], np.cumsum(adjacency.data, dtype=np.float64)])
        self._ends, self._below = ends[1:], ends[self._starts[:-1]]
        self.total = ends[self._starts[1:]] - self._below
        self._n, self._random = adjacency.shape[0], random
        self._back, self._away = 1.0 / p, 1.0 / q
        # Sorted by row, then column: one search tells whether two nodes are neighbours.
        rows = np.repeat(np.arange(self._n, dtype=np.int64), np.diff(self._starts))
        self._edges = rows * self._n + self._targets if p != 1.0 or q != 1.0 else rows[:0]

    def take(self, here: NDArray[np.int64], before: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where each walker goes from `here`; `before` is where it came from, -1 at the start."""
        then = self._propose(here)
        if not len(self._edges):
            return then
        most = max(self._back, 1.0, self._away)
        open_ = np.flatnonzero(before >= 0)
        for _ in range(_MOST_TRIES):
            bias = self._bias(before[open_], then[open_])
            open_ = open_[self._random.random(len(open_)) * most >= bias]
            if not len(open_):
                break
            then[open_] = self._propose(here[open_])
        return then

    def _propose(self, here: NDArray[np.int64]) -> NDArray[np.int64]:
        level = self._below[here] + self._random.random(len(here)) * self.total[here]
        place = np.searchsorted(self._ends, level, side="right")
        # Rounding at the very ends must not lead to another node's edges.
        return np.asarray(self._targets[np.clip(place, self._starts[here], self._starts[here + 1] - 1)])

    def _bias(self, before: NDArray[np.int64], then: NDArray[np.int64]) -> NDArray[np.float64]:
        edge = before * self._n + then
        place = np.minimum(np.searchsorted(self._edges, edge), len(self._edges) - 1)
        near = self._edges[place] == edge
        return np.asarray(np.where(then == before, self._back, np.where(near, 1.0, self._away)))

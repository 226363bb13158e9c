"""Persistence: which branches and levels of the ladder last, and come back with other customers."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Features, Ladder, Progress, Step, Tree, silent
from segment_core.clustering import cutting, ladder
from segment_core.clustering.membership import require_customers
from segment_core.clustering.nesting import Nest
from segment_core.clustering.rows import in_order
from segment_core.messages import say

MOST_LEVELS = 12
MOST_DRAWN = 2_000
N_DRAWS = 20


def climb(
    features: Features, *, most: int = MOST_LEVELS, n_draws: int = N_DRAWS, seed: int = 0, progress: Progress = silent
) -> Ladder:
    """Build the ladder of all customers, and measure how persistent each branch and each level is.

    A branch lives from the height at which it splits off to the height at which it falls apart itself. Its persistence
    is √(life × return): life = 1 - lower height / upper height, and return = 2 J - 1 or 0, where J is the mean over
    `n_draws` bootstrap draws of its largest Jaccard overlap with a branch of the ladder built anew on them (Hennig
    2007; at J = 0.5 a group dissolves). A level is as persistent as √(gap × return): gap = 1 - height of the next
    split / height of the last one, and the return of its branches, averaged over customers. On groups that hold
    groups both levels stand out; a level that takes apart only some of the outer groups does not.

    Raises
    ------
    OptionError
        If there are fewer than two distinct customers.
    """
    require_customers(features, at_least=2)
    order = in_order(features.matrix)
    sorted_ = replace(features, matrix=features.matrix[order])
    nest = ladder.grown(sorted_, seed, progress)
    splits = cutting.splits(nest.tree)
    n_levels = min(most, len(splits) + 1)
    shown = _standing(nest.tree, n_levels)
    random = np.random.default_rng(seed)
    overlaps = np.zeros((n_draws, len(shown)))
    for draw in range(n_draws):
        progress(draw, n_draws, say("Building the ladder on other draws of customers"))
        rows = np.unique(random.integers(features.n_customers, size=min(features.n_customers, MOST_DRAWN)))
        drawn = ladder.grown(replace(features, matrix=sorted_.matrix[rows]), seed, n_starts=1)
        theirs = _inside(drawn, _standing(drawn.tree, n_levels), np.arange(len(rows)))
        overlaps[draw] = _largest_overlaps(_inside(nest, shown, rows), theirs)
    jaccards = np.full(len(nest.tree.parents), np.nan, dtype=np.float32)
    jaccards[shown] = overlaps.mean(axis=0)
    leaves = np.empty_like(nest.leaves)
    leaves[order] = nest.leaves
    return Ladder(
        nest.tree,
        leaves,
        jaccards,
        _branches(nest.tree, jaccards),
        _levels(nest.tree, jaccards, splits, n_levels),
        Step("ladder", {"seed": seed}),
        n_draws,
        min(features.n_customers, MOST_DRAWN),
    )


def _standing(tree: Tree, n_levels: int) -> list[int]:
    """Return the branches that stand at any level from 2 on."""
    parts = cutting.parts_of(tree)
    return sorted(part for node in cutting.splits(tree)[: n_levels - 1] for part in parts[node])


def _inside(nest: Nest, nodes: list[int], rows: NDArray[np.int64]) -> NDArray[np.float32]:
    return cutting.within(nest.tree, nodes)[:, nest.leaves[rows]].astype(np.float32)


def _largest_overlaps(ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> NDArray[np.float64]:
    if not len(theirs):  # all that were drawn are alike
        return np.zeros(len(ours))
    both = (ours @ theirs.T).astype(np.float64)
    either = ours.sum(axis=1)[:, None] + theirs.sum(axis=1)[None, :] - both
    return np.asarray((both / np.maximum(either, 1.0)).max(axis=1))


def _returns(jaccards: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.clip(2 * jaccards.astype(np.float64) - 1, 0.0, 1.0)


def _branches(tree: Tree, jaccards: NDArray[np.float32]) -> NDArray[np.float32]:
    lives = 1 - tree.ends.astype(np.float64) / np.maximum(tree.begins.astype(np.float64), 1e-12)
    return np.sqrt(np.clip(lives, 0.0, 1.0) * _returns(jaccards)).astype(np.float32)


def _levels(tree: Tree, jaccards: NDArray[np.float32], splits: tuple[int, ...], n_levels: int) -> NDArray[np.float32]:
    heights = [float(tree.ends[node]) for node in splits] + [0.0]
    found = []
    for k in range(2, n_levels + 1):
        cut = list(cutting.into(tree, k))
        back = float(np.average(_returns(jaccards[cut]), weights=tree.sizes[cut]))
        found.append(np.sqrt((1 - heights[k - 1] / heights[k - 2]) * back))
    return np.array(found, dtype=np.float32)

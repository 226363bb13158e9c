"""Ladder: fine groups of K-Means merged step by step, so that cuts into 2, 3, … segments lie inside one another."""

from dataclasses import dataclass

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering import cutting
from segment_core.clustering.hierarchical import reasonable, settled
from segment_core.clustering.membership import require_customers
from segment_core.clustering.nesting import Nest, gathered, nested
from segment_core.messages import say

N_FINE = 40
"""Groups at the foot of the ladder. Fewer make coarse levels worse where groups overlap, more make all of them so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderOptions:
    """Options of the ladder."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="The level of the ladder that is used.")
    cut: str = option(
        "",
        "Branches kept whole",
        help="Cuts each branch at its own depth instead, such as 1, 2.1, 2.2; the Ladder tab writes it.",
    )
    seed: int = option(0, "Random seed", low=0)


def cluster(
    features: Features,
    options: LadderOptions = LadderOptions(),
    progress: Progress = silent,
    *,
    like: Labels | None = None,
) -> Clustering:
    """Find 40 fine groups with K-Means, merge them by Ward's rule, and cut the tree into `n_segments` or by `cut`.

    The first half is K-Means' own search over all customers, so each level separates about as well as K-Means with
    as many segments, and yet the levels nest (a hybrid of K-Means and Ward: Wong 1982). Where `like` gives segments
    (n,) that are known of these customers, the cut is the one that comes nearest.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments, or the cut names branches that are not there.
    """
    require_customers(features, at_least=2 if options.cut.strip() else options.n_segments)
    nest = grown(features, options.seed, progress)
    if like is not None:
        cut = cutting.like(nest.tree, nest.leaves, like)
    elif options.cut.strip():
        cut = reasonable(nest, cutting.read(nest.tree, options.cut))
    else:
        cut = cutting.into(nest.tree, options.n_segments)
    progress(1, 1, say("Segments found: {k}", k=len(cut)))
    return settled(features, nest, cut, Step("ladder", options_to_json(options)))


def grown(features: Features, seed: int = 0, progress: Progress = silent, *, n_starts: int = 3) -> Nest:
    """Grow the tree of all customers from its fine groups up."""
    progress(0, 1, say("Finding the fine groups at the foot of the ladder"))
    return nested(gathered(features.matrix, N_FINE, seed, n_starts=n_starts), "ward", progress)

"""Hierarchical: customers merged step by step into a tree, cut at one height or each branch at its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from segment_core.artifacts import Clustering, Features, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering import cutting
from segment_core.clustering.cutting import Cut
from segment_core.clustering.membership import require_customers, settle
from segment_core.clustering.nesting import Linkage, Nest, gathered, nested
from segment_core.errors import OptionError
from segment_core.messages import Message, say

MOST_MERGED = 6_000
"""Customers merged one by one: the tree's memory grows with the square of their number (6,000 take about 150 MB)."""
N_GROUPS = 600
"""Groups of neighbours that are merged instead, where there are more customers."""
MOST_SEGMENTS = 40
MOST_SHOWN = 60
"""Branches of the top of the tree that is kept with the segments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HierarchicalOptions:
    """Options of hierarchical clustering."""

    linkage: str = option(
        "ward",
        "Linkage",
        among=("ward", "average", "complete"),
        help="What makes two groups near: the least added spread (Ward), the mean distance of their customers "
        "(average), or the greatest (complete).",
    )
    n_segments: int = option(6, "Segments", low=2, high=40, help="Where the tree is cut.")
    height: float | None = option(
        None, "Cut at height", low=0, help="Cuts the tree at this distance instead, whatever number of segments comes."
    )
    cut: str = option(
        "",
        "Branches kept whole",
        help="Cuts each branch at its own depth instead, such as 1, 2.1, 2.2; the Dendrogram tab writes it.",
    )
    seed: int = option(0, "Random seed", low=0, help="Which customers build the tree, where there are many.")


def cluster(
    features: Features,
    options: HierarchicalOptions = HierarchicalOptions(),
    progress: Progress = silent,
    *,
    like: Labels | None = None,
) -> Clustering:
    """Merge the two nearest groups until all are one, and cut the tree into `n_segments`, at `height` or by `cut`.

    Linkages are those of Ward (1963), and average and complete linkage (Sokal & Michener 1958; Sørensen 1948). Above
    6,000 customers K-Means first gathers them into 600 groups of neighbours, which are merged with their weights.
    `tree` of the result is the tree's top. Where `like` gives segments (n,) that are known of these customers, as from
    a tree of more of them, the cut is the one that comes nearest.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments, or the cut names branches that are not there, or leaves
        one segment or more than 40.
    """
    require_customers(features, at_least=options.n_segments if _by_number(options) else 2)
    nest, gathering = grown(features, options, progress)
    cut = _cut(nest, options) if like is None else cutting.like(nest.tree, nest.leaves, like)
    progress(1, 1, say("Segments found: {k}", k=len(cut)))
    return settled(features, nest, cut, Step("hierarchical", options_to_json(options)), gathering)


def grown(features: Features, options: HierarchicalOptions, progress: Progress) -> tuple[Nest, tuple[Message, ...]]:
    """Grow the whole tree, and say how customers were gathered first, if they were."""
    progress(0, 1, say("Building the tree of segments"))
    found = gathered(features.matrix, N_GROUPS, options.seed, exact=MOST_MERGED, n_starts=1, most_rounds=10)
    linkage: Linkage = options.linkage  # type: ignore[assignment]  # the option's own values
    nest, n = nested(found, linkage, progress), features.n_customers
    if n <= MOST_MERGED:
        return nest, ()
    said = say(
        "{n:,} customers are too many to merge one by one (the most is {most:,}), so they were gathered into {groups} "
        "groups of neighbours first, which the tree merges; everybody is in one.",
        n=n,
        most=MOST_MERGED,
        groups=len(found.points),
    )
    return nest, (said,)


def settled(features: Features, nest: Nest, cut: Cut, made_by: Step, reasons: Sequence[Message] = ()) -> Clustering:
    """Make segments of the parts of a cut, with the top of the tree and which branch became which segment."""
    members = cutting.members(nest.tree, cut)
    labels = members[nest.leaves]
    made = settle(features, labels, made_by, reasons=reasons)
    became = {int(part): int(segment) for part, segment in zip(labels, made.labels, strict=True)}
    tree = cutting.top(nest.tree, MOST_SHOWN, cut)
    segments = np.array([became.get(int(part), -1) for part in tree.segments], dtype=np.int64)
    return replace(made, tree=replace(tree, segments=segments))


def _by_number(options: HierarchicalOptions) -> bool:
    return not options.cut.strip() and options.height is None


def _cut(nest: Nest, options: HierarchicalOptions) -> Cut:
    if options.cut.strip():
        found = cutting.read(nest.tree, options.cut)
    elif options.height is not None:
        found = cutting.at(nest.tree, options.height)
    else:
        return cutting.into(nest.tree, options.n_segments)
    return reasonable(nest, found)


def reasonable(nest: Nest, cut: Cut) -> Cut:
    """Refuse a cut that leaves everybody in one segment, or more segments than can be told apart.

    Raises
    ------
    OptionError
        With the number of segments, and the height from which the tree is one.
    """
    if 2 <= len(cut) <= MOST_SEGMENTS:
        return cut
    height = f"{float(nest.tree.ends[0]):.4g}"
    if len(cut) < 2:
        raise OptionError(
            "This cut leaves everybody in one segment; there must be between 2 and {most}. The tree is one from height "
            "{height} on.",
            most=MOST_SEGMENTS,
            height=height,
        )
    raise OptionError(
        "This cut makes {n} segments; there must be between 2 and {most}. The tree is one from height {height} on.",
        n=len(cut),
        most=MOST_SEGMENTS,
        height=height,
    )

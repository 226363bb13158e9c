"""Consensus: what many different cuts agree on; who keeps being together makes a segment."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Clustering, Features, Floats, Labels, Progress, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering import kmeans, views
from segment_core.clustering.membership import FRINGE, require_customers, settle, squared_distances
from segment_core.messages import Message, say

MOST_COMPARED = 5_000
"""Customers who are compared with each other, two by two: their table takes 100 MB, and their tree as much again."""
AT_ONCE = 1_000
LINKAGE, SINGLE, SPECTRAL = "average linkage", "single linkage", "spectral"
FAINTEST = 1e-3
"""Share added to every pair for the spectral way, so that no group is cut off from all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsensusOptions:
    """Options of the consensus of many cuts."""

    n_segments: int = option(6, "Segments", low=2, high=40, help="How many groups to cut.")
    space: str = option(
        views.PLAIN,
        "Space of the cuts",
        among=(views.PLAIN, views.SMOOTHED, views.UNFOLDED),
        help="For texts, smoothed over neighbours or unfolded by UMAP (slower) finds finer themes.",
    )
    n_cuts: int = option(45, "Cuts", low=10, high=1_000, help="How many times K-Means cuts, each time another way.")
    finest: float = option(
        2.0, "Finest cut", low=1.0, high=10.0, step=0.5, help="Cuts have from 1 to this many times the segments wanted."
    )
    merging: str = option(
        LINKAGE,
        "Merging",
        among=(LINKAGE, SINGLE, SPECTRAL),
        help="Average suits most; single follows long shapes, with fine cuts; spectral makes more even segments.",
    )
    share: float = option(
        1.0,
        "Part of the features",
        low=0.1,
        high=1.0,
        step=0.1,
        help="Drawn anew for each cut; less makes segments lean on no single feature.",
    )
    seed: int = option(0, "Random seed", low=0)


@dataclass(frozen=True, slots=True, eq=False)
class Agreed:
    """What cuts agree on: labels (n,), how often each falls together with those of each label (n, k), and why."""

    labels: Labels
    near: NDArray[np.float64]
    reasons: tuple[Message, ...]


def cluster(
    features: Features, options: ConsensusOptions = ConsensusOptions(), progress: Progress = silent
) -> Clustering:
    """Cut many times with K-Means, and merge those who fall together most often (Fred & Jain 2005).

    Cuts differ in their number of segments, starts, features and, if unfolded, in the layout. Two customers are as
    near as the share of cuts that put them together; linkage merges (or their spectrum cuts) until `n_segments`
    are left. `memberships` are how often a customer falls together with each segment's; strength is how much rarer
    that is for the next best segment than for the own. Above 5,000 customers a random sample is compared, and
    everybody else joins the segment with whose customers they fall together most.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than segments.
    """
    require_customers(features, at_least=options.n_segments)
    found = agreed(features.matrix.astype(np.float64), options, progress)
    made = settle(features, found.labels, Step("consensus", options_to_json(options)), reasons=found.reasons)
    progress(1, 1, say("Segments found: {k}", k=made.n_segments))
    return judged(made, found)


def agreed(matrix: NDArray[np.float64], options: ConsensusOptions, progress: Progress) -> Agreed:
    """Cut rows (n, d) many times and merge them; for other spaces than the features'."""
    # One order of rows for the same customers: where shares are equal, the tree merges the first.
    order = np.lexsort(matrix.T[::-1])
    matrix = matrix[order]
    random = np.random.default_rng(options.seed)
    rows = np.arange(len(matrix))
    if len(rows) > MOST_COMPARED:
        rows = np.sort(random.choice(rows, MOST_COMPARED, replace=False))
    cuts = _cuts(matrix, rows, options, random, progress)
    progress(0.9, 1.0, say("Merging customers who fall together"))
    shared = together(cuts[rows])
    if options.merging == SPECTRAL:
        own = _spectral(shared, options)
    else:
        own = merged(shared, options.n_segments, "single" if options.merging == SINGLE else "average")
    near = _nearness(cuts, rows, own)
    found = near.argmax(axis=1)
    found[rows] = own
    back = np.argsort(order)
    kept = near[np.arange(len(near)), found]
    return Agreed(found[back].astype(np.int64), near[back], _reasons(cuts, rows, kept))


def judged(made: Clustering, found: Agreed) -> Clustering:
    """Say how clearly customers belong by how often they fall together, in place of where they lie."""
    columns = [found.labels[np.flatnonzero(made.labels == number)[0]] for number in range(made.n_segments)]
    near = found.near[:, columns]
    places = np.arange(len(near)), made.labels
    others = near.copy()
    others[places] = 0.0
    strengths = np.clip(1.0 - others.max(axis=1) / np.maximum(near[places], 1e-12), 0.0, 1.0).astype(np.float32)
    inside = np.where(strengths < FRINGE, "fringe", "core")
    bands = np.where(made.bands == "outlier", "outlier", inside)
    memberships = (near / near.sum(axis=1, keepdims=True)).astype(np.float32)
    return replace(made, strengths=strengths, bands=bands, memberships=memberships)


def together(cuts: Labels) -> Floats:
    """Return the share of cuts that put two customers into one group (n, n), of the labels of each cut (n, c)."""
    grouped = np.zeros((len(cuts), int((cuts.max(axis=0) + 1).sum())), dtype=np.float32)
    starts = np.concatenate([[0], np.cumsum(cuts.max(axis=0) + 1)[:-1]])
    np.put_along_axis(grouped, cuts + starts, 1.0, axis=1)
    shared = np.empty((len(cuts), len(cuts)), dtype=np.float32)
    for start in range(0, len(cuts), AT_ONCE):
        shared[start : start + AT_ONCE] = grouped[start : start + AT_ONCE] @ grouped.T
    return shared / np.float32(cuts.shape[1])


def merged(shared: Floats, n_segments: int, linkage: Literal["average", "single"] = "average") -> Labels:
    """Merge those who fall together most until `n_segments` groups are left; returns labels (n,)."""
    from scipy.cluster import hierarchy
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n = len(shared)
    pairs = np.concatenate([1.0 - shared[row, row + 1 :] for row in range(n - 1)])
    # Levels may tie, so the tree is cut by counting merges and not at a level.
    merges = hierarchy.linkage(pairs, linkage)[: n - n_segments, :2].astype(np.int64)
    nodes = np.repeat(np.arange(n, n + len(merges)), 2)
    links = coo_array((np.ones(len(nodes)), (nodes, merges.reshape(-1))), shape=(2 * n, 2 * n))
    return np.unique(connected_components(links, directed=False)[1][:n], return_inverse=True)[1]


def _spectral(shared: Floats, options: ConsensusOptions) -> Labels:
    from sklearn.cluster import SpectralClustering
    from threadpoolctl import threadpool_limits

    model = SpectralClustering(options.n_segments, affinity="precomputed", n_init=3, random_state=options.seed)
    with threadpool_limits(limits=1):
        own = model.fit_predict(shared.astype(np.float64) + FAINTEST)
    return np.unique(own, return_inverse=True)[1]


def _cuts(
    matrix: NDArray[np.float64],
    rows: Labels,
    options: ConsensusOptions,
    random: np.random.Generator,
    progress: Progress,
) -> Labels:
    """Return the labels of everybody in each cut (n, c); groups are found among `rows` only."""
    n_distinct = len(np.unique(matrix[rows], axis=0))
    most = min(round(options.n_segments * options.finest), max(options.n_segments, n_distinct // 2))
    parts = np.array_split(np.arange(options.n_cuts), len(views.NEIGHBOURS[options.space]))
    found = np.empty((len(matrix), options.n_cuts), dtype=np.int64)
    laid_out = views.layouts(matrix, rows, options.space, options.seed, progress)
    for numbers, placed in zip(parts, laid_out, strict=True):
        for number in numbers:
            told = say("Cutting: {n} of {k}", n=int(number) + 1, k=options.n_cuts)
            progress(0.1 + 0.8 * number / options.n_cuts, 1.0, told)
            width = max(1, round(options.share * placed.shape[1]))
            seen = placed[:, np.sort(random.choice(placed.shape[1], width, replace=False))]
            k, seed = int(random.integers(options.n_segments, most + 1)), int(random.integers(2**31))
            found[:, number] = _cut(seen, rows, k, seed)
    return found


def _cut(placed: NDArray[np.float64], rows: Labels, k: int, seed: int) -> Labels:
    # Fewer features may tell fewer customers apart.
    k = min(k, len(np.unique(placed[rows], axis=0)))
    if k < 2:
        return np.zeros(len(placed), dtype=np.int64)
    own = kmeans.labels_of(Features.of(placed[rows]), kmeans.KMeansOptions(n_segments=k, n_starts=1, seed=seed))
    if len(rows) == len(placed):
        return own
    centres = np.stack([placed[rows][own == label].mean(axis=0) for label in np.unique(own)])
    return np.asarray(squared_distances(placed, centres).argmin(axis=1), dtype=np.int64)


def _nearness(cuts: Labels, rows: Labels, own: Labels) -> NDArray[np.float64]:
    """Return how often customers fall together with those of each segment (n, k), over the cuts."""
    sizes = np.bincount(own)
    near = np.zeros((len(cuts), len(sizes)))
    for cut in cuts.T:
        counts = np.zeros((int(cut.max()) + 1, len(sizes)))
        np.add.at(counts, (cut[rows], own), 1.0)
        near += (counts / sizes)[cut]
    return np.asarray(near / cuts.shape[1])


def _reasons(cuts: Labels, rows: Labels, kept: NDArray[np.float64]) -> tuple[Message, ...]:
    reasons = [
        say(
            "In {n} different cuts, two customers of one segment fall together {share} of the time on average.",
            n=cuts.shape[1],
            share=f"{kept.mean():.0%}",
        )
    ]
    if len(rows) < len(cuts):
        reasons.append(
            say(
                "{n} customers drawn at random were compared two by two; {rest} more joined the segment with whose "
                "customers they fall together most.",
                n=f"{len(rows):,}",
                rest=f"{len(cuts) - len(rows):,}",
            )
        )
    return tuple(reasons)

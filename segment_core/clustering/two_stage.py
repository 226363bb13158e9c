"""Two-stage: what customers are and did cuts first, then what they wrote refines each part where there is reason to."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import LEARNED_BLOCKS, Clustering, Features, Labels, Progress, Share, Step, silent
from segment_core.choices import option, options_to_json
from segment_core.clustering import automatic, kmeans, numbering
from segment_core.clustering.membership import require_customers, settle, squared_distances
from segment_core.clustering.rows import in_order
from segment_core.errors import OptionError
from segment_core.messages import Message, Value, say
from segment_core.nullmodels import normal_cloud, one_peak

MOST_TRIED = 1_000
"""Customers of a branch on whom splits are tried; all of them are then split."""
N_DRAWS = 8
LEAST_EXCESS = 0.7
"""Silhouette by which a split must beat the same cut of a cloud without groups, times the root of the customers."""
LEAST_AGREEMENT = 0.6
"""Agreement (adjusted Rand) of splits of random halves, below which the parts would not come back."""
SMALLEST_PART, FEWEST = 0.1, 30
"""Share of a branch that a part needs, and customers with texts that a branch needs to be split at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoStageOptions:
    """Options of the cut in two stages."""

    n_first: int | None = option(
        None, "Branches", low=2, high=20, help="Groups of the first cut, by tables; if not given, several are tried."
    )
    most_within: int = option(
        4, "Most parts of a branch", low=1, high=10, help="Texts split a branch into this many at most."
    )
    within: str = option(
        "",
        "Parts of each branch",
        help="Such as 3,1,2: the largest branch in 3 and so on, whatever speaks for it. Empty: by evidence.",
    )
    n_starts: int = option(10, "Starts", low=1, high=100)
    seed: int = option(0, "Random seed", low=0)


@dataclass(frozen=True, slots=True)
class _Split:
    """A number of parts that was tried: silhouette beyond that of clouds without groups, and agreement of halves."""

    n_parts: int
    excess: float
    margin: float
    agreement: float
    smallest: float

    @property
    def stands(self) -> bool:
        return self.excess > self.margin and self.agreement >= LEAST_AGREEMENT and self.smallest >= SMALLEST_PART


def cluster(
    features: Features, options: TwoStageOptions = TwoStageOptions(), progress: Progress = silent
) -> Clustering:
    """Cut by the structured blocks, then split each branch by its texts (topics, traits, graph, vectors) alone.

    A branch is split only if the split separates better than the same cut of normal data of the same
    covariance, parts come back in random halves, and none is tiny; else it stays whole. Customers
    without texts take no part in that and join the nearest part of their branch. `parents` of the
    segments name their branches: "B1" is the largest. Without texts the first cut is all there is.

    Raises
    ------
    OptionError
        If there are fewer distinct customers than branches, or `within` is no list of numbers.
    """
    require_customers(features, at_least=options.n_first or 2)
    wanted = _numbers(options.within)
    tables, texts = (_only(features, learned=learned) for learned in (False, True))
    first = _first(features if tables is None else tables, options, progress)
    chosen = replace(options, n_first=first.n_segments)
    if tables is None or texts is None:
        made_by = Step("two_stage", options_to_json(chosen))
        return settle(
            features, first.labels, made_by, reasons=(_no_second(tables), *first.reasons), trials=first.trials
        )
    parts, reasons, numbers = np.zeros_like(first.labels), list(first.reasons), []
    for branch in range(first.n_segments):
        rows = np.flatnonzero(first.labels == branch)
        rows = rows[in_order(texts.matrix[rows])]
        note = say("Looking for parts of branch {name}", name=f"B{branch + 1}")
        progress(first.n_segments + branch, 2 * first.n_segments, note)
        own = texts.matrix[rows].astype(np.float64)
        if wanted:
            number = wanted[branch] if branch < len(wanted) else 1
        else:
            number, reason = _supported(own, branch, options, progress)
            reasons.append(reason)
        parts[rows] = _parts(own, number, options)
        numbers.append(int(parts[rows].max()) + 1)
    _, labels = np.unique(np.stack([first.labels, parts], axis=1), axis=0, return_inverse=True)
    labels = labels.reshape(-1).astype(np.int64)
    progress(1, 1, say("Segments found: {k}", k=int(labels.max()) + 1))
    made_by = Step("two_stage", options_to_json(replace(chosen, within=",".join(map(str, numbers)))))
    made = settle(features, labels, made_by, reasons=reasons, trials=first.trials)
    one_of_each = [int(np.flatnonzero(made.labels == number)[0]) for number in range(made.n_segments)]
    return replace(made, parents=tuple(f"B{first.labels[row] + 1}" for row in one_of_each))


def _numbers(within: str) -> list[int]:
    found = [part.strip() for part in within.split(",") if part.strip()]
    if not all(part.isdecimal() and 1 <= int(part) <= 40 for part in found):
        raise OptionError(
            "The parts of each branch are {found}; they must be numbers from 1 to 40 with commas between them.",
            found=within[:80],
        )
    return [int(part) for part in found]


def _only(features: Features, *, learned: bool) -> Features | None:
    """Keep the blocks that are (or are not) learned; None where there is no such block."""
    kept = [block for block in features.blocks if (block.name in LEARNED_BLOCKS) == learned]
    columns = np.array([number for block in kept for number in range(block.start, block.stop)], dtype=np.int64)
    if not len(columns):
        return None
    shares, start = [], 0
    for block in kept:
        shares.append(Share(block.name, start, start + block.stop - block.start, block.weight, block.columns))
        start = shares[-1].stop
    named = tuple(features.names[number] for number in columns), tuple(features.sources[number] for number in columns)
    return Features(features.matrix[:, columns], *named, tuple(shares))


def _first(features: Features, options: TwoStageOptions, progress: Progress) -> Clustering:
    def half(done: float, total: float, note: Message) -> None:
        progress(done, 2 * total, note)

    if options.n_first is None:
        return automatic.cluster(features, automatic.AutomaticOptions(seconds=0, seed=options.seed), half)
    chosen = kmeans.KMeansOptions(n_segments=options.n_first, n_starts=options.n_starts, seed=options.seed)
    return kmeans.cluster(features, chosen, half)


def _no_second(tables: Features | None) -> Message:
    if tables is None:
        return say("There are no columns beside the texts, so they were cut once, by all there is.")
    return say(
        "There is no block of texts, topics, traits, graph or vectors, so there is no second stage: "
        "these are the segments of the first."
    )


def _supported(
    matrix: NDArray[np.float64], branch: int, options: TwoStageOptions, progress: Progress
) -> tuple[int, Message]:
    name, speaking = f"B{branch + 1}", matrix[matrix.any(axis=1)]
    n_distinct = len(np.unique(speaking, axis=0))
    if n_distinct < FEWEST or options.most_within < 2:
        return 1, say(
            "Branch {name} stays whole: {n} different texts are too few to split it by.", name=name, n=n_distinct
        )
    random = np.random.default_rng([options.seed, branch])
    if len(speaking) > MOST_TRIED:
        speaking = speaking[np.sort(random.choice(len(speaking), MOST_TRIED, replace=False))]
    tried = []
    for number in range(2, options.most_within + 1):
        progress(0.5, 1.0, say("Trying {n} parts of branch {name}", n=number, name=name))
        tried.append(_try(speaking, number, random, options))
    standing = [split for split in tried if split.stands]
    best = max(standing or tried, key=lambda split: split.excess)
    agreement = best.agreement or numbering.agreement(speaking, best.n_parts, options.seed)
    told: dict[str, Value] = {"name": name, "k": best.n_parts, "excess": f"{best.excess:.2f}"}
    told["share"] = round(100 * agreement)
    if standing:
        return best.n_parts, say(
            "Branch {name} is split in {k} by its texts: {excess} more silhouette than a cloud without groups, and "
            "{share} % agreement between random halves.",
            **told,
        )
    return 1, say(
        "Branch {name} stays whole: the best split, in {k}, has {excess} more silhouette than a cloud without groups, "
        "and {share} % agreement between random halves.",
        **told,
    )


def _try(matrix: NDArray[np.float64], number: int, random: np.random.Generator, options: TwoStageOptions) -> _Split:
    labels = _labels(matrix, number, options.seed)
    flat = Features.of(matrix)
    without = one_peak if matrix.shape[1] == 1 else normal_cloud
    clouds = [without(flat, random).matrix.astype(np.float64) for _ in range(N_DRAWS)]
    empty = np.array([_silhouette(cloud, _labels(cloud, number, options.seed)) for cloud in clouds])
    excess = _silhouette(matrix, labels) - float(empty.mean())
    margin = max(LEAST_EXCESS / len(matrix) ** 0.5, 3.0 * float(empty.std(ddof=1)))
    # Halves take longest, and are asked only where the split has passed so far.
    agreed = numbering.agreement(matrix, number, options.seed) if excess > margin else 0.0
    return _Split(number, excess, margin, agreed, float(np.bincount(labels).min() / len(labels)))


def _parts(matrix: NDArray[np.float64], number: int, options: TwoStageOptions) -> Labels:
    speaking = matrix.any(axis=1)
    number = min(number, len(np.unique(matrix[speaking], axis=0)))
    parts = np.zeros(len(matrix), dtype=np.int64)
    if number < 2:
        return parts
    found = _labels(matrix[speaking], number, options.seed, options.n_starts)
    centres = np.stack([matrix[speaking][found == part].mean(axis=0) for part in range(number)])
    parts[speaking] = found
    parts[~speaking] = squared_distances(matrix[~speaking], centres).argmin(axis=1)
    return parts


def _labels(matrix: NDArray[np.float64], k: int, seed: int, n_starts: int = 3) -> Labels:
    chosen = kmeans.KMeansOptions(n_segments=k, n_starts=n_starts, seed=seed)
    return kmeans.labels_of(Features.of(matrix), chosen)


def _silhouette(matrix: NDArray[np.float64], labels: Labels) -> float:
    from sklearn.metrics import silhouette_score

    return float(silhouette_score(matrix, labels)) if 1 < len(np.unique(labels)) < len(labels) else 0.0

"""Alike: half of each planted segment of the sample is hidden; do look-alikes of the other half find it?"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from benchmarks.tables import Table
from segment_core.artifacts import Features, Step
from segment_core.intake import gather, read, sample
from segment_core.journey import run
from segment_core.plan import Plan
from segment_core.profiles import lookalikes

N_NEIGHBOURS = 15
Rank = Callable[[Features, NDArray[np.bool_], list[str]], NDArray[np.int64]]


def measure(n_customers: int = 5_000, n_draws: int = 3, few: int = 20, plan: Plan = Plan()) -> Table:
    frame, truth = sample(n_customers)
    customers = gather(read(frame.to_csv(index=False).encode(), "sample.csv"))
    features = run(customers, plan, until="features").features
    assert features is not None
    planted = truth.reindex(customers.frame.index).to_numpy(dtype=object)
    ids = customers.frame.index.astype(str).to_list()
    rows = []
    for name in sorted({str(kind) for kind in planted if isinstance(kind, str)}):
        for title, n_seeds in (("half", 0), (f"{few}", few)):
            drawn = [_drawn(planted == name, n_seeds, seed) for seed in range(n_draws)]
            cells = []
            for rank in RANKS.values():
                found = [hidden[rank(features, seeds, ids)[: hidden.sum()]].mean() for seeds, hidden in drawn]
                cells.append(f"{np.mean(found):.1%}")
            precision, recall = np.mean([_at_the_cut(features, seeds, hidden, ids) for seeds, hidden in drawn], axis=0)
            rows.append((f"{name}, {title} known", *cells, f"{precision:.0%} / {recall:.0%}"))
    return Table(
        f"Look-alikes of a part of each planted segment of the sample, {n_customers:,} customers, {n_draws} draws",
        ("", "Strata", *list(RANKS)[1:], "at the proposed cut: precision / recall"),
        rows,
        "The share of the customers taken who are of the segment, where as many are taken as are hidden; precision and "
        "recall are then the same number. The peers are the distance to the seeds' mean and the share of seeds among "
        f"{N_NEIGHBOURS} nearest neighbours (scikit-learn), on the same features. The last column takes as many as the "
        "page proposes: as long as 80 % can be right, and nobody less alike than every one who is known.",
    )


def _drawn(own: NDArray[np.bool_], n_seeds: int, seed: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    members = np.random.default_rng(seed).permutation(np.flatnonzero(own))
    seeds = np.zeros(len(own), dtype=bool)
    seeds[members[: n_seeds or len(members) // 2]] = True
    return seeds, own & ~seeds


def _at_the_cut(
    features: Features, seeds: NDArray[np.bool_], hidden: NDArray[np.bool_], ids: list[str]
) -> tuple[float, float]:
    found = lookalikes(features, seeds, ids)
    taken = hidden[found.places[: found.cut(0.8)]]
    return float(taken.mean()), float(taken.sum() / hidden.sum())


def _ours(features: Features, seeds: NDArray[np.bool_], ids: list[str]) -> NDArray[np.int64]:
    return lookalikes(features, seeds, ids).places


def _centre(features: Features, seeds: NDArray[np.bool_], _: list[str]) -> NDArray[np.int64]:
    far = ((features.matrix - features.matrix[seeds].mean(axis=0)) ** 2).sum(axis=1)
    return _others(far, seeds)


def _neighbours(features: Features, seeds: NDArray[np.bool_], _: list[str]) -> NDArray[np.int64]:
    from sklearn.neighbors import NearestNeighbors

    model = NearestNeighbors(n_neighbors=N_NEIGHBOURS + 1).fit(features.matrix)
    far, near = model.kneighbors(features.matrix)
    return _others(-seeds[near[:, 1:]].mean(axis=1) + 1e-6 * far[:, 1:].mean(axis=1), seeds)


def _others(far: NDArray[np.floating], seeds: NDArray[np.bool_]) -> NDArray[np.int64]:
    others = np.flatnonzero(~seeds)
    return others[np.argsort(far[others], kind="stable")]


RANKS: Mapping[str, Rank] = {"Strata": _ours, "distance to the mean": _centre, "nearest neighbours": _neighbours}
QUICK = Plan(encoder=Step("tfidf", {"n_dimensions": 20}))

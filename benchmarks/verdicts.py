"""Verdicts: how often is structure claimed where there is none, found where there is some, and a bad border seen?"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from benchmarks.tables import Table
from segment_core.artifacts import Clustering, Features, Labels, Scorecard, Step, Verdict
from segment_core.clustering import automatic, kmeans
from segment_core.clustering.membership import settle
from segment_core.composition import compose
from segment_core.intake import gather, read
from segment_core.metrics import judge, stability
from segment_core.metrics.borders import borders

Random = np.random.Generator
CLAIMED: tuple[Verdict, ...] = ("solid", "soft")
SEPARATIONS = (2.0, 3.0, 4.0)
"""Distances between neighbouring centres, in standard deviations of the groups."""


def normal(random: Random, n: int, width: int) -> pd.DataFrame:
    return pd.DataFrame(random.normal(50, 9, (n, width)))


def uniform(random: Random, n: int, width: int) -> pd.DataFrame:
    return pd.DataFrame(random.uniform(0, 99, (n, width)))


def heavy_tailed(random: Random, n: int, width: int) -> pd.DataFrame:
    """Return lognormal columns half of the time, else Student's t with three degrees of freedom."""
    lognormal = random.random() < 0.5
    return pd.DataFrame(random.lognormal(3, 1, (n, width)) if lognormal else 10 * random.standard_t(3, (n, width)))


def correlated(random: Random, n: int, width: int) -> pd.DataFrame:
    """Return normal columns that share one to three causes, and have some noise of their own."""
    n_causes = int(random.integers(1, 4))
    causes = random.normal(size=(n, n_causes)) @ random.normal(size=(n_causes, width))
    return pd.DataFrame(50 + 9 * (causes + random.uniform(0.3, 1.0) * random.normal(size=(n, width))))


def categorical(random: Random, n: int, width: int) -> pd.DataFrame:
    levels = [list("ABCDE")[: int(random.integers(2, 6))] for _ in range(width)]
    return pd.DataFrame(
        {place: random.choice(own, n, p=random.dirichlet([5.0] * len(own))) for place, own in enumerate(levels)}
    )


NOISE: Mapping[str, Callable[[Random, int, int], pd.DataFrame]] = {
    "normal": normal,
    "uniform": uniform,
    "heavy-tailed": heavy_tailed,
    "correlated": correlated,
    "categorical": categorical,
}


def measure(n_sets: int = 40, n_planted: int = 10, kinds: Sequence[str] = tuple(NOISE)) -> Table:
    rows, all_noise = [], Counter()
    for number, kind in enumerate(kinds):
        found = Counter(noise_verdict(kind, [number, seed]) for seed in range(n_sets))
        rows.append(row(f"noise: {kind}", found))
        all_noise += found
    rows.append(row("noise: all", all_noise))
    for separation in SEPARATIONS:
        planted = Counter(planted_card(separation, 4, seed)[0].verdict for seed in range(n_planted))
        rows.append(row(f"4 groups, {separation:g} apart", planted))
    flagged, in_five = Counter(), Counter()
    for seed in range(n_planted):
        card, named = planted_card(5.0, 5, seed)
        in_five[card.verdict] += 1
        flagged[named] += 1
    rows.append(row("4 groups, 5 apart, cut in 5", in_five))
    core, fringe = reappearances(range(n_planted))
    return Table(
        "What is said of customers with and without groups",
        ("", "solid", "soft", "artefact", "nothing there", "structure claimed", "95 % interval"),
        rows,
        f"Each set has 300 to 400 customers and 4 to 8 columns; the number of segments is chosen by itself, up to 10. "
        f"Structure is claimed where the verdict is solid or soft. Planted groups are normal, 85 customers each in 6 "
        f"columns. In the last row the pair of segments made of one group was named by the check of borders in "
        f"{flagged[True]} of {n_planted}. Of 4 groups 2.8 apart, cut in 4, {core:.0%} of the core come back in their "
        f"segment when other customers are drawn, and {fringe:.0%} of the fringe. Intervals are Clopper and Pearson's.",
    )


def noise_verdict(kind: str, seed: Sequence[int]) -> Verdict:
    random = np.random.default_rng(seed)
    frame = NOISE[kind](random, int(random.integers(300, 401)), int(random.integers(4, 9)))
    features = features_of(frame.round(3) if kind != "categorical" else frame)
    return carded(features, automatic.cluster(features)).verdict


def planted_card(separation: float, n_segments: int, seed: int) -> tuple[Scorecard, bool]:
    """Cut four planted groups into segments; tell whether the two that share a group are named, and no others."""
    random = np.random.default_rng(seed)
    truth = np.repeat(np.arange(4), 85)
    matrix = (separation / 2**0.5 * np.eye(4, 6))[truth] + random.normal(size=(len(truth), 6))
    features = Features.of(matrix)
    if n_segments == 4:
        return carded(features, automatic.cluster(features)), False
    labels = truth.copy()
    own = np.flatnonzero(truth == 3)
    labels[own] += cut(Features.of(matrix[own]), 2, seed)
    made = settle(features, labels, Step("made"))
    halves = {int(label) for label in made.labels[own]}
    named = [{border.one, border.other} for border in borders(features, made) if border.arbitrary]
    return carded(features, made, n_segments), named == [halves]


def reappearances(seeds: Sequence[int]) -> tuple[float, float]:
    """Return how often customers of the core and of the fringe are in their segment again, over all sets."""
    rates = []
    for seed in seeds:
        random = np.random.default_rng(seed)
        features = Features.of((2.0 * np.eye(4, 6))[np.repeat(np.arange(4), 85)] + random.normal(size=(340, 6)))
        clustering = settle(features, cut(features, 4, seed), Step("made"))
        scores = stability.score(features, clustering, lambda drawn, seed, rows=None: cut(drawn, 4, seed))
        found = {score.name: score.value for score in scores}
        rates.append((found["reappearance_core"], found["reappearance_fringe"]))
    core, fringe = np.mean(rates, axis=0)
    return float(core), float(fringe)


def features_of(frame: pd.DataFrame) -> Features:
    """Return the features of a frame, made as the app makes them."""
    named = frame.rename(columns=lambda name: f"column {name}")
    named.insert(0, "customer_id", [f"C{number:05}" for number in range(len(named))])
    return compose(gather(read(named.to_csv(index=False).encode(), "made.csv"))).features


def carded(features: Features, clustering: Clustering, n_segments: int = 0) -> Scorecard:
    """Return the verdict with all that leads to it, and no other scores."""
    k = n_segments or clustering.n_segments

    def again(drawn: Features, seed: int, rows: object = None) -> Labels:
        return cut(drawn, k, seed)

    return judge(features, clustering, stability.score(features, clustering, again), again)


def cut(features: Features, k: int, seed: int) -> Labels:
    return kmeans.labels_of(features, kmeans.KMeansOptions(n_segments=k, n_starts=3, seed=seed))


def row(title: str, found: Counter) -> tuple[str, ...]:
    n, claimed = found.total(), sum(found[verdict] for verdict in CLAIMED)
    counts = (f"{found[verdict]}" for verdict in ("solid", "soft", "artefact", "nothing-there"))
    low, high = interval(claimed, n)
    return (title, *counts, f"{claimed} of {n}", f"{low:.1%} – {high:.1%}")


def interval(hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Clopper & Pearson 1934)."""
    from scipy.stats import binomtest

    found = binomtest(hits, n).proportion_ci(method="exact")
    return float(found.low), float(found.high)

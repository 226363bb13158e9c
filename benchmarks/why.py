"""Why: how often a small change is found that moves a customer, whether it does, and how many columns it takes."""

import time
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from benchmarks.tables import Table
from segment_core.artifacts import Customers, Features, Scorer, Step
from segment_core.clustering import kmeans
from segment_core.composition import compose
from segment_core.intake import gather, marks, read, sample
from segment_core.plan import Plan
from segment_core.scoring import changeable, fit, score, smallest_change
from segment_core.scoring.moving import applied

Random = np.random.Generator
Prepared = tuple[Customers, Features, Scorer, tuple[str, ...]]
ENCODER = Step("tfidf", {"n_dimensions": 20})


def invented(random: Random, n: int) -> pd.DataFrame:
    """Return customers of four kinds that differ in eight figures and two habits, some of them heavy-tailed."""
    kind = random.integers(0, 4, n)
    frame = pd.DataFrame({f"visits {place}": random.poisson(random.uniform(1, 12, 4)[kind]) for place in range(4)})
    for place in range(4):
        frame[f"spend {place}"] = random.lognormal(random.uniform(2, 5, 4)[kind], 0.7).round(2)
    for place in range(2):
        frame[f"uses app {place}"] = np.where(random.random(n) < random.uniform(0, 1, 4)[kind], "yes", "no")
    return frame


def uniform(random: Random, n: int) -> pd.DataFrame:
    """Return customers without any kinds, so that segments have long common borders."""
    return pd.DataFrame({f"orders {place}": random.integers(0, 60, n) for place in range(8)})


SETS: Mapping[str, Callable[[Random, int], pd.DataFrame]] = {
    "sample (with reviews)": lambda random, n: sample(n)[0],
    "four kinds": invented,
    "no kinds": uniform,
}


def measure(n_customers: int = 2_000, n_asked: int = 100, seed: int = 0) -> Table:
    """Return the table: ours beside taking over the values of the nearest customer of another segment."""
    heads = ("", "asked", "change found", "verified", "columns, median", "columns, mean", "milliseconds, median")
    rows = []
    for name, make in SETS.items():
        made = prepared(make(np.random.default_rng(seed), n_customers))
        asked = np.random.default_rng(seed + 1).permutation(len(made[0]))[:n_asked]
        for title, change in (("smallest change", ours), ("nearest unlike neighbour", nearest_unlike)):
            found = [timed(change, made, int(row)) for row in asked]
            rows.append((f"{name}: {title}", *line(found)))
    return Table(
        "Moving a customer to another segment by columns that may change",
        heads,
        rows,
        "K-Means, 5 segments. Verified: the scorer, asked with the changed row, gives another segment; of all "
        "changes that were proposed. The peer takes over every changeable value in which the nearest customer of "
        "another segment differs, and proposes it whether or not that suffices. Ours may change three columns at most.",
    )


def prepared(frame: pd.DataFrame) -> Prepared:
    """Return customers, their features, a scorer, and what may change: as marked, everything where nothing is."""
    frame = frame if "customer_id" in frame else frame.assign(customer_id=[f"C{row}" for row in range(len(frame))])
    customers = gather(read(frame.to_csv(index=False).encode(), "made.csv"))
    features = compose(customers, Plan(encoder=ENCODER)).features
    clustering = kmeans.cluster(features, kmeans.KMeansOptions(n_segments=5))
    scorer = fit(customers, features, clustering)
    known = changeable(scorer, customers)
    return customers, features, scorer, tuple(sorted(set(known) & set(marks.mutable(customers, {})))) or known


def timed(change: Callable[..., tuple[pd.DataFrame, int] | None], made: Prepared, row: int) -> tuple[int, bool, float]:
    """Return the number of columns of a change (0 for none), whether it moves the customer, and the seconds."""
    customers, features, scorer, _ = made
    started = time.perf_counter()
    found = change(*made, row)
    seconds = time.perf_counter() - started
    if found is None:
        return 0, False, seconds
    held = features.matrix[[row]]
    before, after = score(scorer, customers.frame.iloc[[row]], held), score(scorer, found[0], held)
    return found[1], bool(before.labels[0] != after.labels[0]), seconds


def ours(
    customers: Customers, features: Features, scorer: Scorer, mutable: tuple[str, ...], row: int
) -> tuple[pd.DataFrame, int] | None:
    found = smallest_change(scorer, customers, features, str(customers.frame.index[row]), mutable)
    return None if found is None else (applied(customers.frame.iloc[[row]], found), len(found.steps))


def nearest_unlike(
    customers: Customers, features: Features, scorer: Scorer, mutable: tuple[str, ...], row: int
) -> tuple[pd.DataFrame, int] | None:
    """Take over what the nearest customer of another segment has."""
    labels = score(scorer, customers.frame, features.matrix).labels
    squares = ((features.matrix - features.matrix[row]) ** 2).sum(axis=1)
    other = int(np.where(labels != labels[row], squares, np.inf).argmin())
    cells = customers.frame.iloc[[row]].copy()
    differing = [
        name
        for name in mutable
        if pd.notna(cells[name].iloc[0])
        and pd.notna(customers.frame[name].iloc[other])
        and cells[name].iloc[0] != customers.frame[name].iloc[other]
    ]
    for name in differing:
        cells[name] = [customers.frame[name].iloc[other]]
    return (cells, len(differing)) if differing else None


def line(found: list[tuple[int, bool, float]]) -> tuple[str, ...]:
    """Write one line of the table."""
    columns = [n for n, _, _ in found if n]
    verified = [moved for n, moved, _ in found if n]
    return (
        f"{len(found)}",
        f"{len(columns) / len(found):.0%}",
        f"{np.mean(verified):.3f}" if columns else "–",
        f"{np.median(columns):.0f}" if columns else "–",
        f"{np.mean(columns):.1f}" if columns else "–",
        f"{1000 * np.median([seconds for *_, seconds in found]):.0f}",
    )

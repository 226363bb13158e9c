"""Recommendations: what customers bought later, foretold by us and by what sells best."""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.behaviour import RETAIL, orders
from benchmarks.tables import Table
from segment_core.artifacts import Features, Offline, Step
from segment_core.clustering.kmeans import KMeansOptions, cluster
from segment_core.intake import assemble, bundle, read_all, sample_tables
from segment_core.intake.behaviour import BehaviourOptions, Lines
from segment_core.intake.behaviour import measure as measure_orders
from segment_core.offering import HELD_SHARE, evaluated
from segment_core.recommending.buying import basket, split_of

HEADS = ("foretold by", "recall@10", "MAP@10", "coverage", "ours less this, recall@10")
LINES = ("automatic", "neighbours")
PEERS = {
    "popularity": "popularity",
    "lately": "popularity of the last 60 days",
    "segment": "popularity in the segment",
}


def measure(path: Path = RETAIL, n_customers: int = 1500, lines: tuple[str, ...] = LINES) -> Table:
    """Measure on Online Retail where it is beside the code, and on invented tables."""
    sources = [("sample tables", sampled(n_customers))]
    if path.is_file():
        sources.insert(0, ("Online Retail", orders(path)))
    rows: list[tuple[str, ...]] = []
    told = []
    for title, found in sources:
        more, said = rows_of(title, found, lines)
        rows += more
        told.append(said)
    missing = "" if path.is_file() else " Online Retail is not beside the code."
    note = (
        " ".join(told) + " Seen before the split and back after it; segments were found before the split, too. 95 % "
        "bootstrap intervals over customers; the options were chosen on an earlier split." + missing
    )
    return Table("What customers bought in the last fifth of the time, among ten items offered", HEADS, rows, note)


def rows_of(title: str, found: Lines, lines: tuple[str, ...] = LINES) -> tuple[list[tuple[str, ...]], str]:
    """Return the rows of one source: each peer once, each of our ways, for new items and with those bought again."""
    ids = pd.Index(sorted(map(str, found.frame["customer"].cat.categories)))
    bought = basket(found.frame, ids)
    split = str(split_of(bought, HELD_SHARE))[:10]
    labels = segments(found, ids, split)
    by_line = {line: evaluated(bought, labels, Step(line), split=split)[0] for line in lines}
    rows = []
    for again in (False, True):
        what = f"{title}, {'with bought again' if again else 'new items'}"
        first = [figure for figure in by_line[lines[0]] if figure.again == again]
        rows += [row(f"{what}: {PEERS[figure.peer]}", figure) for figure in first if figure.peer != "ours"]
        for line, figures in by_line.items():
            rows += [row(f"{what}: Strata, {line}", one) for one in figures if (one.peer, one.again) == ("ours", again)]
    counts = " and ".join(f"{figure.n:,}" for figure in by_line[lines[0]] if figure.peer == "ours")
    return rows, f"{title}: split at {split}, {counts} customers."


def segments(found: Lines, ids: pd.Index, split: str) -> np.ndarray:
    """Cut customers into five by recency, orders and money before the split; -1 for who came later."""
    known = measure_orders(found, BehaviourOptions(reference_date=split)).frame
    known = known[known["orders"] > 0]
    numbers = np.log1p(known[["recency_days", "orders", "monetary"]].clip(lower=0).fillna(0.0).to_numpy(float))
    scaled = (numbers - numbers.mean(axis=0)) / np.maximum(numbers.std(axis=0), 1e-9)
    labels = cluster(Features.of(scaled), KMeansOptions(n_segments=5)).labels
    found_by = pd.Series(labels, index=known.index.astype(str))
    return found_by.reindex(ids, fill_value=-1).to_numpy(np.int64)


def sampled(n_customers: int) -> Lines:
    """Return the lines of orders of the invented tables."""
    shop = sample_tables(n_customers)
    files = [(f"{title}.csv", table.to_csv(index=False).encode()) for title, table in shop.tables.items()]
    name, data = bundle(files)
    measured = assemble(read_all(data, name), keep_lines=True).measured
    assert measured is not None and measured.lines is not None
    return measured.lines


def row(name: str, figure: Offline) -> tuple[str, ...]:
    gain = "–"
    if figure.peer != "ours":
        gain = f"{figure.gain:+.3f} ({figure.gain_low:+.3f} to {figure.gain_high:+.3f})"
    return (
        name,
        f"{figure.recall:.3f} ({figure.recall_low:.3f} to {figure.recall_high:.3f})",
        f"{figure.precision:.3f} ({figure.precision_low:.3f} to {figure.precision_high:.3f})",
        f"{figure.coverage:.0%}",
        gain,
    )

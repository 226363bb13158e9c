"""Encoders: how well each tells 77 intents apart, and how many texts it reads in a second."""

import time
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measuring import fresh
from benchmarks.tables import Table
from segment_core.choices import Choice, options_from_json
from segment_core.encoders import ENCODERS
from segment_core.intake import sample

DATA = Path(__file__).parents[2] / "shared" / "data"
BANKING = DATA / "banking77" / "test.csv"
REVIEWS = DATA / "womens_reviews" / "Womens Clothing E-Commerce Reviews.csv.zip"
N_LONG = 2_000
OPTIONS: dict[str, dict[str, object]] = {"student": {"n_learned": 1_500, "opening": 0}}
"""What is asked of an encoder other than its defaults: 3,080 texts are too few for the student's own, and of so few
reviews the openings would take longer than the full model; `standins` measures them."""
SKIPPED = {"auto", "endpoint", "brought", "column", "vectors", "glove_file"}
"""What chooses among the others, asks a server, or reads a file that is not here."""
PUBLISHED = (
    ("k-means, all-mpnet-base-v2", ".643", ".813"),
    ("agglomerative, text-embedding-3-small", ".699", ".837"),
    ("IDAS, mpnet + GPT-3", ".675", ".839"),
    ("k-LLMmeans, text-embedding-3-small + GPT-4o", ".679", ".841"),
    ("ClusterLLM, Instructor-large + GPT-3.5", ".712", ".852"),
    ("few-shot clustering, Instructor + GPT-3.5", ".653", ".824"),
)


def measured(name: str, seeds: Sequence[int], n_short: int | None = None, n_long: int = N_LONG) -> dict[str, float]:
    """Return accuracy, nmi, ari, rates and fidelity of an encoder; imports and loading are not counted."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    frame = pd.read_csv(BANKING)[:n_short]
    truth = frame["category"].astype("category").cat.codes.to_numpy()
    choice = ENCODERS[name]
    options = options_from_json(choice.options, OPTIONS.get(name, {}))
    choice.run(frame["text"].tolist()[:200], options)  # loads
    started = time.perf_counter()
    made = choice.run(frame["text"].tolist(), options)
    short = len(frame) / (time.perf_counter() - started)
    found = []
    for seed in seeds:
        labels = KMeans(len(set(truth)), random_state=seed).fit_predict(made.matrix)
        nmi, ari = normalized_mutual_info_score(truth, labels), adjusted_rand_score(truth, labels)
        found.append((accuracy(truth, labels), nmi, ari))
    texts = reviews(n_long)
    started = time.perf_counter()
    read = choice.run(texts, options)
    long = len(texts) / (time.perf_counter() - started)
    scores = dict(zip(("accuracy", "nmi", "ari"), np.mean(found, axis=0).tolist(), strict=True))
    faithful = {
        kind: vectors.fidelity.similarity
        for kind, vectors in (("faithful", made), ("faithful_long", read))
        if vectors.fidelity is not None
    }
    return {**scores, "short": short, "long": long, **faithful}


def measure(seeds: tuple[int, ...] = (0, 1, 2, 3, 4), names: Sequence[str] | None = None) -> Table:
    """Return the table, or one that says that the data are not here."""
    title = "Encoders on Banking77's test split (K-Means with the true 77 intents)"
    heads = ("", "accuracy", "NMI", "ARI", "short texts a second", "long texts a second", "faithful, short / long")
    if not BANKING.is_file():
        return Table(title, heads, [], "The data are not beside the code.")
    rows = []
    for name, choice in ENCODERS.items():
        if able(name, choice) if names is None else name in names:
            rows.append(row(choice.label, fresh(measured, name, list(seeds)).found))
    rows += [(f"published: {what}", accuracy_, nmi, "", "", "", "") for what, accuracy_, nmi in PUBLISHED]
    long = "reviews of clothes, about 60 words" if REVIEWS.is_file() else "reviews of the sample"
    return Table(
        title,
        heads,
        rows,
        f"Means of {len(seeds)} seeds; accuracy by Hungarian matching. Speed without loading, on 3,080 questions of "
        f"about 12 words and {N_LONG:,} {long}. The student learns from 1,500 of each, without "
        "openings, which is part of its time: the more texts there are, the quicker it is. Faithful: "
        "rank correlation of its and the full model's similarities.",
    )


def row(label: str, found: dict[str, float]) -> tuple[str, ...]:
    faithful = " / ".join(f"{found[kind]:.2f}" for kind in ("faithful", "faithful_long") if kind in found)
    scores = (f"{found[score]:.3f}".removeprefix("0") for score in ("accuracy", "nmi", "ari"))
    return label, *scores, f"{found['short']:,.0f}", f"{found['long']:,.0f}", faithful


def able(name: str, choice: Choice) -> bool:
    return name not in SKIPPED and not choice.asks and not choice.missing()


def accuracy(truth: np.ndarray, labels: np.ndarray) -> float:
    """Return the share of texts in the right cluster, once clusters are matched with classes as well as can be."""
    from scipy.optimize import linear_sum_assignment

    counts = np.zeros((truth.max() + 1, labels.max() + 1), dtype=int)
    np.add.at(counts, (truth, labels), 1)
    return float(counts[linear_sum_assignment(-counts)].sum() / len(truth))


def reviews(n: int) -> list[str]:
    """Return long reviews, evenly spaced over the file; the sample's where the file is not here."""
    if not REVIEWS.is_file():
        return sample(2 * n)[0]["review"].dropna().tolist()[:n]
    with zipfile.ZipFile(REVIEWS) as archive:
        frame = pd.read_csv(BytesIO(archive.read(REVIEWS.name.removesuffix(".zip"))))
    texts = frame["Review Text"].dropna().tolist()
    return texts[:: max(1, len(texts) // n)][:n]

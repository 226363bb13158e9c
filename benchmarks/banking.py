"""Banking: how well each algorithm finds 77 intents by itself, beside what has been published."""

import dataclasses
import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.encoders import BANKING, PUBLISHED, accuracy
from benchmarks.tables import Table
from segment_core.artifacts import Clustering, Features, Floats, Labels, Share
from segment_core.choices import Choice
from segment_core.clustering import ALGORITHMS, Speech
from segment_core.encoders import ENCODERS
from segment_core.errors import SegmentError

READER = "sentence_transformer"
VARIANTS: dict[str, tuple[Mapping[str, Any], ...]] = {
    "consensus": ({}, {"space": "smoothed"}),
    "themes": ({}, {"merging": "spectral"}),
}
"""What is asked of an algorithm besides the number of segments: more than once where that tells something."""
NUMBERS = ("n_segments", "n_first")
"""Options that say how many segments to cut."""
SCORES = ("accuracy", "nmi", "ari")


def measured(
    choice: Choice,
    given: Mapping[str, Any],
    truth: Labels,
    features: Features,
    *,
    options: Mapping[str, Any],
    seeds: Sequence[int],
) -> dict[str, Any]:
    """Return the mean and spread of each score over seeds, the numbers of segments found, and seconds a run.

    An algorithm that gives the same segments for two seeds is not asked again.
    """
    fields = {field.name for field in dataclasses.fields(choice.options)}
    asked = {name: int(truth.max()) + 1 for name in NUMBERS if name in fields} | dict(options)
    found, counts, taken, before = [], [], [], None
    for seed in seeds if "seed" in fields else seeds[:1]:
        seeded = {"seed": seed} if "seed" in fields else {}
        started = time.perf_counter()
        # Made directly: a form would not ask for as many segments.
        made: Clustering = choice.run(
            features, choice.options(**asked, **seeded), **{name: given[name] for name in choice.asks}
        )
        taken.append(time.perf_counter() - started)
        found.append(scores(truth, made.labels))
        counts.append(made.n_segments)
        if before is not None and np.array_equal(before, made.labels):
            break
        before = made.labels
    means, spreads = np.mean(found, axis=0), np.std(found, axis=0)
    return {
        **{name: (float(mean), float(spread)) for name, mean, spread in zip(SCORES, means, spreads, strict=True)},
        "n_segments": counts,
        "told": bool(asked.keys() & set(NUMBERS)),
        "seconds": float(np.median(taken)),
    }


def scores(truth: Labels, labels: Labels) -> tuple[float, float, float]:
    """Return accuracy (clusters matched with classes as well as can be), NMI and adjusted Rand index."""
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    nmi, ari = normalized_mutual_info_score(truth, labels), adjusted_rand_score(truth, labels)
    return accuracy(truth, labels), float(nmi), float(ari)


def measure(
    seeds: tuple[int, ...] = (0, 1, 2), names: Sequence[str] | None = None, n_texts: int | None = None
) -> Table:
    """Return the table, or one that says that the data are not here."""
    title = "Algorithms on Banking77's test split (3,080 texts, 77 intents, the bundled model's vectors)"
    heads = ("", "segments", "accuracy", "NMI", "ARI", "seconds")
    if not BANKING.is_file():
        return Table(title, heads, [], "The data are not beside the code.")
    frame = pd.read_csv(BANKING)[:n_texts]
    truth = frame["category"].astype("category").cat.codes.to_numpy().astype(np.int64)
    texts = frame["text"].tolist()
    given, features = prepared(texts)
    rows, left_out = [], []
    for name in ALGORITHMS if names is None else names:
        choice = ALGORITHMS[name]
        if "secrets" in choice.asks or choice.missing():
            left_out.append(choice.label)
            continue
        for options in VARIANTS.get(name, ({},)):
            label = ", ".join([choice.label, *(str(value) for value in options.values())])
            try:
                found = measured(choice, given, truth, features, options=options, seeds=seeds)
            except SegmentError as refused:
                rows.append((f"{label} – {str(refused)[:90]}", "", "", "", "", ""))
                continue
            rows.append(row(label, found))
    rows += [(f"published: {what}", "77", accuracy_, nmi, "", "") for what, accuracy_, nmi in PUBLISHED]
    note = (
        f"Mean ± standard deviation of {len(seeds)} seeds (none where they change nothing); accuracy by Hungarian "
        "matching. Who can be told the number of segments is told 77; who cannot runs at its defaults. No other "
        "option is set, no label is seen."
    )
    if left_out:
        note += f" Left out, as they ask a server or need a package: {', '.join(left_out)}."
    return Table(title, heads, rows, note)


def prepared(texts: Sequence[str]) -> tuple[dict[str, Any], Features]:
    """Return what algorithms may ask for, made offline, and the texts' vectors as the features."""
    reader = ENCODERS[READER]

    def read(more: Sequence[str]) -> Floats:
        vectors: Floats = reader.run(list(more), reader.options()).matrix
        return vectors

    vectors = read(texts)
    width = vectors.shape[1]
    named = tuple(f"text {number + 1}" for number in range(width))
    features = Features(vectors, named, named, (Share("text", 0, width, 1.0, ("text",)),))
    ids = np.array([f"T{number:05}" for number in range(len(texts))])
    return {"ids": ids, "values": {}, "speech": Speech(tuple(texts), vectors, read)}, features


def row(label: str, found: Mapping[str, Any]) -> tuple[str, ...]:
    """Write one line of the table."""
    few, many = min(found["n_segments"]), max(found["n_segments"])
    counted = f"{few}" if few == many else f"{few}–{many}"
    cells = (f"{found[name][0]:.3f} ± {found[name][1]:.3f}".replace("0.", ".") for name in SCORES)
    return label, counted if found["told"] else f"{counted}, found", *cells, f"{found['seconds']:.1f}"

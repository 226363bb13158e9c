"""Stand-ins: how like the full model those are that read in its place, on texts they did not learn from."""

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.encoders import BANKING, REVIEWS, reviews
from benchmarks.measuring import fresh
from benchmarks.tables import Table
from segment_core.artifacts import Fidelity, Floats, Vectors
from segment_core.encoders import ENCODERS
from segment_core.encoders.fidelity import fidelity
from segment_core.encoders.student import StudentOptions

TEXTS = {
    "short": "Banking77's test split",
    "more": "Banking77's training split",
    "long": "reviews of clothes",
}
STUDENTS = (("short", 1_500, 0), ("more", 4_000, 0), ("long", 4_000, 0), ("long", 4_000, 24))
"""Texts, how many of them the full model reads, and how many words of each opening."""
N_LONG, N_LONG_QUICK = 6_000, 2_000
FULL, QUICK = "sentence_transformer", "onnx_int8"


def texts_of(kind: str, n: int | None = None) -> tuple[list[str], list[str]]:
    """Return texts of a kind, and their intents where these are known."""
    if kind == "long":
        return reviews(n or N_LONG), []
    frame = pd.read_csv(BANKING if kind == "short" else BANKING.with_name("train.csv"))[:n]
    return frame["text"].tolist(), frame["category"].tolist()


def quick(kind: str, seeds: Sequence[int], n: int | None = None) -> dict[str, Any]:
    """Compare the quick form with the full model, text by text."""
    texts, intents = texts_of(kind, n or (N_LONG_QUICK if kind == "long" else None))
    full, in_full = _read(FULL, texts)
    light, taken = _read(QUICK, texts)
    cosines = (full.matrix * light.matrix).sum(axis=1)
    return {
        "n": len(texts),
        "cosines": [float(cosines.min()), float(np.median(cosines))],
        **_faithful(fidelity(full.matrix, light.matrix, 0)),
        **_told(full.matrix, light.matrix, intents, seeds),
        "rates": [len(texts) / taken, len(texts) / in_full],
    }


def student(kind: str, seeds: Sequence[int], n_learned: int, opening: int, n: int | None = None) -> dict[str, Any]:
    """Compare a student with its teacher: on texts held out, and by the intents found among all."""
    texts, intents = texts_of(kind, n)
    light, taken = _read("student", texts, StudentOptions(n_learned=n_learned, opening=opening))
    full, in_full = _read(QUICK, texts)
    assert light.fidelity is not None
    return {
        "n": len(texts),
        **_faithful(light.fidelity),
        **_told(full.matrix, light.matrix, intents, seeds),
        "rates": [len(texts) / taken, len(texts) / in_full],
    }


def measure(seeds: tuple[int, ...] = (0, 1, 2, 3, 4), n: int | None = None) -> Table:
    """Return the table, or one that says that the data are not here; `n` takes so many texts of each kind."""
    title = "What reads in place of the full model"
    heads = (
        "",
        "texts",
        "cosine, least / middle",
        "similarity",
        "10 nearest",
        "clusters / at best",
        "NMI / of the full model",
        "texts a second / full model",
    )
    if not (BANKING.is_file() and REVIEWS.is_file()):
        return Table(title, heads, [], "The data are not beside the code.")
    rows = [row(f"Quick form, {TEXTS[kind]}", fresh(quick, kind, list(seeds), n).found) for kind in ("short", "long")]
    for kind, n_learned, opening in STUDENTS:
        openings = f" and {opening} words of each" if opening else ""
        label = f"Student of {n_learned:,}{openings}, {TEXTS[kind]}"
        rows.append(
            row(label, fresh(student, kind, list(seeds), min(n_learned, (n or n_learned) // 2), opening, n).found)
        )
    return Table(
        title,
        heads,
        rows,
        f"NMI: K-Means with the true 77 intents, means of {len(seeds)} seeds. The quick form is compared with the full "
        "model on all texts, a student with its teacher, the quick form, on the fifth of the sample that it did not "
        "learn from: rank correlation of the similarities of pairs, shared among the 10 nearest texts, adjusted Rand "
        "index of clusters beside that of the teacher with another seed. Fewer texts have nearer neighbours in common: "
        "800 are held out of 4,000, 300 of 1,500. Speed without loading, a student's with all that it learned. "
        "Automatic gives students the openings of long texts.",
    )


def row(label: str, found: dict[str, Any]) -> tuple[str, ...]:
    """Write one line of the table."""
    cosines = " / ".join(f"{value:.3f}" for value in found.get("cosines", ()))
    nmi = " / ".join(f"{value:.3f}".removeprefix("0") for value in found.get("nmi", ()))
    clusters = f"{found['clusters']:.2f} / {found['ceiling']:.2f}"
    rates = " / ".join(f"{value:,.0f}" for value in found["rates"])
    return (
        label,
        f"{found['n']:,}",
        cosines,
        *(f"{found[name]:.2f}" for name in ("similarity", "neighbours")),
        clusters,
        nmi,
        rates,
    )


def _read(name: str, texts: list[str], options: Any = None) -> tuple[Vectors, float]:
    """Read texts, and return the seconds without loading."""
    choice = ENCODERS[name]
    choice.run(texts[:8], options or choice.options())
    started = time.perf_counter()
    made: Vectors = choice.run(texts, options or choice.options())
    return made, time.perf_counter() - started


def _faithful(found: Fidelity) -> dict[str, float]:
    return {name: getattr(found, name) for name in ("similarity", "neighbours", "clusters", "ceiling")}


def _told(full: Floats, light: Floats, intents: list[str], seeds: Sequence[int]) -> dict[str, list[float]]:
    """Return the NMI of the intents that K-Means finds by the light vectors, and by the full ones."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import normalized_mutual_info_score

    if not intents:
        return {}
    found = [
        [
            float(
                normalized_mutual_info_score(intents, KMeans(len(set(intents)), random_state=seed).fit_predict(matrix))
            )
            for seed in seeds
        ]
        for matrix in (light, full)
    ]
    return {"nmi": [float(np.mean(values)) for values in found]}

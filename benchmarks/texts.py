"""Texts: how many are read in a second, by their words and by the full model."""

import time

from benchmarks.measuring import fresh, median
from benchmarks.tables import Table
from segment_core.encoders import sentence_transformer, tfidf
from segment_core.intake import sample


def rates(n_words: int, n_model: int, n_runs: int) -> list[list[float]]:
    """Return texts a second of each run, by words and by the model; imports and loading are not counted."""
    frame, _ = sample(n_words)
    found = frame["review"].dropna().tolist()
    few = found[:n_model]
    tfidf.encode(few)
    sentence_transformer.encode(few[:8])
    words, model = [], []
    for _ in range(n_runs):
        words.append(len(found) / _seconds(lambda: tfidf.encode(found)))
        model.append(len(few) / _seconds(lambda: sentence_transformer.encode(few)))
    return [words, model]


def measure(n_words: int = 5_000, n_model: int = 500, n_runs: int = 3) -> Table:
    words, model = (median(found) for found in fresh(rates, n_words, n_model, n_runs).found)
    return Table(
        "Reading texts",
        ("", "texts a second", "ratio"),
        [
            ("Words (TF-IDF + SVD)", f"{words:,.0f}", f"{words / model:.0f}"),
            ("Full model (bundled, torch on the processor)", f"{model:,.0f}", "1"),
        ],
        f"Reviews of the sample: {n_words:,} customers' by words, {n_model:,} of them by the model. "
        f"Medians of {n_runs} runs, without loading.",
    )


def _seconds(work: object) -> float:
    assert callable(work)
    started = time.perf_counter()
    work()
    return time.perf_counter() - started

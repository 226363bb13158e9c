"""Terms: the words that one segment uses and the others do not (c-TF-IDF)."""

from collections.abc import Sequence

import numpy as np

from segment_core import wordcounts
from segment_core.artifacts import EvidenceItem, Labels

N_TERMS = 10
FEWEST_TEXTS = 5


def terms(texts: Sequence[str], labels: Labels, segments: Sequence[str]) -> list[list[EvidenceItem]]:
    """Return each segment's telling words and word pairs, strongest first (c-TF-IDF, Grootendorst 2022).

    A term's `value` is the share of the segment's texts that hold it, its `base` the share of all
    texts, its `effect` the c-TF-IDF weight. Terms that are no more frequent than elsewhere, or that
    fewer than five texts of the segment hold, are left out, and so are tags of masked data.
    """
    kept = [row for row, text in enumerate(texts) if text]
    nothing: list[list[EvidenceItem]] = [[] for _ in segments]
    n_rare = max(FEWEST_TEXTS, len(kept) // 1000)
    counted = wordcounts.count([wordcounts.tokens(texts[row]) for row in kept], fewest=n_rare, once=True)
    if counted is None:
        return nothing
    own = labels[kept]
    held = np.stack(
        [
            np.asarray(counted.matrix[own == number].sum(axis=0), dtype=np.float64).ravel()
            for number in range(len(segments))
        ]
    )
    n_texts = np.bincount(own, minlength=len(segments)).astype(np.float64)
    telling = wordcounts.telling(held, n_texts, len(kept), fewest=FEWEST_TEXTS)
    found = []
    for number, segment in enumerate(segments):
        weights = telling.weights[number]
        found.append(
            [
                EvidenceItem(
                    id="",
                    segment=segment,
                    kind="term",
                    label=term,
                    direction="over",
                    n=int(n_texts[number]),
                    value=float(telling.shares[number, at]),
                    base=float(telling.base[at]),
                    unit="%",
                    effect=round(float(weights[at]), 6),
                    text=term,
                )
                for at in wordcounts.distinct(weights, counted.terms, N_TERMS)
                for term in [str(counted.terms[at])]
            ]
        )
    return found

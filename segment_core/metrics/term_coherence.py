"""Term coherence: do the words that mark a segment belong together?"""

from dataclasses import dataclass

import numpy as np

from segment_core.artifacts import Clustering, Customers, Features, Score
from segment_core.choices import option
from segment_core.language import words
from segment_core.messages import say
from segment_core.metrics.space import Again, can_score
from segment_core.privacy import without_tags
from segment_core.wordcounts import count, distinct, npmi, telling

TEXTS = "text"
FEWEST_TEXTS = 20
FEWEST = 3
"""Texts that must hold a word, in a segment and in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCoherenceOptions:
    """Options of the coherence of terms."""

    n_words: int = option(10, "Words", low=2, high=50, help="Words that mark a segment, of which all pairs are tried.")
    most: int = option(5_000, "Customers at most", low=100, help="Taken on a random sample above this number.")
    seed: int = option(0, "Random seed", low=0)


def score(
    features: Features,
    clustering: Clustering,
    again: Again,
    options: TermCoherenceOptions = TermCoherenceOptions(),
    *,
    customers: Customers | None = None,
) -> tuple[Score, ...]:
    """Return how often the words that mark a segment stand in the same texts, against chance, -1 to 1.

    The words are those of c-TF-IDF (Grootendorst 2022), the measure is normalised pointwise mutual information
    over all texts (Bouma 2009), averaged over pairs and then over segments. Segments with fewer than two such words
    have no value; without texts no score is taken. Two rare words that never met count for little, not for -1.
    """
    if customers is None or not can_score(clustering.labels):
        return ()
    texts = _texts(customers)
    rows = np.flatnonzero([bool(text) for text in texts])
    if len(rows) > options.most:
        rows = np.sort(np.random.default_rng(options.seed).choice(rows, options.most, replace=False))
    if len(rows) < FEWEST_TEXTS:
        return ()
    counts = count([words(without_tags(texts[row])) for row in rows], fewest=FEWEST, widest=0.5, once=True)
    if counts is None:
        return ()
    labels = clustering.labels[rows]
    held = np.stack([counts.matrix[labels == number].sum(axis=0).A1 for number in range(clustering.n_segments)])
    n_texts = np.bincount(labels, minlength=clustering.n_segments).astype(np.float64)
    weights = telling(held.astype(np.float64), n_texts, len(rows), fewest=FEWEST).weights
    marking = [distinct(own, counts.terms, options.n_words) for own in weights]
    values = npmi(counts.matrix, marking, doubt=1.0)
    meaning = say("From -1 to 1: how often the words that mark a segment stand in the same texts; 0 is by chance.")
    parts = [
        Score("term_coherence", round(value, 4), "higher", TEXTS, int(n), meaning, segment.id)
        for value, own, n, segment in zip(values, marking, n_texts, clustering.segments, strict=True)
        if len(own) > 1
    ]
    if not parts:
        return ()
    overall = round(float(np.mean([part.value for part in parts])), 4)
    return (Score("term_coherence", overall, "higher", TEXTS, len(rows), meaning), *parts)


def _texts(customers: Customers) -> list[str]:
    columns = [customers.frame[column].fillna("") for column in customers.named("text")]
    if not columns:
        return [""] * len(customers)
    return ["\n".join(text for text in row if text).strip() for row in zip(*columns, strict=True)]

"""Terms: the words that one segment uses and the others do not (c-TF-IDF)."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from segment_core.artifacts import EvidenceItem, Labels
from segment_core.language import words
from segment_core.privacy import without_tags

N_TERMS = 10
FEWEST_TEXTS = 5


def terms(texts: Sequence[str], labels: Labels, segments: Sequence[str]) -> list[list[EvidenceItem]]:
    """Return each segment's telling words and word pairs, strongest first (c-TF-IDF, Grootendorst 2022).

    A term's `value` is the share of the segment's texts that hold it, its `base` the share of all
    texts, its `effect` the c-TF-IDF weight. Terms that are no more frequent than elsewhere, or that
    fewer than five texts of the segment hold, are left out, and so are tags of masked data.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    kept = [row for row, text in enumerate(texts) if text]
    nothing: list[list[EvidenceItem]] = [[] for _ in segments]
    tokens = [_single_and_paired(words(without_tags(texts[row]))) for row in kept]
    n_rare = max(FEWEST_TEXTS, len(kept) // 1000)
    vectorizer = CountVectorizer(analyzer=_as_is, min_df=n_rare, max_features=30_000, binary=True)
    try:
        present = vectorizer.fit_transform(tokens).tocsr()
    except ValueError:  # no term is that frequent
        return nothing
    names = vectorizer.get_feature_names_out()
    own = labels[kept]
    held = np.stack([np.asarray(present[own == number].sum(axis=0)).ravel() for number in range(len(segments))])
    n_texts = np.bincount(own, minlength=len(segments))
    frequency = held / np.maximum(held.sum(axis=1, keepdims=True), 1)
    weight = frequency * np.log1p(held.sum() / len(segments) / np.maximum(held.sum(axis=0), 1))
    shares, base = held / np.maximum(n_texts, 1)[:, None], held.sum(axis=0) / max(1, len(kept))
    # A word that everybody uses can weigh much by sheer frequency; what counts is the surplus here.
    telling = np.where(
        (shares > 1.2 * base) & (held >= FEWEST_TEXTS), weight * (1 - base / np.maximum(shares, 1e-9)), 0
    )
    found = []
    for number, segment in enumerate(segments):
        at_all = [int(at) for at in np.flatnonzero(telling[number])]
        chosen = _distinct([(float(telling[number, at]), str(names[at]), at) for at in at_all])
        found.append(
            [
                EvidenceItem(
                    id="",
                    segment=segment,
                    kind="term",
                    label=term,
                    direction="over",
                    n=int(n_texts[number]),
                    value=float(shares[number, at]),
                    base=float(base[at]),
                    unit="%",
                    effect=round(effect, 6),
                    text=term,
                )
                for effect, term, at in chosen
            ]
        )
    return found


def _single_and_paired(found: list[str]) -> list[str]:
    return found + [f"{first} {second}" for first, second in pairwise(found)]


def _as_is(tokens: list[str]) -> list[str]:
    return tokens


def _distinct(candidates: list[tuple[float, str, int]]) -> list[tuple[float, str, int]]:
    """Keep the strongest, without a word that only repeats part of a pair already kept, or the other way round."""
    kept: list[tuple[float, str, int]] = []
    for candidate in sorted(candidates, key=lambda found: (-found[0], found[1])):
        parts = set(candidate[1].split())
        if not any(parts & set(other.split()) for _, other, _ in kept):
            kept.append(candidate)
        if len(kept) == N_TERMS:
            break
    return kept

"""Phrases: the key phrase that tells a text and its like from all others (c-TF-IDF), where no model writes labels."""

from collections.abc import Sequence

import numpy as np

from segment_core import wordcounts
from segment_core.clustering.textspace import TextSpace, micro

MOST_GROUPS = 200
A_GROUP = 8
"""About so many like texts share what is weighed."""


def telling_phrases(space: TextSpace, seed: int) -> Sequence[str]:
    """Return for each text the term in it that is most telling of its small group of like texts; "" where none is."""
    found = [wordcounts.tokens(text) for text in space.texts]
    counted = wordcounts.count(found, fewest=2, once=True)
    if counted is None:
        return [""] * len(space.texts)
    groups = micro(space.points, max(2, min(MOST_GROUPS, len(space.texts) // A_GROUP)), seed)
    n_texts = np.bincount(groups).astype(np.float64)
    held = np.zeros((len(n_texts), len(counted.terms)))
    for number in range(len(n_texts)):
        held[number] = np.asarray(counted.matrix[groups == number].sum(axis=0)).ravel()
    weights = wordcounts.telling(held, n_texts, len(space.texts), fewest=2).weights
    phrases = []
    matrix = counted.matrix
    for row, group in enumerate(groups):
        terms = np.sort(matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]])
        best = terms[weights[group, terms].argmax()] if len(terms) else -1
        phrases.append(str(counted.terms[best]) if best >= 0 and weights[group, best] > 0 else "")
    return phrases

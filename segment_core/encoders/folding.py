"""Folding: what words bring into a text's vector, so that a text nobody wrote lies among those that were read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np

from segment_core.artifacts import Floats
from segment_core.language import words


@dataclass(frozen=True, slots=True, eq=False)
class Fold:
    """What each of `terms` brings into the vector of a text that holds it: `brought` (n_terms, d).

    With `paired`, pairs of neighbouring words are terms too, and a term that is there twice counts 1 + log 2, as in
    TF-IDF; else every word counts each time.
    """

    terms: tuple[str, ...]
    brought: Floats
    paired: bool = False

    @classmethod
    def none(cls) -> "Fold":
        """Know no word at all."""
        return cls((), np.zeros((0, 1), dtype=np.float32))

    def read(self, texts: Sequence[str]) -> Floats:
        """Return vectors (n_texts, d) of length 1; a text without a known word is the zero vector."""
        place = {term: row for row, term in enumerate(self.terms)}
        matrix = np.zeros((len(texts), self.brought.shape[1]), dtype=np.float64)
        for row, text in enumerate(texts):
            found = with_pairs(words(text)) if self.paired else words(text)
            for term, count in Counter(term for term in found if term in place).items():
                weight = 1.0 + log(count) if self.paired else float(count)
                matrix[row] += weight * self.brought[place[term]]
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
        return np.asarray(matrix / np.where(lengths > 1e-9, lengths, np.inf), dtype=np.float32)


def with_pairs(found: list[str]) -> list[str]:
    """Return words and the pairs of those that stand side by side."""
    return found + [f"{first} {second}" for first, second in pairwise(found)]

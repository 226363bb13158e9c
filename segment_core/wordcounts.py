"""Word counts: words and pairs of words counted over texts, and those that tell one group of texts from the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from segment_core.language import words
from segment_core.privacy import without_tags

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MOST_TERMS = 30_000
SURPLUS = 1.2
"""A term tells of a group if it is at least this many times as frequent there as everywhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How often each text holds each term: matrix (n_texts, n_terms), and the terms in the order of the alphabet."""

    matrix: "csr_matrix"
    terms: NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """How much each term tells of each group: `weights`, `shares` (n_groups, n_terms), and `base` (n_terms,).

    `shares` are parts of the group's texts that hold the term, `base` that of all texts.
    """

    weights: NDArray[np.float64]
    shares: NDArray[np.float64]
    base: NDArray[np.float64]


def tokens(text: str) -> list[str]:
    """Return a text's words and pairs of neighbouring words, without fillers and tags of masked data.

    Examples
    --------
    >>> tokens("The parcel of [NAME 3] was late")
    ['parcel', 'late', 'parcel late']
    """
    found = words(without_tags(text))
    return found + [f"{first} {second}" for first, second in pairwise(found)]


def count(
    found: Sequence[Sequence[str]], *, fewest: int, widest: float = 1.0, most: int = MOST_TERMS, once: bool = False
) -> Counts | None:
    """Count terms over texts; None if no term is in at least `fewest` texts and at most the share `widest` of them.

    `once` counts a text that holds a term, however often, as 1; of more than `most` terms the most frequent are kept.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(analyzer=_as_is, min_df=fewest, max_df=widest, max_features=most, binary=once)
    try:
        matrix = vectorizer.fit_transform(found).tocsr()
    except ValueError:  # no term is that frequent
        return None
    return Counts(matrix, np.asarray(vectorizer.get_feature_names_out(), dtype=str))


def telling(held: NDArray[np.float64], n_texts: NDArray[np.float64], n_all: int, *, fewest: float) -> Telling:
    """Weigh what each group says that the others do not (c-TF-IDF, Grootendorst 2022).

    `held` (n_groups, n_terms) is how many texts of a group hold a term, `n_texts` (n_groups,) how many texts it has;
    both may be parts of texts. Terms that fewer than `fewest` texts hold, or that are no more frequent in the group
    than elsewhere, weigh 0.
    """
    frequency = held / np.maximum(held.sum(axis=1, keepdims=True), 1)
    weight = frequency * np.log1p(held.sum() / len(held) / np.maximum(held.sum(axis=0), 1))
    shares, base = held / np.maximum(n_texts, 1)[:, None], held.sum(axis=0) / max(1, n_all)
    # A word that everybody uses can weigh much by sheer frequency; what counts is the surplus here.
    surplus = np.where(
        (shares > SURPLUS * base) & (held >= fewest), weight * (1 - base / np.maximum(shares, 1e-9)), 0.0
    )
    return Telling(surplus, shares, base)


def distinct(weights: NDArray[np.float64], terms: NDArray[np.str_], most: int) -> list[int]:
    """Return the places of the strongest terms, leaving out a term that shares a word with a stronger one.

    Examples
    --------
    >>> distinct(np.array([0.9, 0.8, 0.7]), np.array(["late", "late delivery", "parcel"]), 5)
    [0, 2]
    """
    at_all = np.flatnonzero(weights > 0)
    kept: list[int] = []
    said: set[str] = set()
    for at in sorted(at_all.tolist(), key=lambda at: (-weights[at], terms[at])):
        parts = set(str(terms[at]).split())
        if not parts & said:
            kept.append(at)
            said |= parts
        if len(kept) == most:
            break
    return kept


def npmi(present: "csr_matrix", words: Sequence[Sequence[int]], *, doubt: float = 0.0) -> list[float]:
    """Return for each list of words the mean NPMI of its pairs, -1 to 1 (Bouma 2009; Röder, Both & Hinneburg 2015).

    `present` (n_texts, n_words) is 1 where a text holds a word, `words` are columns of it. 1 says that two words are
    always in the same texts, 0 that they meet as often as chance has it, -1 that they never meet. Fewer than two
    words have no pair, and get 0.

    Where texts are few or short, that two rare words never meet says little: `doubt` adds so many texts to those seen
    and to those expected, which pulls such pairs towards 0.
    """
    n_texts = present.shape[0]
    columns = present.tocsc()
    found = []
    for own in words:
        if len(own) < 2:
            found.append(0.0)
            continue
        held = columns[:, list(own)]
        both = (held.T @ held).toarray().astype(np.float64) / n_texts
        alone = np.diag(both)
        first, second = np.triu_indices(len(own), 1)
        raised = n_texts + doubt
        together = (both[first, second] * n_texts + doubt) / raised
        expected = (alone[first] * alone[second] * n_texts + doubt) / raised
        values = np.full(len(first), -1.0)
        met = together > 0
        always = together >= 1
        values[always] = 1.0
        inside = met & ~always
        values[inside] = np.log(together[inside] / expected[inside]) / -np.log(together[inside])
        found.append(float(values.mean()))
    return found


def _as_is(found: Sequence[str]) -> Sequence[str]:
    return found

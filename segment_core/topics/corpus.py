"""Corpus: what customers wrote as counted words, in an order that the rows of the file cannot change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Floats, Note, Progress
from segment_core.errors import DataError, OptionError
from segment_core.messages import say
from segment_core.wordcounts import Counts, count, tokens

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LONGEST_READ = 20_000
"""Characters of a customer's text that are read: one endless text must not become a topic by itself."""
WIDEST = 0.7
"""A word that more than this share of the texts hold tells no topic from another."""
MOST_TERMS = 20_000
EVERY = 200


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """The texts that were written, as counts of words and pairs, in an order of their own.

    `rows` (n_texts,) are the places of those who wrote among all `n_customers`; `present` is 1 where a text holds a
    term. `vectors` (n_texts, d) are those of the texts, where there are any. `n_distinct` counts different texts.
    """

    n_customers: int
    rows: NDArray[np.int64]
    counts: Counts
    present: "csr_matrix"
    vectors: Floats | None
    n_distinct: int
    notes: tuple[Note, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def worded(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return those of some texts' places that hold a counted word."""
        return np.asarray(rows[np.diff(self.counts.matrix.indptr)[rows] > 0])


def read(texts: Sequence[str], vectors: Floats | None, progress: Progress) -> Corpus:
    """Count the words of all who wrote something; Chinese is cut by jieba, tags of masked data do not count.

    Raises
    ------
    DataError
        If nobody wrote anything, all wrote the same, or there is no word to count.
    """
    if vectors is not None and len(vectors) != len(texts):
        raise ValueError(f"{len(vectors)} vectors for {len(texts)} texts")
    wrote = [row for row, text in enumerate(texts) if text.strip()]
    if not wrote:
        raise DataError("Nobody wrote anything. Topics need a column of texts: give one the role text.")
    ordered = sorted(wrote, key=lambda row: (texts[row], b"" if vectors is None else vectors[row].tobytes()))
    n_distinct = len({texts[row] for row in ordered})
    if n_distinct < 2:
        raise DataError("All texts are the same. Topics need texts that differ.")
    found: list[list[str]] = []
    for number, row in enumerate(ordered):
        if number % EVERY == 0:
            progress(number, len(ordered), say("Counting the words of {n:,} texts", n=len(ordered)))
        found.append(tokens(texts[row][:LONGEST_READ]))
    counts = _counted(found)
    if counts is None:
        raise DataError(
            "The texts hold no words that can be counted. Topics need texts of more than signs and numbers."
        )
    n_long = sum(len(texts[row]) > LONGEST_READ for row in ordered)
    return Corpus(
        n_customers=len(texts),
        rows=np.array(ordered, dtype=np.int64),
        counts=counts,
        present=(counts.matrix > 0).astype(np.float64).tocsr(),
        vectors=None if vectors is None else vectors[ordered],
        n_distinct=n_distinct,
        notes=_notes(len(texts) - len(wrote), n_long),
    )


def require_texts(corpus: Corpus, n_topics: int) -> None:
    """Check that there are at least as many different texts as topics.

    Raises
    ------
    OptionError
        If there are fewer.
    """
    if corpus.n_distinct < n_topics:
        raise OptionError(
            "{n_topics} topics need as many different texts; there are {found}. Ask for fewer topics.",
            n_topics=n_topics,
            found=corpus.n_distinct,
        )


def _counted(found: list[list[str]]) -> Counts | None:
    # In a small file every word is rare; in a large one a word in two texts is more often a slip than a theme.
    fewest = max(2 if len(found) >= 100 else 1, len(found) // 1000)
    for rarest, widest in ((fewest, WIDEST), (1, 1.0)):
        counts = count(found, fewest=rarest, widest=widest, most=MOST_TERMS)
        if counts is not None:
            return counts
    return None


def _notes(n_silent: int, n_long: int) -> tuple[Note, ...]:
    notes = []
    if n_silent:
        notes.append(Note("no-text", say("Customers without text, who have no topic: {n:,}.", n=n_silent), n_silent))
    if n_long:
        message = say(
            "Customers whose texts were read up to character {most:,} only: {n:,}.", most=LONGEST_READ, n=n_long
        )
        notes.append(Note("long-text", message, n_long))
    return tuple(notes)

"""Settling: shares become topics, numbered by size, each with the words that tell it from the others."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Note, Step, Topic, Topics
from segment_core.errors import DataError
from segment_core.messages import Message, say
from segment_core.topics.coherence import N_WORDS, npmi
from segment_core.topics.corpus import Corpus
from segment_core.wordcounts import distinct, telling

N_TERMS = 10
FEWEST_TEXTS = 2.0


def settle(
    corpus: Corpus, shares: NDArray[np.float64], made_by: Step, reason: Message, notes: Sequence[Note] = ()
) -> Topics:
    """Name, measure and number topics: T1 is the one of which most customers write most.

    `shares` (n_texts, n_topics) add up to 1 a text, or are all 0 for a text without a known word. Topics of which
    nobody writes most are left out, and the others' shares made up to 1.

    Raises
    ------
    DataError
        If no text has a share in any topic.
    """
    if not shares.any():
        raise DataError("Fewer than two texts hold words that can be counted. Topics need more texts.")
    shares, n_empty = _of_somebody(shares)
    speaking = shares.sum(axis=1) > 0
    sizes = np.bincount(shares[speaking].argmax(axis=1), minlength=shares.shape[1])
    weights = term_weights(corpus, shares)
    terms = [
        tuple(str(corpus.counts.terms[at]) for at in distinct(own, corpus.counts.terms, N_TERMS)) for own in weights
    ]
    coherence = npmi(corpus.present, [leading_words(corpus, own) for own in weights])
    part = shares.sum(axis=0) / max(1, int(speaking.sum()))
    order = sorted(range(len(terms)), key=lambda number: (-sizes[number], -part[number], terms[number]))
    topics = tuple(
        Topic(
            id=f"T{place + 1}",
            terms=terms[number],
            size=int(sizes[number]),
            share=round(float(part[number]), 6),
            coherence=round(coherence[number], 4),
        )
        for place, number in enumerate(order)
    )
    placed = np.zeros((corpus.n_customers, len(order)), dtype=np.float32)
    placed[corpus.rows] = shares[:, order]
    told = [*corpus.notes, *notes, *_notes(n_empty, int((~speaking).sum()))]
    return Topics(placed, topics, made_by, reason, tuple(told))


def term_weights(
    corpus: Corpus, shares: NDArray[np.float64], rows: NDArray[np.int64] | None = None
) -> NDArray[np.float64]:
    """Return how much each term tells of each topic (n_topics, n_terms), by c-TF-IDF on the topics' parts of texts.

    `rows` are the texts that the shares (n_rows, n_topics) are of; all, if not given.
    """
    present = corpus.present if rows is None else corpus.present[rows]
    held = np.asarray((present.T @ shares).T, dtype=np.float64)
    fewest = FEWEST_TEXTS if len(shares) >= 100 else 0.0
    found = telling(held, shares.sum(axis=0), max(1, int((shares.sum(axis=1) > 0).sum())), fewest=fewest).weights
    # Where nothing stands out, the words that are there are better than none.
    return np.where(found.any(axis=1, keepdims=True), found, held)


def leading_words(corpus: Corpus, weights: NDArray[np.float64]) -> list[int]:
    """Return the places of the ten single words that tell most of a topic: pairs would meet their own words."""
    single = np.array([" " not in term for term in corpus.counts.terms])
    at = np.flatnonzero((weights > 0) & single)
    return [int(place) for place in at[np.argsort(-weights[at], kind="stable")][:N_WORDS]]


def _of_somebody(shares: NDArray[np.float64]) -> tuple[NDArray[np.float64], int]:
    speaking = shares.sum(axis=1) > 0
    led = np.unique(shares[speaking].argmax(axis=1))
    kept = shares[:, led]
    total = kept.sum(axis=1, keepdims=True)
    return np.where(total > 0, kept / np.where(total > 0, total, 1.0), 0.0), shares.shape[1] - len(led)


def _notes(n_empty: int, n_without: int) -> list[Note]:
    notes = []
    if n_empty:
        message = say("Topics left out because nobody writes of them most: {n}.", n=n_empty)
        notes.append(Note("empty-topic", message, n_empty))
    if n_without:
        message = say("Customers whose text holds no word that was counted, who have no topic: {n:,}.", n=n_without)
        notes.append(Note("no-words", message, n_without))
    return notes

"""Topics: what customers write about, as features that say so in words."""

import numpy as np

from segment_core.artifacts import Block, Note, Topics
from segment_core.messages import say

N_WORDS = 2


def extract(topics: Topics) -> Block:
    """Turn shares of topics into their square roots, so that Euclidean distance is Hellinger's, around a mean of 0.

    On bare shares the difference between 0.4 and 0.5 would count as much as that between 0 and 0.1, which is the one
    between silence and a word. A customer without a topic stands at the centre: silence says nothing here.
    """
    speaking = topics.shares.sum(axis=1) > 0
    matrix = np.zeros(topics.shares.shape)
    roots = np.sqrt(topics.shares[speaking].astype(np.float64))
    matrix[speaking] = roots - roots.mean(axis=0) if len(roots) else roots
    names = _names(topics)
    n_silent = int((~speaking).sum())
    notes = (Note("no-topic", say("Customers without a topic: {n:,}.", n=n_silent), n_silent),) if n_silent else ()
    return Block("topics", matrix.astype(np.float32), names, names, (), notes)


def _names(topics: Topics) -> tuple[str, ...]:
    """Name each feature by its topic's first words; by its number too where two topics begin alike."""
    names = [f"topic: {', '.join(topic.terms[:N_WORDS]) or topic.id}" for topic in topics.topics]
    return tuple(
        f"{name} ({topic.id})" if names.count(name) > 1 else name
        for name, topic in zip(names, topics.topics, strict=True)
    )

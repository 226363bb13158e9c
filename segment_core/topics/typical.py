"""Typical: customers whose texts stand for a topic."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Topics
from segment_core.language import words

N_TYPICAL = 5
FEWEST_WORDS = 5
MOST_LOOKED = 400
LONGEST_READ = 20_000


def with_typical(topics: Topics, texts: Sequence[str], customers: Sequence[str]) -> Topics:
    """Name for each topic the customers who write of little else, and enough to be quoted.

    `texts` and `customers` (their ids) are in the order of the shares. Highest share first; who wrote fewer than five
    words comes in only where too few wrote more, and nobody who writes of another topic most.
    """
    ids = np.asarray(customers, dtype=str)
    leading = topics.shares.argmax(axis=1)
    named = []
    for number, topic in enumerate(topics.topics):
        share = topics.shares[:, number]
        own = np.flatnonzero((leading == number) & (share > 0))
        order = own[np.lexsort((ids[own], -np.round(share[own], 4)))][:MOST_LOOKED]
        named.append(replace(topic, typical=tuple(str(ids[row]) for row in _telling(order, texts))))
    return replace(topics, topics=tuple(named))


def _telling(order: NDArray[np.int64], texts: Sequence[str]) -> list[int]:
    picked: list[int] = []
    short: list[int] = []
    seen: set[str] = set()
    for row in order.tolist():
        text = " ".join(texts[row][:LONGEST_READ].split()).casefold()
        if text in seen:  # the same words twice show nothing new
            continue
        seen.add(text)
        (picked if len(words(text)) >= FEWEST_WORDS else short).append(row)
        if len(picked) == N_TYPICAL:
            break
    return (picked + short)[:N_TYPICAL]

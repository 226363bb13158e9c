"""Coherence: do the words of a topic belong together? Normalised pointwise mutual information over texts."""

import numpy as np

from segment_core.artifacts import Topics
from segment_core.wordcounts import npmi

N_WORDS = 10


def mean_coherence(topics: Topics) -> float:
    """Return the mean coherence of all topics, each counted once whatever its size."""
    return float(np.mean([topic.coherence for topic in topics.topics]))


__all__ = ["N_WORDS", "mean_coherence", "npmi"]

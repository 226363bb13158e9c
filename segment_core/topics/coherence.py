"""Coherence: do the words of a topic belong together? Normalised pointwise mutual information over texts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from segment_core.artifacts import Topics

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

N_WORDS = 10


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


def mean_coherence(topics: Topics) -> float:
    """Return the mean coherence of all topics, each counted once whatever its size."""
    return float(np.mean([topic.coherence for topic in topics.topics]))

"""Dating: which topics single texts are of, so that each counts when it was written."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from segment_core.artifacts import Topics
from segment_core.topics.comparing import FEWEST, over_time
from segment_core.topics.corpus import LONGEST_READ
from segment_core.wordcounts import count, tokens

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MOST_DATED = 5_000
"""Texts looked at; of more, as many are drawn."""
AT_ONCE = 500
SMOOTHING, N_ROUNDS = 0.01, 5


def over_time_of_texts(
    topics: Topics, customers: Sequence[str], said: pd.DataFrame, *, fewest: int = FEWEST, seed: int = 0
) -> tuple[pd.DataFrame, int, int]:
    """Return what `over_time` returns, each text at its own date; and how many texts were looked at, of how many.

    `customers` are the ids in the order of the shares; `said` has customer, text and date, one row a text. Above
    5,000 dated texts as many are drawn.
    """
    place = {customer: row for row, customer in enumerate(customers)}
    dated = said[said["date"].notna() & said["customer"].isin(place)]
    dated = dated.sort_values(["customer", "date", "text"], ignore_index=True)
    n_all = len(dated)
    if n_all > MOST_DATED:
        dated = dated.sample(MOST_DATED, random_state=seed).sort_index()
    owners = dated["customer"].map(place).to_numpy(dtype=np.int64)
    shares = shares_of_texts(topics.shares[owners].astype(np.float64), dated["text"].tolist())
    found = over_time(replace(topics, shares=shares.astype(np.float32)), dated["date"], fewest=fewest)
    return found, len(dated), n_all


def shares_of_texts(mixtures: NDArray[np.float64], texts: Sequence[str]) -> NDArray[np.float64]:
    """Share out each text's words among the topics of which its customer writes (n_texts, n_topics).

    `mixtures` (n_texts, n_topics) are the shares of all that the customer of each text wrote. A word goes to a topic
    as far as the customer writes of it, times how much of that topic's words it is, as in probabilistic latent
    semantic analysis (Hofmann 1999), whose words of topics are learned again from the texts so shared out. A text
    without a word that others hold keeps its customer's shares.
    """
    counts = count([tokens(text[:LONGEST_READ]) for text in texts], fewest=2 if len(texts) > 1 else 1)
    if counts is None:
        return mixtures
    matrix, found = counts.matrix.astype(np.float64), mixtures
    for _ in range(N_ROUNDS):
        words = np.asarray(matrix.T @ found) + SMOOTHING
        words /= words.sum(axis=0)
        parts = range(0, len(texts), AT_ONCE)
        found = np.vstack([_shared(matrix[at : at + AT_ONCE], mixtures[at : at + AT_ONCE], words) for at in parts])
    return found


def _shared(counts: "csr_matrix", mixtures: NDArray[np.float64], words: NDArray[np.float64]) -> NDArray[np.float64]:
    cells, n = counts.tocoo(), counts.shape[0]
    own = mixtures[cells.row] * words[cells.col]
    own *= (cells.data / np.maximum(own.sum(axis=1), 1e-300))[:, None]
    summed = np.column_stack([np.bincount(cells.row, weights=part, minlength=n) for part in own.T])
    total = np.bincount(cells.row, weights=cells.data, minlength=n)[:, None]
    return np.where(total > 0, summed / np.maximum(total, 1e-300), mixtures)

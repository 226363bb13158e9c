"""Text space: where customers' texts lie among the features, each distinct text once, and where other texts would."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import Features, Labels
from segment_core.clustering.asking import fit_to_send
from segment_core.clustering.speech import Speech
from segment_core.errors import MissingExtraError, ModelError, OptionError

MOST_SCORED = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class TextSpace:
    """Each distinct text once, in the order of the alphabet: where it lies (n_texts, width), who wrote it.

    `of_customer` (n,) is each customer's text, -1 where there is none; `columns` is the block's place in the matrix;
    `sendable` (n_texts,) says which a model may be shown.
    """

    texts: tuple[str, ...]
    points: NDArray[np.float64]
    of_customer: Labels
    columns: slice
    speech: Speech
    sendable: NDArray[np.bool_]

    @classmethod
    def of(cls, features: Features, speech: Speech | None) -> "TextSpace | None":
        """Return the text space, or None where there is no text block or fewer than two different texts."""
        block = next((block for block in features.blocks if block.name == "text"), None)
        if block is None or speech is None:
            return None
        texts = sorted({text for text in speech.texts if text})
        if len(texts) < 2:
            return None
        place = {text: row for row, text in enumerate(texts)}
        of_customer = np.array([place.get(text, -1) for text in speech.texts], dtype=np.int64)
        columns = slice(block.start, block.stop)
        points = np.zeros((len(texts), block.stop - block.start))
        spoken = of_customer >= 0
        points[of_customer[spoken]] = features.matrix[spoken, columns]
        sendable = np.array([fit_to_send(text) for text in texts])
        return cls(tuple(texts), points, of_customer, columns, speech, sendable)

    def place(self, features: Features, texts: Sequence[str]) -> NDArray[np.float64] | None:
        """Return where other texts would lie (m, width); None where the encoder reads no others."""
        try:
            return self.speech.place(features, texts).astype(np.float64)
        except (OptionError, ModelError, MissingExtraError):
            return None

    def labels(self, labels: Labels) -> Labels:
        """Return the segment of each text (n_texts,), by the first customer who wrote it."""
        found = np.full(len(self.texts), -1, dtype=np.int64)
        spoken = np.flatnonzero(self.of_customer >= 0)[::-1]
        found[self.of_customer[spoken]] = labels[spoken]
        return found

    def moved(self, features: Features, points: NDArray[np.float64]) -> Features:
        """Return features whose texts lie elsewhere, spread as widely as before so that they count as much."""
        spread = [float(((where - where.mean(axis=0)) ** 2).sum()) for where in (self.points, points)]
        scaled = points * np.sqrt(spread[0] / max(spread[1], 1e-12))
        matrix = features.matrix.astype(np.float64)
        spoken = self.of_customer >= 0
        matrix[spoken, self.columns] = scaled[self.of_customer[spoken]]
        return replace(features, matrix=matrix.astype(np.float32))

    def silhouette(self, labels: Labels, seed: int) -> float:
        """Return how much nearer texts lie to their own segment than to the next, on at most 2,000 of them."""
        from sklearn.metrics import silhouette_score

        rows = np.arange(len(self.texts))
        if len(rows) > MOST_SCORED:
            rows = np.sort(np.random.default_rng(seed).choice(rows, MOST_SCORED, replace=False))
        own = self.labels(labels)[rows]
        if not 2 <= len(np.unique(own)) < len(own):
            return -1.0
        return float(silhouette_score(self.points[rows], own))


def central(points: NDArray[np.float64], able: NDArray[np.bool_], most: int) -> NDArray[np.int64]:
    """Return up to `most` rows nearest to the middle of all, among those able."""
    distances = ((points - points.mean(axis=0)) ** 2).sum(axis=1)
    rows = np.flatnonzero(able)
    return rows[np.argsort(distances[rows], kind="stable")][:most]


def micro(points: NDArray[np.float64], n_groups: int, seed: int) -> Labels:
    """Cut points into many small groups (n,), each point one of its own where there are not more than groups."""
    if len(points) <= n_groups:
        return np.arange(len(points), dtype=np.int64)
    from sklearn.cluster import MiniBatchKMeans
    from threadpoolctl import threadpool_limits

    model = MiniBatchKMeans(n_groups, n_init=1, batch_size=max(1024, n_groups), max_iter=30, random_state=seed)
    with threadpool_limits(limits=1):
        found = model.fit_predict(points)
    return np.unique(found, return_inverse=True)[1].astype(np.int64)

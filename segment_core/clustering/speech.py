"""Speech: what customers wrote, and where in the space of features a text nobody wrote would lie."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from segment_core.artifacts import Features, Floats
from segment_core.errors import OptionError


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """For algorithms that read along: what customers wrote, `texts` (n,), "" where nothing, and their `vectors` (n, d).

    `read(texts)` returns vectors (m, d) of more texts in the same space. It raises OptionError where the
    study's encoder cannot read what it was not trained on.
    """

    texts: tuple[str, ...]
    vectors: Floats
    read: Callable[[Sequence[str]], Floats]

    def place(self, features: Features, texts: Sequence[str]) -> Floats:
        """Return where texts lie in the text block's columns (m, width), as if a customer had written each.

        The block is a linear image of the vectors, so the way from one to the other is found by least squares.

        Raises
        ------
        OptionError
            If the features hold no text block, or the encoder reads no other texts.
        """
        block = next((block for block in features.blocks if block.name == "text"), None)
        if block is None:
            raise OptionError("This needs a block of texts, and there is none; give the texts a weight above 0.")
        spoken = np.array([bool(text) for text in self.texts])
        known = np.column_stack([self.vectors[spoken].astype(np.float64), np.ones(int(spoken.sum()))])
        placed = features.matrix[spoken, block.start : block.stop].astype(np.float64)
        way = np.linalg.lstsq(known, placed, rcond=None)[0]
        more = self.read(texts).astype(np.float64)
        return np.asarray(np.column_stack([more, np.ones(len(more))]) @ way, dtype=np.float32)

    def of(self, rows: Sequence[int]) -> "Speech":
        """Return what some of the customers wrote."""
        return Speech(tuple(self.texts[row] for row in rows), self.vectors[np.asarray(rows, dtype=np.int64)], self.read)

"""Conversations: customers whose texts are about known matters, and vectors that only half tell them apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from segment_core.artifacts import Features, Floats, Labels, Share
from segment_core.clustering import Speech
from segment_core.errors import OptionError

MATTERS = ("late parcel", "double charge", "wrong colour", "closed account", "lost card", "slow app")
WIDTH = 12


@dataclass(frozen=True, eq=False)
class Conversations:
    """Features of one text block, what was written, and the matter of each text by its number and by text."""

    features: Features
    speech: Speech
    truth: Labels
    of_text: dict[str, str]


def conversations(
    n: int = 360, noise: float = 1.0, *, n_matters: int = 6, seed: int = 0, deaf: bool = False
) -> Conversations:
    """Make texts in mixed order; with more `noise` K-Means tells their matters apart less well.

    A text nobody wrote is read by the matters it names; a `deaf` encoder reads none.
    """
    random = np.random.default_rng(seed)
    truth = random.permutation(np.arange(n) % n_matters)
    centres = 2.2 * np.eye(n_matters, WIDTH)
    texts = tuple(f"This is about a {MATTERS[own]}, story {number:04}." for number, own in enumerate(truth))
    vectors = (centres[truth] + noise * random.normal(size=(n, WIDTH))).astype(np.float32)

    def read(more: Sequence[str]) -> Floats:
        if deaf:
            raise OptionError("This needs an encoder that reads any text into the same space.")
        named = [[matter in text for matter in MATTERS[:n_matters]] for text in more]
        return np.array([np.mean(centres[own], axis=0) if any(own) else np.zeros(WIDTH) for own in named], np.float32)

    names = tuple(f"text {number + 1}" for number in range(WIDTH))
    matrix = vectors - vectors.mean(axis=0)
    features = Features(matrix, names, names, (Share("text", 0, WIDTH, 1.0, ("review",)),))
    of_text = {text: MATTERS[own] for text, own in zip(texts, truth, strict=True)}
    return Conversations(features, Speech(texts, vectors, read), truth, of_text)


def accuracy(truth: Labels, labels: Labels) -> float:
    """Return the share of customers in the right segment, when segments are matched to matters as well as can be."""
    table = np.zeros((int(labels.max()) + 1, int(truth.max()) + 1))
    np.add.at(table, (labels, truth), 1)
    rows, columns = linear_sum_assignment(-table)
    return float(table[rows, columns].sum() / len(truth))

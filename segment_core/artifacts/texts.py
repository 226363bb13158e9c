"""Texts: what was made of what customers wrote, said and have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from segment_core.artifacts.basics import Floats, Note, Step
from segment_core.messages import Message


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How well a light model stands for the full one, measured on texts that it did not learn from.

    `similarity` is the rank correlation of the two models' cosine similarities over pairs of texts, `neighbours` the
    share of the 10 nearest texts that both name, `clusters` the agreement (adjusted Rand index) of K-Means cuts of the
    two, and `ceiling` that of two cuts of the full model with other seeds: more than that nobody can reach.
    """

    n_learned: int
    n_held_out: int
    similarity: float
    neighbours: float
    clusters: float
    ceiling: float


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Texts as vectors: matrix (n_texts, n_dimensions) float32, in the order of the texts.

    `seconds` holds the estimated time of each encoder that was considered, by its name in the menu.
    """

    matrix: Floats
    made_by: Step
    reason: Message
    fidelity: Fidelity | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the texts of one language were read, and why so. `language` is a code such as "en"."""

    language: str
    n_texts: int
    made_by: Step
    reason: Message
    fidelity: Fidelity | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """Text vectors after a head was trained to bring like ones together: matrix (n_texts, d) float32, rows of length 1.

    `before` and `after` hold the same measures on held-out pairs, by name, with the frozen vectors and with the head.
    """

    matrix: Floats
    before: Mapping[str, float]
    after: Mapping[str, float]
    n_pairs: int
    n_held_out: int
    made_by: Step
    reason: Message


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme of the texts. `terms` are its words, most telling first; `share` is its part of all that was written.

    `size` counts the customers who write of it most, `typical` names some of them; `coherence` is the mean
    normalised pointwise mutual information of its ten leading words (Bouma 2009), -1 to 1.
    """

    id: str
    terms: tuple[str, ...]
    size: int
    share: float
    coherence: float
    typical: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """What customers write about: shares (n_customers, n_topics) float32.

    A customer's shares add up to 1, or are all 0 where nothing was written. "T1" is the largest topic.
    """

    shares: Floats
    topics: tuple[Topic, ...]
    made_by: Step
    reason: Message
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Customers and what they have in common, as a graph, and each customer's place in it.

    `nodes` has columns id, kind ("customer", "value", "product" or "aspect"), label, column and n (customers it
    touches); `edges` has source, target, kind and weight. `matrix` (n_customers, d) float32 embeds the customers.
    """

    matrix: Floats
    nodes: pd.DataFrame
    edges: pd.DataFrame
    made_by: Step
    reason: Message
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What texts tell of each customer's attitude: scores (n_customers, n_traits) float32, NaN where nothing was said.

    `names` are the traits, such as "sentiment" (-1 to 1) or "price_sensitivity" (0 to 1). `quotes` has one row a
    quote that a score rests on: customer, trait, score, column, table, row and text.
    """

    scores: Floats
    names: tuple[str, ...]
    quotes: pd.DataFrame
    made_by: Step
    reason: Message
    notes: tuple[Note, ...] = ()

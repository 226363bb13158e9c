"""EASE: each item is foretold from all others at once, in closed form."""

from dataclasses import dataclass

import numpy as np

from segment_core.artifacts import Floats, Progress, silent
from segment_core.choices import option
from segment_core.errors import OptionError
from segment_core.messages import Message, say
from segment_core.recommending.blending import Picks, blend
from segment_core.recommending.interactions import Interactions, require_items
from segment_core.recommending.options import BlendOptions

MOST_ITEMS = 8000
"""More items would need gigabytes: the matrix of all pairs is inverted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EaseOptions(BlendOptions):
    """How strongly what is learned from pairs is held back."""

    regularisation: float = option(
        0.0,
        "Regularisation",
        low=0.0,
        high=1e6,
        help="How strongly rare coincidences are held back; 0 follows the number of customers.",
    )


def recommend(interactions: Interactions, options: EaseOptions = EaseOptions(), progress: Progress = silent) -> Picks:
    """Recommend by the linear model of Steck (2019, Embarrassingly Shallow Autoencoders), blended as in `blend`.

    The model is fitted on who bought what at all; how long ago counts when it is used. Its weights are a matrix
    (n_items, n_items), so time grows with the cube of the items, hardly with the customers.

    Raises
    ------
    DataError
        If there are fewer than two items.
    OptionError
        If there are too many.
    """

    def first(done: float, total: float, note: Message) -> None:
        progress(done, 2 * total, note)

    def later(done: float, total: float, note: Message) -> None:
        progress(total + done, 2 * total, note)

    return blend(interactions, links(interactions, options, first), options, later)


def links(interactions: Interactions, options: EaseOptions, progress: Progress = silent) -> Floats:
    """Return how much each item (row) speaks for each other (n_items, n_items); for itself only if asked for again."""
    require_items(interactions)
    n = interactions.n_items
    if n > MOST_ITEMS:
        raise OptionError(
            "EASE takes up to {most:,} items; there are {n:,}. Choose neighbours, or ask for more customers an item.",
            most=MOST_ITEMS,
            n=n,
        )
    progress(0, 4, say("Learning from {n:,} items", n=n))
    bought = interactions.bought()
    pairs = (bought.T @ bought).toarray().astype(np.float64)
    held = options.regularisation or max(20.0, 0.06 * int((np.diff(bought.indptr) > 0).sum()))
    pairs[np.diag_indices(n)] += held
    progress(1, 4, say("Learning from {n:,} items", n=n))
    inverse = np.linalg.inv(pairs)
    found: Floats = -(inverse / np.diag(inverse)).astype(np.float32)
    np.fill_diagonal(found, 0.0)

    progress(3, 4, say("Learning from {n:,} items", n=n))
    if options.again:
        np.fill_diagonal(found, AGAIN * np.maximum(found.max(axis=0), 1e-3))
    return found


AGAIN = 2.0
"""How much an item speaks for itself, by what the best other item does, where items may be offered again."""

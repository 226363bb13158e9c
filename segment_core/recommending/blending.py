"""Blending: what items speak for, the segment's preferences and what many buy become one list a customer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from segment_core.artifacts import GROUNDS, Floats, Labels, Note, Progress, silent
from segment_core.messages import say
from segment_core.recommending.interactions import Interactions
from segment_core.recommending.options import BlendOptions

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BATCH = 1000
SHRUNK = 20.0
"""A segment's shares are mixed with those of this many customers who are like everybody."""
FULL_TRUST = 2.0
"""Of a customer with this many items, what they speak for counts half; with more, more."""
LEAST_LIFT = 1.1


@dataclass(frozen=True, slots=True, eq=False)
class Picks:
    """What each customer is offered; see `Recommendations` for the arrays, all (n_customers, k)."""

    items: NDArray[np.int32]
    scores: Floats
    grounds: NDArray[np.int8]
    because: NDArray[np.int32]
    notes: tuple[Note, ...] = ()


def recent(interactions: Interactions, half_life_days: float) -> "csr_matrix":
    """Return who bought what (n_customers, n_items), purchases of long ago counting less."""
    return interactions.matrix(np.exp2(-interactions.ages / half_life_days))


def popular(interactions: Interactions, half_life_days: float | None) -> NDArray[np.float64]:
    """Return for each item (n_items,) the customers who bought it, older purchases counting less if asked."""
    weights = np.ones(len(interactions.items))
    if half_life_days is not None:
        weights = np.exp2(-interactions.ages / half_life_days)
    found: NDArray[np.float64] = np.bincount(interactions.items, weights, interactions.n_items).astype(np.float64)
    return found


def of_segments(interactions: Interactions, half_life_days: float | None) -> NDArray[np.float64]:
    """Return each segment's preference for each item (n_segments + 1, n_items), shrunk to everybody's.

    The last row is that of no segment: everybody's.
    """
    n_segments = int(interactions.segments.max(initial=-1)) + 1
    weights = np.ones(len(interactions.items))
    if half_life_days is not None:
        weights = np.exp2(-interactions.ages / half_life_days)
    known = np.zeros(interactions.n_customers, bool)
    known[interactions.customers] = True
    segments = np.where(interactions.segments < 0, n_segments, interactions.segments)
    sizes = np.bincount(segments[known], minlength=n_segments + 1).astype(float)
    places = segments[interactions.customers] * interactions.n_items + interactions.items
    sums = np.bincount(places, weights, (n_segments + 1) * interactions.n_items)
    everybody = popular(interactions, half_life_days) / max(1.0, float(known.sum()))
    sums = sums.reshape(n_segments + 1, -1)
    found: NDArray[np.float64] = (sums + SHRUNK * everybody) / (sizes[:, None] + SHRUNK)
    found[n_segments] = everybody
    return found


def blend(
    interactions: Interactions,
    links: Any,
    options: BlendOptions,
    progress: Progress = silent,
    *,
    only: Labels | None = None,
) -> Picks:
    """Return the best items of each customer; of equal ones the more popular, then the first.

    `links` (n_items, n_items), dense or sparse, says how much a bought item (row) speaks for another (column); None
    where nothing does. Customers are taken in batches, so that memory does not grow with them; `only` these customers.
    """
    bought, weights = interactions.bought(), recent(interactions, options.half_life_days)
    many = _scaled(popular(interactions, options.half_life_days))
    preferences = of_segments(interactions, options.half_life_days)
    lifts = preferences / np.maximum(preferences[-1], 1e-12)
    preferred = np.stack([_scaled(row) for row in preferences])
    asked = np.arange(interactions.n_customers) if only is None else only
    n, k = len(asked), min(options.n_items, interactions.n_items)
    found = Picks(
        np.full((n, k), -1, np.int32),
        np.zeros((n, k), np.float32),
        np.zeros((n, k), np.int8),
        np.full((n, k), -1, np.int32),
    )
    for start in range(0, n, BATCH):
        progress(start, n, say("Recommending: {done:,} of {n:,} customers", done=start, n=n))
        rows = slice(start, min(n, start + BATCH))
        own = asked[rows]
        learned = _learned(weights[own], bought[own], links, interactions.n_items)
        segments = interactions.segments[own]
        of_segment = (options.segment_weight * preferred[segments]).astype(np.float32)
        total = learned + of_segment + (options.popularity_weight * many).astype(np.float32)
        owned = bought[own]
        if not options.again:
            total[owned.nonzero()] = -np.inf
        picks = _best(total, k)
        found.items[rows], found.scores[rows] = picks, np.take_along_axis(total, picks, 1)
        none = ~np.isfinite(found.scores[rows])
        parts = np.stack(
            [
                np.take_along_axis(learned, picks, 1),
                np.take_along_axis(of_segment, picks, 1) * (lifts[segments[:, None], picks] >= LEAST_LIFT),
                (options.popularity_weight * many)[picks],
            ]
        )
        grounds = (parts.argmax(axis=0) + 1).astype(np.int8)
        because = _because(weights[own], links, picks)
        grounds[(grounds == 1) & (because < 0)] = GROUNDS.index("many")
        before = np.take_along_axis(owned.toarray(), picks, 1) > 0
        grounds[before] = GROUNDS.index("again")
        because[(grounds != 1) | none] = -1
        found.grounds[rows], found.because[rows] = np.where(none, 0, grounds), because
        found.items[rows][none], found.scores[rows][none] = -1, 0.0
    progress(n, n, say("Recommending: {done:,} of {n:,} customers", done=n, n=n))
    return found


def _scaled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values / max(float(values.max(initial=0.0)), 1e-12)


def _learned(weights: "csr_matrix", bought: "csr_matrix", links: Any, n_items: int) -> Floats:
    """Return what the items of each customer speak for, at most 1, less where there are few of them."""
    if links is None:
        return np.zeros((weights.shape[0], n_items), np.float32)
    made = weights @ links
    scores: Floats = np.asarray(made if isinstance(made, np.ndarray) else made.toarray(), np.float32)
    trust = np.diff(bought.indptr) / (np.diff(bought.indptr) + FULL_TRUST)
    highest = np.maximum(scores.max(axis=1), 1e-9)
    scaled: Floats = scores * (trust / highest).astype(np.float32)[:, None]
    return scaled


def _best(total: Floats, k: int) -> NDArray[np.int32]:
    """Return the k best columns of each row, best first; the first of equal ones.

    Rounded, since sums that differ in the last bit only are equal, and which is greater is up to the machine.
    """
    rounded = np.round(total, 5)
    edge = -np.partition(-rounded, k - 1, axis=1)[:, k - 1]
    found = np.empty((len(total), k), np.int32)
    for row, (values, least) in enumerate(zip(rounded, edge, strict=True)):
        able = np.flatnonzero(values >= least)
        found[row] = able[np.argsort(-values[able], kind="stable")[:k]]
    return found


def _because(weights: "csr_matrix", links: Any, picks: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return for each pick the bought item that speaks for it most, -1 where none does."""
    found = np.full(picks.shape, -1, np.int32)
    if links is None:
        return found
    dense = isinstance(links, np.ndarray)
    for row in range(len(picks)):
        own = slice(weights.indptr[row], weights.indptr[row + 1])
        items, values = weights.indices[own], weights.data[own]
        if not len(items):
            continue
        block = links[np.ix_(items, picks[row])] if dense else links[items][:, picks[row]].toarray()
        spoken = block * values[:, None]
        best = spoken.argmax(axis=0)
        found[row] = np.where(spoken[best, np.arange(picks.shape[1])] > 0, items[best], -1)
    return found

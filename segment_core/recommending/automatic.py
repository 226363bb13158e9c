"""Automatic: EASE where its matrix of all pairs is small, neighbours above; blended as foretells the last part best."""

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np

from segment_core.artifacts import Note, Progress, silent
from segment_core.messages import Message, say
from segment_core.recommending import ease, neighbours
from segment_core.recommending.blending import Picks, blend
from segment_core.recommending.interactions import Interactions, require_items
from segment_core.recommending.options import ListOptions

MOST_FOR_EASE = 4000
WEIGHTS = ((0.1, 0.05), (0.2, 0.1), (0.4, 0.1), (0.8, 0.1), (1.5, 0.1), (3.0, 0.1))
"""How much the segment and what many buy may count; of equally good ones the first is taken."""
HELD_SHARE = 0.2
MOST_TRIED = 2000
FEWEST_TRIED = 20
AT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticOptions(ListOptions):
    """What every way to recommend can be told; the weights find themselves."""


def recommend(
    interactions: Interactions, options: AutomaticOptions = AutomaticOptions(), progress: Progress = silent
) -> Picks:
    """Recommend by EASE up to 4,000 items, by neighbours above, with the weights that foretell best.

    The pairs of the last fifth of the time are held back, foretold from the others with each of `WEIGHTS` for at most
    2,000 customers, and then used as all others. With too few customers to try on, the first weights are taken.

    Raises
    ------
    DataError
        If there are fewer than two items.
    """
    require_items(interactions)

    def part(low: float, high: float) -> Progress:
        def told(done: float, total: float, note: Message) -> None:
            progress(low + (high - low) * done / max(total, 1e-9), 1.0, note)

        return told

    (segment, many), n_tried = _weights(interactions, options, part(0.0, 0.4))
    found = _options(interactions, options, segment, many)
    links = _links(interactions, found, part(0.4, 0.7))
    picks = blend(interactions, links, found, part(0.7, 1.0))
    if not n_tried:
        return picks
    message = say(
        "What the customer bought counts 1, what the segment buys {segment}, what many buy {many}: of {n} such blends "
        "this one foretold best what {customers:,} customers bought in a part of the time held back for that.",
        segment=segment,
        many=many,
        n=len(WEIGHTS),
        customers=n_tried,
    )
    return dataclasses.replace(picks, notes=(Note("blend", message),))


def _weights(
    interactions: Interactions, options: AutomaticOptions, progress: Progress
) -> tuple[tuple[float, float], int]:
    """Return the weights of the segment and of what many buy, and on how many customers they were tried."""
    late = interactions.ages < HELD_SHARE * interactions.ages.max()
    before, later = _kept(interactions, ~late), _kept(interactions, late)
    known = np.intersect1d(before.customers, later.customers)
    if len(known) < FEWEST_TRIED:
        return WEIGHTS[0], 0
    tried = known[:: -(-len(known) // MOST_TRIED)]
    truth = later.bought()[tried].tocsr()
    sizes = np.diff(truth.indptr)
    # What was bought again is held back whole, so these are new items; that is what the weights are for.
    asked = dataclasses.replace(options, again=False, n_items=AT)
    first = _options(before, asked, *WEIGHTS[0])
    links = _links(before, first, progress)
    recalls = []
    for segment, many in WEIGHTS:
        offered = blend(before, links, _options(before, asked, segment, many), only=tried).items
        rows = np.repeat(np.arange(len(tried)), offered.shape[1])
        hits = np.asarray(truth[rows, np.maximum(offered.ravel(), 0)]).ravel() * (offered.ravel() >= 0)
        recalls.append(round(float((hits.reshape(offered.shape).sum(axis=1) / sizes).mean()), 4))
        progress(len(recalls), len(WEIGHTS), say("Trying how much the segment should count"))
    return WEIGHTS[int(np.argmax(recalls))], len(tried)


def _kept(interactions: Interactions, rows: Any) -> Interactions:
    names = ("customers", "items", "counts", "ages")
    return dataclasses.replace(interactions, **{name: getattr(interactions, name)[rows] for name in names})


def _options(
    interactions: Interactions, options: AutomaticOptions, segment: float, many: float
) -> ease.EaseOptions | neighbours.NeighboursOptions:
    kind = ease.EaseOptions if interactions.n_items <= MOST_FOR_EASE else neighbours.NeighboursOptions
    return kind(**dataclasses.asdict(options), segment_weight=segment, popularity_weight=many)


def _links(
    interactions: Interactions, options: ease.EaseOptions | neighbours.NeighboursOptions, progress: Progress
) -> Any:
    if isinstance(options, ease.EaseOptions):
        return ease.links(interactions, options, progress)
    return neighbours.links(interactions, options, progress)

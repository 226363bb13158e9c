"""Recommending: which items fit each customer, from what customers like them bought."""

from segment_core.choices import Choice
from segment_core.recommending import automatic, ease, neighbours, popularity

RECOMMENDERS: dict[str, Choice] = {
    "automatic": Choice(
        "Automatic",
        automatic.recommend,
        automatic.AutomaticOptions,
        when="Unless you know better: EASE up to 4,000 items, neighbours above.",
    ),
    "ease": Choice(
        "EASE",
        ease.recommend,
        ease.EaseOptions,
        when="A few thousand items: learns from all pairs at once, and usually foretells best.",
    ),
    "neighbours": Choice(
        "Neighbours",
        neighbours.recommend,
        neighbours.NeighboursOptions,
        when="Many items, or a reason that is easy to check: items bought by the same customers.",
    ),
    "popularity": Choice(
        "What the segment buys",
        popularity.recommend,
        popularity.PopularityOptions,
        when="Very few purchases a customer, so that nothing can be learned from pairs.",
    ),
}

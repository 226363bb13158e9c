"""Options: what every way to recommend can be told."""

from dataclasses import dataclass

from segment_core.choices import option


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOptions:
    """How many items, which ones, and how fast purchases grow old."""

    n_items: int = option(10, "Items for each customer", low=1, high=20, help="How many items are offered, best first.")
    again: bool = option(
        False,
        "Offer again what they bought",
        help="Off: only items that a customer has not bought yet. On: also those that they may buy again.",
    )
    half_life_days: int = option(
        120,
        "Half-life in days",
        low=7,
        high=3650,
        help="A purchase this long ago counts half as much as one of today.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BlendOptions(ListOptions):
    """How what is learned is blended with what the segment and everybody buys."""

    segment_weight: float = option(
        0.1,
        "Weight of the segment",
        low=0.0,
        high=2.0,
        step=0.05,
        help="How much counts what the segment buys, where what the customer bought counts 1.",
    )
    popularity_weight: float = option(
        0.1,
        "Weight of what many buy",
        low=0.01,
        high=2.0,
        step=0.05,
        help="How much counts what many buy lately. It is never 0, so that new customers are offered something.",
    )

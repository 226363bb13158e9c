"""Campaigns: whom to hold out, what a test can show, and what came of it."""

from segment_core.campaigns.holding import Held, hold_out
from segment_core.campaigns.matching import Nearly, nearly
from segment_core.campaigns.results import outcomes
from segment_core.campaigns.sizing import (
    customers_for,
    customers_for_mean,
    default_share,
    detectable,
    detectable_mean,
    share_for,
    share_for_mean,
)
from segment_core.campaigns.uplift import read_out

__all__ = [
    "Held",
    "Nearly",
    "customers_for",
    "customers_for_mean",
    "default_share",
    "detectable",
    "detectable_mean",
    "hold_out",
    "nearly",
    "outcomes",
    "read_out",
    "share_for",
    "share_for_mean",
]

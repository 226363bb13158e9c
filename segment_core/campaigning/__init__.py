"""Campaigning: segments become a campaign: who can be reached, who is held out, its brief, and what came of it."""

from segment_core.campaigning.briefing import brief_of
from segment_core.campaigning.files import campaign_csv, file_stem
from segment_core.campaigning.planning import Wish, plan_campaign, plan_in_worker, with_readout, without
from segment_core.campaigning.reach import (
    REACHED,
    Ready,
    address_column,
    address_columns,
    reach_of,
    reachable,
    readiness,
)

__all__ = [
    "REACHED",
    "Ready",
    "Wish",
    "address_column",
    "address_columns",
    "brief_of",
    "campaign_csv",
    "file_stem",
    "plan_campaign",
    "plan_in_worker",
    "reach_of",
    "reachable",
    "readiness",
    "with_readout",
    "without",
]

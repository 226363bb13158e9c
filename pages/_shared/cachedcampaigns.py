"""Cached campaigns: what a page needs to know of a campaign not made yet, kept by study and what was asked."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pages._shared import cached
from segment_core.artifacts import Measure, Note
from segment_core.campaigning import Ready, reach_of, readiness
from segment_core.campaigning.briefing import detectable_of
from segment_core.campaigns import hold_out

MOST_DRAWN, ENOUGH_HELD = 10_000, 500
"""Customers up to which the hold-out is drawn to see how alike the groups get; beyond, only where few are held out."""
SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)


@st.cache_data(show_spinner=False, max_entries=32)
def ready(
    folder: str,
    study_id: str,
    version: int,
    segments: tuple[str, ...],
    channel: str,
    *,
    address: str,
    measure: Measure,
    column: str,
) -> tuple[Ready, ...]:
    """Return what a campaign finds in each segment."""
    found, reached = cached.study(folder, study_id, version), _reach(folder, study_id, version, channel, address)
    return readiness(found, segments, channel=channel, measure=measure, column=column, reached=reached)


@st.cache_resource(show_spinner=False, max_entries=8)
def _reach(folder: str, study_id: str, version: int, channel: str, address: str) -> Mapping[str, NDArray[Any] | None]:
    """Tell who can be reached through each channel, whatever the segments; not to be changed."""
    return reach_of(cached.study(folder, study_id, version).customers, channel, address)


@st.cache_data(show_spinner=False, max_entries=64)
def unlike(
    folder: str,
    study_id: str,
    version: int,
    segments: tuple[str, ...],
    channel: str,
    *,
    address: str,
    share: float,
    seed: int,
) -> Note | None:
    """Return what the campaign will say of how alike its groups are; None where they are, or that takes too long."""
    study = cached.study(folder, study_id, version)
    ids = np.asarray(study.clustering.ids, dtype=object)
    may = _reach(folder, study_id, version, channel, address)[channel]
    rows = np.flatnonzero(np.isin(ids, segments) & may)
    if len(rows) > MOST_DRAWN and len(rows) * share > ENOUGH_HELD:
        return None  # so many are alike by chance; the campaign says it when it is kept
    customers = study.customers.frame.index.astype(str).to_numpy(dtype=object)[rows].tolist()
    features = study.features
    found = hold_out(customers, ids[rows].tolist(), features.matrix[rows], features.names, share=share, seed=seed)
    return next((note for note in found.notes if note.code == "held_unlike"), None)


def detectable(
    n: int, share: float, measure: Measure, expected: tuple[float | None, float | None], power: float
) -> float | None:
    """Return the smallest rise that shows if this share of n customers is held out; None where it cannot be known."""
    held = max(1, round(n * share))
    return detectable_of(n - held, held, measure, *expected, power=power, alpha=0.05)

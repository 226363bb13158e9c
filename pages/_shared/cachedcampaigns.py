"""Cached campaigns: what a page needs to know of a campaign not made yet, kept by study and what was asked."""

import streamlit as st

from pages._shared import cached
from segment_core.artifacts import Measure
from segment_core.campaigning import Ready, readiness
from segment_core.campaigning.briefing import detectable_of

SHARES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)


@st.cache_data(show_spinner=False, max_entries=32)
def ready(
    folder: str, study_id: str, version: int, segments: tuple[str, ...], channel: str, *, measure: Measure, column: str
) -> tuple[Ready, ...]:
    """Return what a campaign finds in each segment."""
    found = cached.study(folder, study_id, version)
    return readiness(found, segments, channel=channel, measure=measure, column=column)


def detectable(
    n: int, share: float, measure: Measure, expected: tuple[float | None, float | None], power: float
) -> float | None:
    """Return the smallest rise that shows if this share of n customers is held out; None where it cannot be known."""
    held = max(1, round(n * share))
    return detectable_of(n - held, held, measure, *expected, power=power, alpha=0.05)

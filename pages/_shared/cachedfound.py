"""Cached found: what is worked out of an open study for a page, kept by workspace, study and version."""

from typing import NamedTuple

import streamlit as st

from pages._shared import cached
from segment_core.artifacts import Audit
from segment_core.journey import audited
from segment_core.profiles import Lookalikes, Reason, likeness, lookalikes

LISTED = 500
"""Look-alikes whose reasons are worked out and listed."""


class Alike(NamedTuple):
    """Look-alikes, and the reasons of the first of them."""

    ranked: Lookalikes
    reasons: tuple[tuple[Reason, ...], ...]


@st.cache_resource(show_spinner=False, max_entries=8)
def audit(folder: str, study_id: str, version: int) -> Audit | None:
    """Return the audit of the columns marked as sensitive now; made here for studies of earlier versions."""
    return audited(cached.study(folder, study_id, version)).audit


@st.cache_resource(show_spinner=False, max_entries=8)
def alike(folder: str, study_id: str, version: int, seeds: tuple[str, ...]) -> Alike:
    """Return everybody else by how like these customers they are, and why the first of them are."""
    found = cached.study(folder, study_id, version)
    assert found.features is not None  # only a study with segments is asked for them
    ids = found.customers.frame.index
    chosen = ids.isin(seeds)
    ranked = lookalikes(found.features, chosen, ids.astype(str).to_list(), found.plan.seed)
    first = ranked.places[:LISTED]
    return Alike(ranked, likeness(found.customers, found.features, chosen, first))

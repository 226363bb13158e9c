"""Cached found: what is worked out of an open study for a page, kept by workspace, study and version."""

import streamlit as st

from pages._shared import cached
from segment_core.artifacts import Audit
from segment_core.journey import audited


@st.cache_resource(show_spinner=False, max_entries=8)
def audit(folder: str, study_id: str, version: int) -> Audit | None:
    """Return the audit of the columns marked as sensitive now; made here for studies of earlier versions."""
    return audited(cached.study(folder, study_id, version)).audit

"""Drawn: what of the ledger this session's page shows, so that a press means what was read beside the button."""

import streamlit as st

from pages._shared import state
from segment_core.study import Study

KEY = "run_and_edits_drawn"


def remember(study: Study | None) -> None:
    """Remember which segments and how many entries of the ledger the page is drawn with, or has just made."""
    st.session_state[KEY] = None if study is None else (state.study_id(), study.run, len(study.edits))


def same_segments(study: Study) -> bool:
    """Tell whether the segments are those the page shows; another window or a run may have made others."""
    found = st.session_state.get(KEY)
    return found is None or found[:2] == (state.study_id(), study.run)


def same_edits(study: Study) -> bool:
    """Tell whether the ledger is as the page shows it; somebody else may have said something since."""
    found = st.session_state.get(KEY)
    return found is None or (found[0], found[2]) == (state.study_id(), len(study.edits))

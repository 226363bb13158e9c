"""Cached letters: what is told of letters to a model besides what they say, cached by the study's version."""

import streamlit as st

from pages._shared import cached
from segment_core.features.text import texts_of
from segment_core.llm.filters import reads_like_a_command


@st.cache_data(show_spinner=False, max_entries=16)
def n_commands(folder: str, study_id: str, version: int) -> int:
    """Count the different texts of a study that read like commands to a model, which is not sent them."""
    return sum(map(reads_like_a_command, set(texts_of(cached.study(folder, study_id, version).customers))))

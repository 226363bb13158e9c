"""Asked caches: the answers to typed questions, by study, version and question."""

import streamlit as st

from pages._shared import cached
from segment_core import answering


@st.cache_resource(show_spinner=False, max_entries=32)
def answered(folder: str, study_id: str, version: int, asked: answering.Asked) -> answering.Answer:
    """Compute the answer to a typed question about one version of a study; it must not be changed in place."""
    return answering.run(asked, cached.study(folder, study_id, version))

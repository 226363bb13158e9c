"""Rule caches: whether the SQL of a label column labels everybody as its rules do, by study and version."""

import streamlit as st

from pages._shared import cached
from segment_core import labelling


@st.cache_data(show_spinner=False, max_entries=16)
def label_matches(folder: str, study_id: str, version: int, name: str) -> bool:
    """Run a label column's SQL on the customers, and tell whether it gives everybody the label that its rules give."""
    found = cached.study(folder, study_id, version)
    column = next(column for column in found.labels if column.name == name)
    segments = found.clustering.ids.tolist() if found.clustering else []
    return labelling.label_matches(column, found.customers, segments)

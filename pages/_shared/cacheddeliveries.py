"""Delivery caches: the first rows of a file and who is not in it, by study, version and request."""

import pandas as pd
import streamlit as st

from pages._shared import cached
from segment_core import delivering
from segment_core.artifacts import Note
from segment_core.delivering import Delivery
from segment_core.exporting.anonymity import Rare


@st.cache_resource(show_spinner=False, max_entries=32)
def preview(
    folder: str, study_id: str, version: int, delivery: Delivery
) -> tuple[pd.DataFrame, int, tuple[Note, ...], tuple[Note, ...]]:
    """Return the first rows of a file, how many there are, who stays out and what to mind; not to be changed."""
    return delivering.preview(cached.study(folder, study_id, version), delivery)


@st.cache_resource(show_spinner=False, max_entries=32)
def recognisable(folder: str, study_id: str, version: int, delivery: Delivery) -> Rare:
    """Count the customers whom a file would single out."""
    return delivering.recognisable(cached.study(folder, study_id, version), delivery)

"""Cached topics: topics over the dates of single texts, made once for a version of a study."""

import pandas as pd
import streamlit as st

from pages._shared import cached, state
from segment_core import topics
from segment_core.artifacts import Topics
from segment_core.study import Study

Version = tuple[str, str, int]
Course = tuple[pd.DataFrame, int, int]


def over_time_of_texts(study: Study, found: Topics) -> Course:
    """Return a study's topics over the dates of its texts, the texts looked at, and all that are dated."""
    version = state.study_version()
    return _made(study, found) if version is None else _of(version)


@st.cache_resource(show_spinner=False, max_entries=4)
def _of(version: Version) -> Course:
    study = cached.study(*version)
    assert study.topics is not None
    return _made(study, study.topics)


def _made(study: Study, found: Topics) -> Course:
    assert study.customers.said is not None
    return topics.over_time_of_texts(found, study.customers.frame.index.astype(str).tolist(), study.customers.said)

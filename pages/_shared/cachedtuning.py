"""Cached training: what could be learned from, and about how long it would take, once for each version of a study."""

import json

import streamlit as st

from pages._shared import cached
from segment_core import tuning
from segment_core.choices import options_from_json
from segment_core.finetuning import RECIPES
from segment_core.study import Study

MOST_MEASURED = 4_000


@st.cache_data(show_spinner=False, max_entries=32)
def sources(folder: str, study_id: str, version: int) -> tuple[tuning.Source, ...]:
    """Return what an encoder could learn from in a study."""
    return tuning.sources(cached.study(folder, study_id, version))


@st.cache_data(show_spinner=False, max_entries=32)
def unfit(folder: str, study_id: str, version: int) -> tuple[tuning.Source, ...]:
    """Return the columns of labels of a study that no encoder can learn from."""
    return tuning.unfit(cached.study(folder, study_id, version))


@st.cache_data(show_spinner=False, max_entries=32)
def n_written(folder: str, study_id: str, version: int) -> int:
    """Count the different texts that customers wrote."""
    return len(tuning.written(cached.study(folder, study_id, version)))


@st.cache_data(show_spinner=False, max_entries=32)
def languages(folder: str, study_id: str, version: int) -> tuple[str, ...]:
    """Return the languages of a study's texts."""
    return tuning.languages_in(tuning.written(cached.study(folder, study_id, version)))


@st.cache_data(show_spinner=False, max_entries=256)
def n_label_sets(folder: str, study_id: str, version: int) -> int:
    """Count the label columns of any study, which need not be at hand."""
    return len(cached.workspace(folder).load_study(Study, study_id).labels)


@st.cache_data(show_spinner=False, max_entries=64)
def is_same(version: tuple[str, str, int], training: str, request: str) -> bool:
    """Tell whether a training would go on where it was; the request is JSON."""
    return tuning.is_same(cached.workspace(version[0]), training, json.loads(request))


@st.cache_data(show_spinner=False, max_entries=256, ttl=600)
def seconds(version: tuple[str, str, int], recipe: str, options: str, codes: tuple[str, ...]) -> float:
    """Estimate the seconds of a training; options are JSON. What a training just taught of this machine counts soon."""
    asked = options_from_json(RECIPES[recipe].options, json.loads(options))
    learned, held = tuning.lesson_of(cached.study(*version), codes)
    n_measured = min(MOST_MEASURED, len({*held.everything()}))
    return tuning.expected_seconds(cached.workspace(version[0]), recipe, asked, learned, n_measured)

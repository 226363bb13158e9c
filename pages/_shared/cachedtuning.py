"""Cached training: what could be learned from, and about how long it would take, once for each version of a study."""

import json

import streamlit as st

from pages._shared import cached
from segment_core import tuning
from segment_core.choices import options_from_json
from segment_core.finetuning import RECIPES

MOST_MEASURED = 4_000


@st.cache_data(show_spinner=False, max_entries=32)
def sources(folder: str, study_id: str, version: int) -> tuple[tuning.Source, ...]:
    """Return what an encoder could learn from in a study."""
    return tuning.sources(cached.study(folder, study_id, version))


@st.cache_data(show_spinner=False, max_entries=256, ttl=600)
def seconds(version: tuple[str, str, int], recipe: str, options: str, codes: tuple[str, ...]) -> float:
    """Estimate the seconds of a training; options are JSON. What a training just taught of this machine counts soon."""
    asked = options_from_json(RECIPES[recipe].options, json.loads(options))
    learned, held = tuning.lesson_of(cached.study(*version), codes)
    n_measured = min(MOST_MEASURED, len({*held.everything()}))
    return tuning.expected_seconds(cached.workspace(version[0]), recipe, asked, learned, n_measured)

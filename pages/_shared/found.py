"""Found: what a search needs at hand, and what it found, cached by the study's version."""

import numpy as np
import streamlit as st

from pages._shared import cached
from segment_core import searching
from segment_core.artifacts import Condition, Query
from segment_core.searching import (
    Alike,
    Found,
    Passages,
    Quote,
    Sending,
    answer,
    answer_key,
    as_conditions,
    base_key,
    find,
    index_key,
    passages_of,
    quotes,
)
from segment_core.stages import stage_key


@st.cache_resource(show_spinner=False, max_entries=2)
def passages(folder: str, study_id: str, version: int) -> Passages:
    """Return what a study's customers wrote, in sentences."""
    return passages_of(cached.study(folder, study_id, version).customers)


def alike(folder: str, study_id: str, version: int, meaning: str) -> Alike | None:
    """Return how like a question customers are; None until the worker was asked."""
    if not meaning.strip():
        return None
    try:
        return _alike(folder, study_id, version, meaning)
    except LookupError:
        return None


def customers(folder: str, study_id: str, version: int, query: Query) -> Found | None:
    """Return who meets a query, best first; None while its meaning was not asked yet.

    Raises OptionError where the query does not fit the customers.
    """
    if query.meaning.strip() and alike(folder, study_id, version, query.meaning) is None:
        return None
    return _customers(folder, study_id, version, query)


def shown(folder: str, study_id: str, version: int, query: Query, ids: tuple[str, ...]) -> dict[str, Quote]:
    """Return for these customers what shows why they were found."""
    found = quotes(
        cached.study(folder, study_id, version).customers,
        passages(folder, study_id, version),
        query,
        ids,
        alike(folder, study_id, version, query.meaning),
    )
    return {quote.customer: quote for quote in found}


@st.cache_resource(show_spinner=False, max_entries=16)
def conditions(folder: str, study_id: str, version: int, query: Query) -> tuple[Condition, ...] | None:
    """Return a query as conditions, where it can be said so."""
    study = cached.study(folder, study_id, version)
    ids = _customers(folder, study_id, version, query).ids
    return as_conditions(study.customers, query, ids, _segments(folder, study_id, version))


@st.cache_resource(show_spinner=False, max_entries=4)
def texts(folder: str, study_id: str, version: int) -> str:
    """Return the fingerprint of all sentences that a question is compared with, and of who reads them."""
    return index_key(cached.study(folder, study_id, version), passages(folder, study_id, version))


def is_read(folder: str, study_id: str, version: int) -> bool:
    """Tell whether these sentences were read before, so that only a question is left to read."""
    return cached.workspace(folder).has_array(stage_key(texts(folder, study_id, version)))


@st.cache_resource(show_spinner=False, max_entries=2)
def sending(folder: str, study_id: str, version: int) -> Sending:
    """Return what the study's server would be sent before the first question."""
    return searching.sending(cached.study(folder, study_id, version), passages(folder, study_id, version))


@st.cache_resource(show_spinner=False, max_entries=4)
def _base(folder: str, study_id: str, version: int) -> str:
    return base_key(cached.study(folder, study_id, version), passages(folder, study_id, version))


@st.cache_resource(show_spinner=False, max_entries=16)
def _alike(folder: str, study_id: str, version: int, meaning: str) -> Alike:
    key = answer_key(_base(folder, study_id, version), meaning)
    found = answer(cached.workspace(folder), key)
    if found is None:
        raise LookupError  # nothing is cached then
    return found


@st.cache_resource(show_spinner=False, max_entries=32)
def _customers(folder: str, study_id: str, version: int, query: Query) -> Found:
    study = cached.study(folder, study_id, version)
    near = alike(folder, study_id, version, query.meaning)
    return find(study.customers, query, alike=near, segments=_segments(folder, study_id, version))


def _segments(folder: str, study_id: str, version: int) -> np.ndarray | tuple[()]:
    clustering = cached.study(folder, study_id, version).clustering
    return () if clustering is None else clustering.ids

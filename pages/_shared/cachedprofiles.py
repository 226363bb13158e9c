"""Cached profiles: what profiles are drawn from, made once for a version of a study and shared by all sessions."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pages._shared import cached, state
from segment_core.artifacts import EvidenceItem
from segment_core.features.text import texts_of
from segment_core.profiles.contrasts import words_apart
from segment_core.profiles.drivers import apart
from segment_core.profiles.facts import Fact, facts
from segment_core.profiles.odd import Odd, odd
from segment_core.study import Study

Version = tuple[str, str, int]


def prepared(study: Study) -> list[Fact]:
    """Return the open study's facts, ready for comparison."""
    version = state.study_version()
    return facts(study.customers) if version is None else facts_of(version)


def compared(study: Study) -> list[list[EvidenceItem]]:
    """Return every fact of each segment against everyone."""
    version = state.study_version()
    return _apart(study) if version is None else _compared(version)


def oddest(study: Study, number: int) -> tuple[Odd, ...]:
    """Return the customers of a segment who fit it least; nobody where the features were not kept."""
    if study.features is None or study.clustering is None:
        return ()
    version = state.study_version()
    return odd(study.features, study.clustering, number) if version is None else _oddest(version, number)


def words(
    study: Study, first: NDArray[np.bool_], second: NDArray[np.bool_], key: Sequence[str]
) -> tuple[list[EvidenceItem], list[EvidenceItem]]:
    """Return the words that two groups use and the other does not; `key` names the groups."""
    version = state.study_version()
    if version is None:
        return words_apart(texts_of(study.customers), first, second)
    return _words(version, tuple(key), first, second)


@st.cache_resource(show_spinner=False, max_entries=2)
def facts_of(version: Version) -> list[Fact]:
    """Return the facts of a version of a study, ready for comparison."""
    return facts(cached.study(*version).customers)


@st.cache_resource(show_spinner=False, max_entries=4)
def _compared(version: Version) -> list[list[EvidenceItem]]:
    return _apart(cached.study(*version), facts_of(version))


def _apart(study: Study, known: list[Fact] | None = None) -> list[list[EvidenceItem]]:
    if study.clustering is None:
        return []
    segments = [segment.id for segment in study.clustering.segments]
    return apart(facts(study.customers) if known is None else known, study.clustering.labels, segments, gapless=True)


@st.cache_resource(show_spinner=False, max_entries=64)
def _oddest(version: Version, number: int) -> tuple[Odd, ...]:
    found = cached.study(*version)
    if found.features is None or found.clustering is None:
        return ()
    return odd(found.features, found.clustering, number)


@st.cache_resource(show_spinner=False, max_entries=32)
def _words(
    version: Version, key: tuple[str, ...], _first: NDArray[np.bool_], _second: NDArray[np.bool_]
) -> tuple[list[EvidenceItem], list[EvidenceItem]]:
    return words_apart(texts_of(cached.study(*version).customers), _first, _second)

"""Cached map: what a map of many customers is made of, worked out once for each version of a study."""

import hashlib
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pages._shared import cached, cachedprofiles, colouring, density, rows, scatter
from pages._shared.look import names
from pages._shared.words import Language
from segment_core.artifacts import EvidenceItem
from segment_core.profiles import compare

SAMPLE = 20_000
"""Customers of a segment by whom its label is placed."""


@st.cache_resource(show_spinner=False, max_entries=12)
def colours(folder: str, study_id: str, version: int, colour: str, language: Language) -> colouring.Colours:
    """Return the layers of the map in one colouring, whose words are in a language."""
    return colouring.colours(cached.study(folder, study_id, version), colour, (folder, study_id, version))


@st.cache_resource(show_spinner=False, max_entries=4)
def cells(folder: str, study_id: str, version: int) -> NDArray[np.int32]:
    """Return in which cell of the picture each customer is."""
    return density.cells(_points(folder, study_id, version))


@st.cache_resource(show_spinner=False, max_entries=4)
def places(folder: str, study_id: str, version: int) -> density.Places:
    """Return who is at the coarse places of the picture."""
    clustering = cached.study(folder, study_id, version).clustering
    points, where = _points(folder, study_id, version), cells(folder, study_id, version)
    if clustering is None:
        return density.places(points, where, np.zeros(len(points), dtype=np.int64), 1)
    return density.places(points, where, clustering.labels, clustering.n_segments)


@st.cache_resource(show_spinner=False, max_entries=12)
def tones(
    folder: str, study_id: str, version: int, colour: str, language: Language, *, ramp: tuple[str, ...]
) -> density.Tones:
    """Return everybody's picture in one colouring."""
    layers = colours(folder, study_id, version, colour, language).layers
    return density.tones(cells(folder, study_id, version), layers, ramp)


@st.cache_resource(show_spinner=False, max_entries=4)
def anchors(folder: str, study_id: str, version: int) -> NDArray[np.float64]:
    """Return where each segment's label belongs (k, 2): above its middle."""
    clustering, points = cached.study(folder, study_id, version).clustering, _points(folder, study_id, version)
    if clustering is None:
        return np.zeros((0, 2))
    found = []
    for number in range(clustering.n_segments):
        theirs = np.flatnonzero(clustering.labels == number)
        theirs = theirs[:: max(1, len(theirs) // SAMPLE)]
        found.append((np.median(points[theirs, 0]), np.percentile(points[theirs, 1], 90)))
    return np.array(found, dtype=np.float64)


@st.cache_resource(show_spinner=False, max_entries=6)
def lines(folder: str, study_id: str, version: int, columns: tuple[str, ...], language: Language) -> Any:
    """Return what is shown under the pointer, a text a customer."""
    found = cached.study(folder, study_id, version)
    titles, frame = names(found), found.customers.frame
    labels = found.clustering.labels.tolist() if found.clustering else ()
    shown = columns if len(frame) <= scatter.MOST_HOVERS else ()
    texts = {name: rows.texts(frame[name]) for name in shown}
    return scatter.under_pointer(frame.index.tolist(), [titles[label] for label in labels], texts)


def compared(folder: str, study_id: str, version: int, group: NDArray[np.bool_]) -> tuple[EvidenceItem, ...]:
    """Return what sets a group of customers (n,) apart."""
    digest = hashlib.blake2b(np.packbits(group).tobytes(), digest_size=16).hexdigest()
    return _compared(folder, study_id, version, digest, group)


@st.cache_resource(show_spinner=False, max_entries=24)
def _compared(
    folder: str, study_id: str, version: int, digest: str, _group: NDArray[np.bool_]
) -> tuple[EvidenceItem, ...]:
    customers = cached.study(folder, study_id, version).customers
    return compare(customers, _group, cachedprofiles.facts_of((folder, study_id, version)))


def _points(folder: str, study_id: str, version: int) -> NDArray[np.floating]:
    projection = cached.study(folder, study_id, version).projection
    return projection.points if projection is not None else np.zeros((1, 2), dtype=np.float32)

"""Cached edits: what the ledger of a study comes to: what counts, waits, was missed or is not heeded."""

from dataclasses import dataclass

import streamlit as st

from pages._shared import cached, state
from segment_core import feedback
from segment_core.artifacts import Edit
from segment_core.feedback import Violation
from segment_core.improving import colouring, recording, renaming
from segment_core.messages import Message


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the edits of a study come to.

    `counting` and `waiting` are places in the ledger; `missed` says why an edit is not in the segments; `like` is
    the segment now that an edit speaks of, where one is like it. `undo` and `redo` are what they would take: one
    edit, or all that came in one go.
    """

    counting: frozenset[int] = frozenset()
    waiting: tuple[int, ...] = ()
    missed: tuple[tuple[int, Message | None], ...] = ()
    like: tuple[tuple[int, str], ...] = ()
    undo: tuple[Edit, ...] = ()
    redo: tuple[Edit, ...] = ()
    violated: tuple[Violation, ...] = ()
    verdicts: tuple[tuple[tuple[str, str], str], ...] = ()
    colours: tuple[int, ...] = ()


def ledger() -> Ledger:
    """Return what the edits of the open study come to."""
    version = state.study_version()
    return Ledger() if version is None else _ledger(*version)


@st.cache_data(show_spinner=False, max_entries=8)
def _ledger(folder: str, study_id: str, version: int) -> Ledger:
    study = cached.study(folder, study_id, version)
    if study.clustering is None:
        return Ledger()
    counting = dict(feedback.counting(study.edits))
    like = {
        place: found
        for place, edit in counting.items()
        if edit.segment and (found := renaming.segment_of(study, edit)) is not None
    }
    missed: dict[int, Message | None] = {one.place: one.reason for one in study.replay.missed} if study.replay else {}
    missed |= {
        place: None
        for place, edit in counting.items()
        if edit.what in ("rename", "recolour", "verdict") and place not in like
    }
    undo, redo = feedback.to_undo(study.edits), feedback.to_redo(study.edits)
    return Ledger(
        frozenset(counting),
        feedback.waiting(study.edits, study.replay.n_edits if study.replay else 0),
        tuple(missed.items()),
        tuple(like.items()),
        tuple(study.edits[place] for place in undo),
        tuple(study.edits[place] for place in redo),
        feedback.violated(study.edits, study.customers.frame.index, study.clustering.labels),
        tuple((key, edit.value) for key, edit in recording.verdicts(study).items()),
        colouring.places(study),
    )

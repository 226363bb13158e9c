"""View: what a session is looking at on a page: a selection on the map, a segment, the last edit."""

from collections.abc import Sequence

import streamlit as st

from pages._shared import state
from pages._shared.scatter import Outline
from segment_core.artifacts import LabelColumn, Personas, Step

CUSTOMER = "explained_customer"


def select(ids: Sequence[str], outlines: Sequence[Outline] = ()) -> None:
    """Select customers by id, and keep the outlines drawn round them on the map, if they were."""
    state.set_selection(ids)
    st.session_state[state.OUTLINES] = tuple(outlines) if ids else ()


def outlines() -> tuple[Outline, ...]:
    """Return the outlines drawn round the selected customers on the map."""
    return tuple(st.session_state.get(state.OUTLINES, ()))


def is_new(outlines: Sequence[Outline]) -> bool:
    """Tell whether these outlines were not taken from the map before, and remember them.

    The chart keeps reporting its last lasso until it is drawn anew, also after the selection was cleared.
    """
    seen = st.session_state.get(state.SEEN, ())
    st.session_state[state.SEEN] = tuple(outlines) or seen
    return bool(outlines) and tuple(outlines) != seen


def segment() -> str | None:
    """Return the segment being looked at, by id."""
    found: str | None = st.session_state.get(state.SEGMENT)
    return found


def choose_segment(segment: str) -> None:
    """Look at a segment."""
    st.session_state[state.SEGMENT] = segment


def undo() -> Personas | None:
    """Return the personas as they were before the last edit, or None."""
    found: Personas | None = st.session_state.get(state.UNDO)
    return found


def set_undo(personas: Personas | None) -> None:
    """Remember the personas as they were before an edit."""
    st.session_state[state.UNDO] = personas


def labels_before() -> tuple[tuple[LabelColumn, ...], str] | None:
    """Return the labels as they were before the last change, and what that was; None once something else changed."""
    version, before, change = st.session_state.get(state.LABELS_BEFORE, (None, (), ""))
    return (before, change) if version is not None and version == state.study_version() else None


def set_labels_before(before: tuple[LabelColumn, ...], change: str) -> None:
    """Remember the labels as they were before the change that was just kept."""
    st.session_state[state.LABELS_BEFORE] = (state.study_version(), before, change)


def forget_labels_before() -> None:
    """Have no change of labels to take back."""
    st.session_state.pop(state.LABELS_BEFORE, None)


def rule_rows() -> tuple[int, ...]:
    """Return the numbers of the conditions of the rule being written; each number is used once."""
    found: tuple[int, ...] = st.session_state.get(state.RULE_ROWS, (0,))
    return found


def add_rule_row() -> None:
    """Ask for one more condition."""
    st.session_state[state.RULE_ROWS] = (*rule_rows(), max(rule_rows()) + 1)


def drop_rule_row(row: int) -> None:
    """Ask for one condition less."""
    st.session_state[state.RULE_ROWS] = tuple(other for other in rule_rows() if other != row)


def restart_rule() -> None:
    """Start with one empty condition again."""
    st.session_state[state.RULE_ROWS] = (max(rule_rows()) + 1,)


def writer() -> Step:
    """Return who writes personas next; not part of the plan, so that a run never asks a model unseen."""
    found: Step = st.session_state.get(state.WRITER, Step("builtin"))
    return found


def set_writer(writer: Step) -> None:
    """Choose who writes personas next."""
    st.session_state[state.WRITER] = writer


def customer(study: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the customer of a study who is being explained, and the selection on the map that was followed."""
    found = st.session_state.get(CUSTOMER)
    return None if found is None or found[0] != study else (found[1], found[2])


def set_customer(study: str, chosen: str, followed: tuple[str, ...]) -> None:
    """Explain a customer of a study; `followed` is the selection on the map that was there then."""
    st.session_state[CUSTOMER] = (study, chosen, followed)

"""View: what a session is looking at on a page: a selection on the map, a segment, the last edit."""

from collections.abc import Sequence

import streamlit as st

from pages._shared import state
from pages._shared.scatter import Outline
from segment_core.artifacts import LabelColumn, Personas, Step

RULE = "rule"
ROWS_USED = "last_number_of_a_condition"


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


def rows_of(form: str) -> tuple[int, ...]:
    """Return the numbers of the conditions of a form, a rule's one or a search's none at first; each is used once."""
    found: dict[str, tuple[int, ...]] = st.session_state.get(state.RULE_ROWS, {})
    return found.get(form, (0,) if form == RULE else ())


def add_row(form: str) -> None:
    """Ask for one more condition."""
    _set_rows(form, (*rows_of(form), _unused(form)))


def drop_row(form: str, row: int) -> None:
    """Ask for one condition less."""
    _set_rows(form, tuple(other for other in rows_of(form) if other != row))


def restart_rows(form: str, n: int) -> tuple[int, ...]:
    """Start with so many empty conditions again, and return their numbers."""
    start = _unused(form)
    return _set_rows(form, tuple(range(start, start + n)))


def _unused(form: str) -> int:
    used: dict[str, int] = st.session_state.setdefault(ROWS_USED, {})
    return max(used.get(form, -1), *rows_of(form), -1) + 1


def _set_rows(form: str, rows: tuple[int, ...]) -> tuple[int, ...]:
    used: dict[str, int] = st.session_state.setdefault(ROWS_USED, {})
    used[form] = max(used.get(form, -1), *rows_of(form), *rows, -1)
    st.session_state[state.RULE_ROWS] = st.session_state.get(state.RULE_ROWS, {}) | {form: rows}
    return rows


def writer() -> Step:
    """Return who writes personas next; not part of the plan, so that a run never asks a model unseen."""
    found: Step = st.session_state.get(state.WRITER, Step("builtin"))
    return found


def set_writer(writer: Step) -> None:
    """Choose who writes personas next."""
    st.session_state[state.WRITER] = writer

"""View: what a session is looking at on a page: a selection on the map, a segment, the last edit."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from pages._shared import state
from pages._shared.scatter import Outline
from segment_core.artifacts import LabelColumn, Step

EXPLAINED = "explained_customer"
MASK = "selected_rows"
CUSTOMER = "looked_at_customer"
NO_WEBGL = "browser_without_webgl"
BEFORE = "study_before_last_change"
RULE = "rule"
PERSONA = "persona_looked_at"
PART = "part_of_a_persona_being_changed"
MAY_WRITE = "chosen_writer_can_start"
QUESTIONS = "questions_asked"
UNREAD = "question_not_read_yet"
COLOURS = "places_of_segments_in_the_palette"
EDITED = "segment_being_edited"
ROWS_USED = "last_number_of_a_condition"


def select(ids: Sequence[str], outlines: Sequence[Outline] = ()) -> None:
    """Select customers by id, and keep the outlines drawn round them on the map, if they were."""
    state.set_selection(ids)
    st.session_state[state.OUTLINES] = tuple(outlines) if ids else ()


def select_rows(index: pd.Index, rows: NDArray[np.bool_], outlines: Sequence[Outline] = ()) -> None:
    """Select the customers in these rows (n,) of `index`."""
    select(tuple(index[rows].tolist()), outlines)
    st.session_state[MASK] = (state.selection(), state.study_version(), rows)


def rows(index: pd.Index) -> NDArray[np.bool_]:
    """Return which customers (n,) are selected; looking up many ids takes a while, so it is done once."""
    ids, version = state.selection(), state.study_version()
    kept_ids, kept_version, kept = st.session_state.get(MASK, (None, None, None))
    if kept_ids is not ids or kept_version != version or len(kept) != len(index):
        kept = among(index, ids)
        st.session_state[MASK] = (ids, version, kept)
    found: NDArray[np.bool_] = kept
    return found


def among(index: pd.Index, ids: Sequence[str]) -> NDArray[np.bool_]:
    """Tell which customers (n,) are among these ids; many times faster than `isin` where there are many."""
    found = np.zeros(len(index), dtype=bool)
    if len(ids):
        places = index.get_indexer(pd.Index(ids, dtype=index.dtype))
        found[places[places >= 0]] = True
    return found


def everyone() -> None:
    """Look at everyone again: nobody is selected, and no segment and no customer looked at."""
    select(())
    st.session_state.pop(state.SEGMENT, None)
    look_at(None)


def customer() -> str | None:
    """Return the customer being looked at, by id: the one clicked on the map."""
    found: str | None = st.session_state.get(CUSTOMER)
    return found


def look_at(customer: str | None) -> None:
    """Look at one customer, or at none."""
    st.session_state[CUSTOMER] = customer


def without_webgl() -> bool:
    """Tell whether the browser said that it has no WebGL."""
    return bool(st.session_state.get(NO_WEBGL, False))


def note_no_webgl() -> None:
    """Remember that the browser has no WebGL."""
    st.session_state[NO_WEBGL] = True


def before() -> tuple[Mapping[str, Any], str] | None:
    """Return parts of the study as they were before the last change, and what that was; None once it is stale."""
    version, parts, change = st.session_state.get(BEFORE, (None, {}, ""))
    return (parts, change) if version is not None and version == state.study_version() else None


def set_before(parts: Mapping[str, Any], change: str) -> None:
    """Remember parts of the study as they were before the change that was just kept."""
    st.session_state[BEFORE] = (state.study_version(), parts, change)


def forget_before() -> None:
    """Have no change to take back."""
    st.session_state.pop(BEFORE, None)


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


def forget_seen() -> None:
    """Take the next outlines even if they are those of before: somebody has just drawn them."""
    st.session_state.pop(state.SEEN, None)


def segment() -> str | None:
    """Return the segment being looked at, by id."""
    found: str | None = st.session_state.get(state.SEGMENT)
    return found


def choose_segment(segment: str) -> None:
    """Look at a segment."""
    st.session_state[state.SEGMENT] = segment


def colours() -> tuple[int, ...]:
    """Return the places in the palette of the open study's segments; () where these are their order."""
    found: tuple[int, ...] = st.session_state.get(COLOURS, ())
    return found


def set_colours(places: tuple[int, ...]) -> None:
    """Remember the places in the palette of the open study's segments, for all that is drawn."""
    st.session_state[COLOURS] = places


def edited() -> tuple[str, str] | None:
    """Return the segment that is being edited, and where on the pages that is; None where there is none."""
    found: tuple[str, str] | None = st.session_state.get(EDITED)
    return found


def edit_segment(place: str, segment: str) -> None:
    """Edit a segment at a place on the pages; leave it where it was edited there already, or with ""."""
    same = not segment or edited() == (place, segment)
    st.session_state[EDITED] = None if same else (place, segment)


def persona() -> str:
    """Return the segment whose persona is looked at by itself; "" for all side by side."""
    found: str = st.session_state.get(PERSONA) or ""
    return found


def open_persona(segment: str) -> None:
    """Look at one segment's persona by itself, or at all with ""."""
    st.session_state[PERSONA] = segment


def part_open() -> tuple[str, str, str] | None:
    """Return what is done to a part of a persona: "edit" or "rewrite", the segment and the part; or None."""
    found: tuple[str, str, str] | None = st.session_state.get(PART)
    return found


def open_part(what: str, segment: str, part: str) -> None:
    """Edit, or write again, a part of a persona."""
    st.session_state[PART] = (what, segment, part)


def close_part() -> None:
    """Leave the part of a persona as it is."""
    st.session_state.pop(PART, None)


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


def may_write() -> bool:
    """Tell whether the chosen writer can start: a model has its address, and what it is sent was shown."""
    return bool(st.session_state.get(MAY_WRITE, True))


def set_writer(writer: Step, *, ready: bool = True) -> None:
    """Choose who writes personas next, and tell whether it can start."""
    st.session_state[state.WRITER] = writer
    st.session_state[MAY_WRITE] = ready


def explained(study: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the customer of a study who is being explained, and the selection on the map that was followed."""
    found = st.session_state.get(EXPLAINED)
    return None if found is None or found[0] != study else (found[1], found[2])


def set_explained(study: str, chosen: str, followed: tuple[str, ...]) -> None:
    """Explain a customer of a study; `followed` is the selection on the map that was there then."""
    st.session_state[EXPLAINED] = (study, chosen, followed)


def questions() -> tuple[tuple[str, Any], ...]:
    """Return what was asked of the open study in this session, latest first: as written, and as it was read."""
    study, found = st.session_state.get(QUESTIONS, (None, ()))
    return tuple(found) if study == state.study_id() else ()


def add_question(written: str, read: Any) -> None:
    """Put a question before those asked earlier; twenty are remembered."""
    st.session_state[QUESTIONS] = (state.study_id(), ((written, read), *questions())[:20])
    st.session_state.pop(UNREAD, None)


def keep_unread(written: str) -> None:
    """Remember a question while a model reads it, so that it stands in its field again if that comes to nothing."""
    st.session_state[UNREAD] = (state.study_id(), written)


def unread() -> str:
    """Return the question that a model was last given and has not read, "" where there is none."""
    study, written = st.session_state.get(UNREAD, (None, ""))
    return str(written) if study == state.study_id() else ""


def clear_questions() -> None:
    """Forget what was asked."""
    st.session_state.pop(QUESTIONS, None)
    st.session_state.pop(UNREAD, None)

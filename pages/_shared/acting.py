"""Acting: what can be done with the selected customers in two clicks: name them, move them, take them along."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pages._shared import compare, keeping, marking, owngroups, state, view
from pages._shared.look import chip, names
from pages._shared.words import plain, t
from segment_core.artifacts import Clustering, Edit
from segment_core.exporting import segments_csv
from segment_core.study import Study

NAME, MOVE = "name_selection", "move_selection"


def bar(study: Study, clustering: Clustering, mask: NDArray[np.bool_]) -> None:
    """Draw the buttons of the selection."""
    with st.container(horizontal=True, key="selection_bar"):
        _name(study)
        _move(study, clustering, mask)
        st.button(t("Compare"), icon=":material/compare_arrows:", key="compare", on_click=_compare)
        st.download_button(
            t("Export"),
            data=partial(_csv, study, state.selection()),
            file_name="selection.csv",
            mime="text/csv",
            icon=":material/download:",
            help=t("Download the selected customers as CSV."),
            on_click="ignore",
            key="selection_csv",
        )
        marking.button(study, state.selection(), "selection")
        st.button(t("Clear"), icon=":material/close:", key="clear", on_click=view.everyone, help=t("Escape"))


def waiting(study: Study) -> None:
    """Say how many moves wait to be applied."""
    if not study.edits:
        return
    n = len({id_ for edit in study.edits for id_ in edit.customers})
    with st.container(horizontal=True, vertical_alignment="center", key="edits_waiting"):
        st.caption(
            t(
                "Moves recorded: {moves} ({n:,} customers). The segments themselves stay until you apply the moves.",
                moves=len(study.edits),
                n=n,
            ),
            width="stretch",
        )
        st.button(
            t("Undo the last move"), icon=":material/undo:", type="tertiary", key="undo_move", on_click=_undo_move
        )


def _csv(study: Study, ids: Sequence[str]) -> bytes:
    return segments_csv(study, only=ids)


def _name(study: Study) -> None:
    with st.popover(t("Name it"), icon=":material/bookmark_add:", key=NAME, on_change="rerun"):
        name = st.text_input(
            t("Name of the custom segment"), placeholder=t("Such as: Loyal in Lisbon"), key="new_group"
        )
        if any(group.name == " ".join(name.split()) for group in study.groups):
            st.caption(t("There is a custom segment of this name; it will be replaced."))
        st.button(
            t("Keep as a custom segment"),
            type="primary",
            disabled=not name.strip(),
            key="keep_group",
            on_click=_keep_group,
        )
        st.caption(t("Custom segments may overlap, and stay when segments are found anew."))


def _move(study: Study, clustering: Clustering, mask: NDArray[np.bool_]) -> None:
    titles = names(study)
    with st.popover(t("Move to"), icon=":material/move_item:", key=MOVE, on_change="rerun"):
        inside = np.bincount(clustering.labels[mask], minlength=clustering.n_segments)
        place = st.selectbox(
            t("Segment they belong to"),
            list(range(clustering.n_segments)),
            index=None,
            format_func=lambda number: f"{titles[number]} ({clustering.segments[number].id})",
            placeholder=t("Choose a segment"),
            key="move_to",
        )
        n = 0 if place is None else int(mask.sum() - inside[place])
        st.button(
            t("Move {n:,} customers", n=n) if n else t("Move"),
            type="primary",
            disabled=n == 0,
            key="move",
            on_click=_record,
            args=(place,),
        )
        if place is not None and inside[place]:
            st.caption(t("Already in it: {n:,}", n=int(inside[place])))
        st.caption(t("The move is recorded; the segments themselves stay until you apply the moves."))


def _compare() -> None:
    compare.selection()
    st.toast(t("They are compared with everyone else below the map."), icon=":material/compare_arrows:")


def _keep_group() -> None:
    if owngroups.save(st.session_state.get("new_group") or "", state.selection()):
        st.session_state["new_group"], st.session_state[NAME] = "", False  # and close the popover


def _record(place: int) -> None:
    study = state.study()
    if study is None or study.clustering is None:
        return
    index, clustering = study.customers.frame.index, study.clustering
    moved = index[view.rows(index) & (clustering.labels != place)]
    segment = clustering.segments[place].id
    at = datetime.now(UTC).isoformat(timespec="seconds")
    edit = Edit("move", tuple(moved.tolist()), segment, study.run, at)
    said = t(
        "Move recorded: {n:,} customers to {name}", n=len(moved), name=f"{chip(place)} {plain(names(study)[place])}"
    )
    keeping.keep(study, said, icon=":material/move_item:", edits=(*study.edits, edit))
    st.session_state["move_to"], st.session_state[MOVE] = None, False


def _undo_move() -> None:
    study = state.study()
    if study is not None and study.edits:
        state.replace_study(study.having(edits=study.edits[:-1]))
        view.forget_before()
        st.toast(t("Taken back."), icon=":material/undo:")

"""Acting: what can be done with the selected customers in two clicks: name them, move them, take them along."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pages._shared import compare, edits, jobs, marking, owngroups, state, view
from pages._shared.look import chip, names
from pages._shared.words import plain, t
from segment_core.artifacts import Clustering
from segment_core.artifacts.edits import EditKind
from segment_core.exporting import segments_csv
from segment_core.improving.recording import MOST_APART
from segment_core.study import Study

NAME, MOVE, LINK = "name_selection", "move_selection", "link_selection"


def bar(study: Study, clustering: Clustering, mask: NDArray[np.bool_]) -> None:
    """Draw the buttons of the selection."""
    with st.container(horizontal=True, key="selection_bar"):
        _name(study)
        _move(study, clustering, mask)
        _split_or_link(mask)
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


def _split_or_link(mask: NDArray[np.bool_]) -> None:
    n = int(mask.sum())
    with st.popover(t("Split or link"), icon=":material/linked_services:", key=LINK, on_change="rerun"):
        for what, label, icon, fewest, most, said in (
            ("split", t("Split off"), ":material/call_split:", 1, len(mask) - 1, t("They become a segment at once.")),
            ("together", t("Keep together"), ":material/link:", 2, n, t("All of them belong in one segment.")),
            (
                "apart",
                t("Keep apart"),
                ":material/link_off:",
                2,
                MOST_APART,
                t("No two of them belong in one segment; at most {most} at once.", most=MOST_APART),
            ),
        ):
            waits = what == "split" and jobs.busy()
            st.button(
                label,
                icon=icon,
                key=f"selection_{what}",
                width="stretch",
                disabled=waits or not fewest <= n <= most,
                on_click=_say,
                args=(what,),
            )
            st.caption(said)
        st.caption(t("Links are heeded when you apply the edits, and at every later run; one that is not is shown."))


def _say(what: EditKind) -> None:
    ids = state.selection()
    said = {
        "split": t("Split off: {n:,} customers", n=len(ids)),
        "together": t("To be together: {n:,} customers", n=len(ids)),
        "apart": t("To be apart: {n:,} customers", n=len(ids)),
    }[what]
    if edits.record(what, said, customers=ids):
        st.session_state[LINK] = False


def _record(place: int) -> None:
    study = state.study()
    if study is None or study.clustering is None:
        return
    index, clustering = study.customers.frame.index, study.clustering
    moved = index[view.rows(index) & (clustering.labels != place)]
    said = t(
        "Move recorded: {n:,} customers to {name}", n=len(moved), name=f"{chip(place)} {plain(names(study)[place])}"
    )
    if edits.record(
        "move",
        said,
        icon=":material/move_item:",
        customers=tuple(moved.tolist()),
        segment=clustering.segments[place].id,
    ):
        st.session_state["move_to"], st.session_state[MOVE] = None, False

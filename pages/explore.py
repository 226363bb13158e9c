"""Look at the customers on a map, select among them, and read what is special about a segment."""

from collections.abc import Callable

import streamlit as st

from pages._shared import asking, customers, frame, labels, map, marking, profile, search, selected, state  # noqa: A004 - what it is
from pages._shared.words import t

actions = frame.head(t("Explore"))
clustering = state.require("clustering", page=frame.DATA)
study = state.require("study", page=frame.DATA)
if actions.button(t("Read personas"), type="primary", icon=":material/groups:", key="next"):
    st.switch_page(frame.PERSONAS)

asking.settle()
left, right = st.columns([3, 2], gap="medium")
with left:
    if study.projection:
        map.draw(study, study.projection, clustering)
    else:
        map.table(study)
with right:
    selected.beside(study, clustering)

marking.undo_line()
parts: dict[str, tuple[str, Callable[[], None]]] = {
    "profile": (t("Profile"), lambda: profile.draw(study, clustering, selected.chosen(clustering))),
    "customers": (t("Customers"), lambda: customers.draw(study)),
    "search": (t("Search"), lambda: search.draw(study)),
    "labels": (t("Labels"), lambda: labels.draw(study)),
}
part = st.segmented_control(
    t("Show"),
    list(parts),
    default="profile",
    required=True,
    format_func=lambda code: parts[code][0],
    key="explore_part",
    persist_state="session",
    label_visibility="collapsed",
)
parts[part or "profile"][1]()

"""Look at the customers on a map, select among them, and read what is special about a segment."""

from collections.abc import Callable

import streamlit as st

from pages._shared import (
    alike,
    asking,
    audits,
    compare,
    customers,
    edits,
    frame,
    gestures,
    keeping,
    labels,
    map,  # noqa: A004 - what it is
    marking,
    profile,
    search,
    selected,
    state,
    twinviews,
    view,
    why,
)
from pages._shared.words import t

actions = frame.head(t("Explore"))
clustering = state.require("clustering", page=frame.DATA)
study = state.require("study", page=frame.DATA)
if actions.button(t("Read personas"), type="primary", icon=":material/groups:", key="next"):
    st.switch_page(frame.PERSONAS)

asking.settle()
edits.violations(study)
left, right = st.columns([3, 2], gap="medium")
if study.projection:
    map.take(study, study.projection)
with right:
    rest = selected.beside(study, clustering)
with left:
    if study.projection:
        map.draw(study, study.projection, clustering)
    else:
        map.table(study, clustering)
rest()
gestures.listen(map.clicked, something=bool(state.selection() or view.segment() or view.customer()))

marking.undo_line()
keeping.undo_line()
parts: dict[str, tuple[str, Callable[[], None]]] = {
    "profile": (t("Profile"), lambda: profile.draw(study, clustering, selected.chosen(clustering))),
    "compare": (t("Compare"), lambda: compare.draw(study, clustering, selected.chosen(clustering))),
    "rules": (t("Rules"), lambda: twinviews.draw(study, clustering, selected.chosen(clustering))),
    "why": (t("Why here"), lambda: why.draw(study, clustering)),
    "search": (t("Search"), lambda: search.draw(study)),
    "alike": (t("Look-alikes"), lambda: alike.draw(study, clustering)),
    "proxies": (t("Proxy audit"), lambda: audits.draw(study)),
    "customers": (t("Customers"), lambda: customers.draw(study)),
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

"""Look at the customers on a map, select among them, and read what is special about a segment."""

import streamlit as st

from pages._shared import customers, frame, labels, map, marking, profile, selected, state  # noqa: A004 - what it is
from pages._shared.words import t

with st.container(horizontal=True, vertical_alignment="center", key="head"):
    st.title(t("Explore"), width="stretch")
    actions = st.container(horizontal=True, width="content", key="actions")
clustering = state.require("clustering", page=frame.DATA)
study = state.require("study", page=frame.DATA)
if actions.button(t("Read personas"), type="primary", icon=":material/groups:", key="next"):
    st.switch_page(frame.PERSONAS)

left, right = st.columns([3, 2], gap="medium")
with left:
    if study.projection:
        map.draw(study, study.projection, clustering)
    else:
        map.table(study)
with right:
    selected.beside(study, clustering)

marking.undo_line()
about, people, marked = st.tabs([t("Profile"), t("Customers"), t("Labels")], key="below", on_change="rerun")
with about:
    if about.open and study.evidence:
        profile.draw(study, clustering, study.evidence, selected.chosen(clustering))
with people:
    if people.open:
        customers.draw(study)
with marked:
    if marked.open:
        labels.draw(study)

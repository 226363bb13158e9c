"""Bring customers in: drop files, see what was detected and how they hang together, correct it, and find segments."""

import streamlit as st

from pages._shared import (
    behaviour,
    cached,
    capsuleform,
    columns,
    frame,
    incoming,
    jobs,
    joins,
    orders,
    privacy,
    quality,
    reading,
    state,
)
from pages._shared.words import language, plain, t, tell
from segment_core.errors import SegmentError
from segment_core.intake import require_features
from segment_core.store import default_folder

actions = frame.head(t("Data"))
incoming.take_offered()
upload = state.upload()

if upload is None:
    incoming.drop_card()
    incoming.recent_studies()
    capsuleform.opening()
    st.stop()

source, customers, ready = (str(default_folder()), upload.id, upload.name), None, False
try:
    tables = reading.show_reading(upload)
    plan, links = joins.with_links(upload, tables, state.plan())
    with st.spinner(t("Gathering customers…")):
        assembled = cached.assembled(*source, plan)
    if len(tables) > 1:
        joins.show(upload, assembled, links)
    notes = st.container()
    columns.edit_roles(upload, plan)
    plan = joins.with_links(upload, tables, state.plan())[0]
    customers = cached.customers(*source, plan)
    with notes:
        assembled = cached.assembled(*source, plan)
        reading.show_notes(
            tuple(
                note
                for note in customers.notes
                if note.code not in quality.TOLD_HERE and not behaviour.told_here(assembled, note)
            )
        )
        with st.spinner(t("Looking for what could mislead…")):
            findings = cached.findings(*source, plan)
        quality.show(customers, findings)
        behaviour.show(upload, assembled)
        privacy.show(customers, assembled.masked)
    require_features(customers, upload.name)
    ready = True
except SegmentError as error:
    st.error(plain(tell(error.message)), title=t("Customers cannot be gathered from this file yet"))
    if customers is None:
        quality.show_applied(())
        orders.show_choices()

with actions:
    incoming.another_file()
    wanted = False
    if ready and links and state.plan().links is None:
        joins.confirm(plan)
    else:
        if st.button(t("Choose features"), icon=":material/tune:", key="choose_features", disabled=not ready):
            st.switch_page(frame.FEATURES)
        wanted = st.button(
            t("Find segments"),
            type="primary",
            icon=":material/workspaces:",
            key="find_segments",
            disabled=not ready or jobs.busy(),
        )
if wanted:
    state.speak_plan(language())
    jobs.start(jobs.RUN_STUDY, {"upload": upload.id, "plan": state.plan().to_json(), "study": None})
    st.switch_page(frame.SEGMENTS)

if customers is not None:
    reading.show_customers(customers)
reading.show_seconds(upload)
incoming.recent_studies()
capsuleform.opening()

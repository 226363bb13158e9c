"""Bring customers in: drop files, see what was detected and how they hang together, correct it, and find segments."""

import streamlit as st

from pages._shared import cached, columns, frame, incoming, jobs, joins, reading, state
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
    st.stop()

folder, ready, joined = str(default_folder()), False, True
assembled = None
try:
    tables = reading.show_reading(upload)
    notes = st.container()
    plan = state.plan()
    with notes, st.spinner(t("Gathering customers…")):
        if len(tables) > 1:
            proposals = joins.proposed(upload)
            plan, joined = plan.having(links=joins.usable(proposals)), plan.links is not None
        assembled = cached.assembled(folder, upload.id, upload.name, plan)
    if len(tables) > 1:
        joins.show(upload, assembled, proposals)
    columns.edit_roles(upload, plan)
    with notes:
        reading.show_notes(assembled.customers.notes)
    require_features(assembled.customers, upload.name)
    ready = True
except SegmentError as error:
    st.error(plain(tell(error.message)), title=t("Customers cannot be gathered from this file yet"))

with actions:
    incoming.another_file()
    if joined:
        wanted = st.button(
            t("Find segments"),
            type="primary",
            icon=":material/workspaces:",
            key="find_segments",
            disabled=not ready or jobs.busy(),
        )
    else:
        wanted = False
        st.button(
            t("Join these tables"),
            type="primary",
            icon=":material/join:",
            key="join_tables",
            disabled=not ready,
            on_click=state.set_links,
            args=(plan.links,),
            kwargs={"confirm": True},
        )
if wanted:
    state.speak_plan(language())
    jobs.start(jobs.RUN_STUDY, {"upload": upload.id, "plan": state.plan().to_json(), "study": None})
    st.switch_page(frame.SEGMENTS)

if assembled is not None:
    reading.show_customers(assembled.customers)
reading.show_seconds(upload)
incoming.recent_studies()

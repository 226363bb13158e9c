"""Bring customers in: drop a file, see what was detected, correct it, and find segments."""

import streamlit as st

from pages._shared import cached, columns, frame, incoming, jobs, reading, state
from pages._shared.words import language, plain, t, tell
from segment_core.errors import DataError
from segment_core.store import default_folder

actions = frame.head(t("Data"))
incoming.take_offered()
upload = state.upload()

if upload is None:
    incoming.drop_card()
    incoming.recent_studies()
    st.stop()

table = customers = None
try:
    table = reading.show_reading(upload)
    notes = st.container()
    columns.edit_roles(upload, table)
    plan = state.plan()
    with notes, st.spinner(t("Gathering customers…")):
        customers = cached.customers(
            str(default_folder()),
            upload.id,
            upload.name,
            plan.reading,
            tuple(sorted(plan.roles.items())),
            tuple(sorted(plan.bases.items())),
        )
except DataError as error:
    st.error(plain(tell(error.message)), title=t("Customers cannot be gathered from this file yet"))
else:
    with notes:
        reading.show_notes(customers.notes)

with actions:
    incoming.another_file()
    wanted = st.button(
        t("Find segments"),
        type="primary",
        icon=":material/workspaces:",
        key="find_segments",
        disabled=customers is None or jobs.busy(),
    )
if wanted:
    state.speak_plan(language())
    jobs.start(jobs.RUN_STUDY, {"upload": upload.id, "plan": state.plan().to_json(), "study": None})
    st.switch_page(frame.SEGMENTS)

if table is not None:
    st.subheader(t("First rows"))
    st.dataframe(table.frame.head(10), key="preview", hide_index=True, alt=t("First ten rows of the file"))
reading.show_seconds(upload)
incoming.recent_studies()

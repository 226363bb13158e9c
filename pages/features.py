"""Choose what customers are compared by: blocks with their weights, and what is made of their texts."""

import streamlit as st

from pages._shared import blocks, frame, jobs, state
from pages._shared.words import t

actions = frame.head(t("Features"))
upload, study = state.upload(), blocks.study_of_upload()
customers = blocks.customers()
if customers is None:
    frame.missing(frame.DATA)
    st.stop()

bar = st.container()
plan, ready = blocks.ask(customers, study)
state.set_plan(plan)

if study is not None and study.features is not None:
    with bar:
        blocks.who_decides(study, plan)
built = study is not None and study.features is not None and blocks.same(plan, study.plan)
with actions:
    segmented = study is not None and study.clustering is not None
    off = upload is None or jobs.busy()
    if blocks.press(built=built, segmented=segmented, ready=ready, disabled=off) and upload is not None:
        whole = built or segmented
        args = {"upload": upload.id, "plan": plan.to_json(), "study": state.study_id() if study else None}
        jobs.start(jobs.RUN_STUDY, args | {"until": None if whole else "features"})
        if built:
            st.switch_page(frame.SEGMENTS)
        st.rerun()  # the progress is drawn above this page; a callback would start with options that are one click old

if study is not None and study.features is not None:
    blocks.notes(study)
    blocks.views(study)

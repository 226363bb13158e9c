"""Turn segments into a campaign: who is reached, who is held out, what is sent, and what came of it."""

import streamlit as st

from pages._shared import audits, campaignform, campaignskept, frame, keeping, recommending
from pages._shared.state import require
from pages._shared.words import t

actions = frame.head(t("Campaigns"))
study = require("study", frame.DATA)
clustering = require("clustering", frame.SEGMENTS)
part = st.segmented_control(
    t("Show"),
    ["campaign", "recommendations"],
    default="campaign",
    required=True,
    format_func={"campaign": t("Campaign"), "recommendations": t("Recommendations")}.__getitem__,
    key="campaigns_part",
    persist_state="session",
    label_visibility="collapsed",
)
if part == "recommendations":
    with st.sidebar:
        recommending.ask(study)
    recommending.draw(study)
    st.stop()
st.caption(
    t(
        "Choose whom to reach and what for. Some customers are held out by lot, so that you can see afterwards what "
        "the campaign brought."
    )
)
keeping.undo_line()
audits.warn(study)
campaignform.draw(study, actions)
campaignskept.draw(study)

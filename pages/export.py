"""Take the segments along: customers as a file that another tool takes, and the rest of the study beside it."""

import streamlit as st

from pages._shared import capsuleform, deliveries, frame, outgoing, reportform
from pages._shared.state import require
from pages._shared.words import plain, t, tell
from segment_core.errors import SegmentError

actions = frame.head(t("Export"))
study = require("study", frame.DATA)
clustering = require("clustering", frame.SEGMENTS)

left, right = st.columns([2, 3], gap="large")
with left:
    asked = deliveries.file(study, deliveries.customers(study, clustering))
try:
    with left:
        asked = deliveries.who(study, asked)
    with actions:
        deliveries.download(study, asked)
    with right:
        deliveries.shown(asked)
except SegmentError as error:  # such as no column that holds addresses
    right.error(plain(tell(error.message)))
deliveries.ready()

st.subheader(t("The rest of the study"))
outgoing.documents(study)
capsuleform.download(study)
reportform.draw(study)

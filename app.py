"""Strata: from a customer file to segments, in the browser. Run it with `streamlit run app.py`."""

import streamlit as st

from pages._shared import frame, jobs, state
from pages._shared.words import t

st.set_page_config(page_title="Strata", page_icon="pages/_shared/logo.svg", layout="wide")
st.logo("pages/_shared/logo.svg", size="large")
jobs.jobs()  # wakes the worker, so that the first run is not slow
jobs.settle()
page = st.navigation(
    [
        st.Page(frame.DATA, title=t("Data"), icon=":material/table:", default=True),
        st.Page(frame.FEATURES, title=t("Features"), icon=":material/tune:"),
        st.Page(frame.SEGMENTS, title=t("Segments"), icon=":material/workspaces:"),
        st.Page(frame.EXPLORE, title=t("Explore"), icon=":material/scatter_plot:"),
        st.Page(frame.PERSONAS, title=t("Personas"), icon=":material/groups:"),
        st.Page(frame.CAMPAIGNS, title=t("Campaigns"), icon=":material/campaign:"),
        st.Page(frame.IMPROVE, title=t("Improve"), icon=":material/school:"),
        st.Page(frame.EXPORT, title=t("Export"), icon=":material/download:"),
        st.Page(frame.SETTINGS, title=t("Settings"), icon=":material/settings:"),
    ],
    position="top",
)
state.address()
frame.status_line()
page.run()

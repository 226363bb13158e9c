"""Cut the customers into segments, and say what they are and how good."""

import streamlit as st

from pages._shared import frame, overview, recipe, scores, state
from pages._shared.words import t

frame.head(t("Segments"))
study = state.require("study", page=frame.DATA)
with st.sidebar:
    recipe.ask(study)
clustering = study.clustering
if clustering is None:
    overview.not_yet()
    st.stop()

if study.scorecard:
    overview.warning(study.scorecard)
overview.figures(clustering, study.scorecard)
overview.cards(study, clustering)

metrics, trials, sizes, times = st.tabs([t("Metrics"), t("How many"), t("Sizes"), t("Time")], key="segments_tabs")
with metrics:
    if study.scorecard:
        scores.metrics(study, study.scorecard)
with trials:
    scores.trials(clustering)
with sizes:
    scores.sizes(study, clustering)
with times:
    scores.times(study.seconds)

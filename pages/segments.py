"""Cut the customers into segments, and say what they are and how good."""

import streamlit as st

from pages._shared import frame, overview, recipe, scores, state, tree
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

titles = [t("Metrics"), t("How many"), t("Sizes"), t("Time")]
if clustering.parents:
    titles.append(t("Tree"))
metrics, trials, sizes, times, *branches = st.tabs(titles, key="segments_tabs")
for place in branches:
    with place:
        tree.draw(study, clustering)
with metrics:
    if study.scorecard:
        scores.metrics(study, study.scorecard)
with trials:
    scores.trials(clustering)
with sizes:
    scores.sizes(study, clustering)
with times:
    scores.times(study.seconds)

"""Cut the customers into segments, and say what they are and how good."""

from collections.abc import Callable

import streamlit as st

from pages._shared import frame, overview, recipe, scores, state, suggestions, tree
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

views: list[tuple[str, Callable[[], None]]] = [
    (t("Metrics"), lambda: scores.metrics(study, study.scorecard)),
    (t("How many"), lambda: scores.trials(clustering)),
    (t("Sizes"), lambda: scores.sizes(study, clustering)),
    (t("Time"), lambda: scores.times(study.seconds)),
    (t("Second opinion"), lambda: suggestions.draw(study)),
]
if clustering.parents:
    views.append((t("Tree"), lambda: tree.draw(study, clustering)))
for place, (_, draw) in zip(st.tabs([title for title, _ in views], key="segments_tabs"), views, strict=True):
    with place:
        draw()

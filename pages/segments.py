"""Cut the customers into segments, and say what they are and how good."""

from collections.abc import Callable

import streamlit as st

from pages._shared import (
    bands,
    candidates,
    dendrogram,
    edits,
    frame,
    inside,
    knife,
    known,
    ladder,
    overview,
    recipe,
    runs,
    scores,
    state,
    suggestions,
    sweeping,
    tree,
    view,
)
from pages._shared.words import t
from segment_core.improving import colouring
from segment_core.improving.shaping import as_found

actions = frame.head(t("Segments"))
study = state.require("study", page=frame.DATA)
with st.sidebar:
    recipe.ask(study)
with actions:
    edits.back()
    runs.back()
clustering = study.clustering
if clustering is None:
    overview.not_yet()
    st.stop()

if study.scorecard:
    overview.warning(study.scorecard, automatic=study.plan.clustering.name == "auto")
overview.figures(clustering, study.scorecard)
edits.violations(study)
edits.line(study)
overview.cards(study, clustering)
# What the algorithm tells of its own work is about the segments as it found them.
bare = as_found(study)
found = bare.clustering or clustering

View = tuple[str, Callable[[], None]]
parts: dict[str, tuple[str, list[View]]] = {
    "good": (
        t("How good"),
        [
            (t("Metrics"), lambda: scores.metrics(study, study.scorecard)),
            (t("Knife plot"), lambda: knife.draw(study, clustering)),
            (t("Known labels"), lambda: known.draw(study, clustering)),
            (t("Outliers"), lambda: bands.draw(study, clustering)),
            (t("Second opinion"), lambda: suggestions.draw(study)),
            (t("Sizes"), lambda: scores.sizes(study, clustering)),
        ],
    ),
    "many": (
        t("How many"),
        [
            (t("Candidates"), lambda: candidates.draw(found)),
            (t("Ladder"), lambda: ladder.draw(study)),
            (t("Dendrogram"), lambda: dendrogram.draw(bare)),
            (t("Sweep"), lambda: sweeping.draw(study)),
        ],
    ),
    "inside": (t("How found"), [(t("Inside the algorithm"), lambda: inside.draw(bare))]),
    "runs": (t("Runs"), [(t("Runs"), lambda: runs.draw(study)), (t("Time"), lambda: scores.times(study.seconds))]),
}
if found.parents:
    parts["inside"][1].append((t("Tree"), lambda: tree.draw(bare, found)))
part = st.segmented_control(
    t("Show"),
    list(parts),
    default="good",
    required=True,
    format_func=lambda code: parts[code][0],
    key="segments_part",
    label_visibility="collapsed",
)
if bare is not study and part in ("many", "inside"):
    st.caption(t("This is about the segments as the algorithm found them, before your edits; ids are those of then."))
    view.set_colours(colouring.of_found(study))  # nothing that is drawn below is about the segments of now
views = parts[part or "good"][1]
for place, (_, draw) in zip(st.tabs([title for title, _ in views], key=f"tabs.{part}"), views, strict=True):
    with place:
        draw()

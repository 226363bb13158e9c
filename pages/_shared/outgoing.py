"""Outgoing: the study's documents beside the CSV."""

import streamlit as st

from pages._shared import booklets
from pages._shared.words import t
from segment_core.exporting import personas_json, scorecard_json
from segment_core.study import Study


def documents(study: Study) -> None:
    """Draw a download for the plan, the personas and the scores, each as JSON."""
    found = {
        "plan": (t("Plan"), ":material/list_alt:", study.resolved.to_json()),
        "personas": (t("Personas"), ":material/groups:", personas_json(study) if study.personas else None),
        "scorecard": (t("Scores and checks"), ":material/speed:", scorecard_json(study) if study.scorecard else None),
    }
    with st.container(horizontal=True):
        for name, (label, icon, text) in found.items():
            st.download_button(
                label,
                text or "",
                f"{name}.json",
                "application/json",
                icon=icon,
                key=f"download_{name}",
                disabled=text is None,
                on_click="ignore",
            )
    _personas(study)
    st.caption(t("The plan holds every choice written out: run it on the command line and get the same segments."))


def _personas(study: Study) -> None:
    """Draw what people read rather than programs."""
    if study.personas is None or study.evidence is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(t("Personas as a page to read, print or pass on"))
        booklets.offer(study)

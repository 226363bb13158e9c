"""Outgoing: the study's documents beside the CSV."""

import streamlit as st

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
    st.caption(t("The plan holds every choice written out: run it on the command line and get the same segments."))

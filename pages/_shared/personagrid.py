"""Persona grid: a card for each segment as a person, and what the writer and the checker did."""

import streamlit as st

from pages._shared import audits, cards, view, writing
from pages._shared.words import t
from segment_core.artifacts import Evidence
from segment_core.study import Study


def draw(study: Study, sheet: Evidence) -> None:
    """Draw all personas, or say that there are none yet."""
    if study.personas is None or study.clustering is None:
        st.caption(t("Nothing is written yet. The built-in writer works without any model: press Write personas."))
        return
    if view.undo() is not None:
        st.button(t("Undo the last edit"), icon=":material/undo:", key="undo", on_click=cards.undo)
    writing.notes(study.personas)
    audits.warn(study)
    with st.grid(2, min_column_width=380):
        for number, segment in enumerate(study.clustering.segments):
            persona = study.personas.of(segment.id)
            if persona is not None:
                with st.container(border=True, gap="small", key=f"persona.{segment.id}"):
                    cards.draw(study, sheet, persona, number, segment)

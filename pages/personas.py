"""Read the segments as people, see what each sentence rests on, and put it in your own words."""

import streamlit as st

from pages._shared import audits, cards, frame, state, view, writing
from pages._shared.words import t

with st.container(horizontal=True, vertical_alignment="center", key="head"):
    st.title(t("Personas"), width="stretch")
    actions = st.container(horizontal=True, width="content", key="actions")
st.caption(t("The built-in writer works without any language model; each sentence rests on evidence you can open."))
sheet = state.require("evidence", page=frame.DATA)
study = state.require("study", page=frame.DATA)
if actions.button(t("Export segments"), type="primary", icon=":material/download:", key="next"):
    st.switch_page(frame.EXPORT)

with st.sidebar:
    writing.ask(sheet, study.personas)

if study.personas is None:
    st.caption(t("Nothing is written yet. The built-in writer works without any model: press Write personas."))
    st.stop()

if view.undo() is not None:
    st.button(t("Undo the last edit"), icon=":material/undo:", key="undo", on_click=cards.undo)
writing.notes(study.personas)
audits.warn(study)

with st.grid(2, min_column_width=380) as grid:
    for number, segment in enumerate(study.clustering.segments):
        persona = study.personas.of(segment.id)
        if persona is not None:
            with st.container(border=True, gap="small", key=f"persona.{segment.id}"):
                cards.draw(study, sheet, persona, number, segment)

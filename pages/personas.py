"""Read the segments as people, write to them, and ask the data in plain words."""

from collections.abc import Callable

import streamlit as st

from pages._shared import askdata, frame, messageform, messages, personagrid, state, writing
from pages._shared.words import t

with st.container(horizontal=True, vertical_alignment="center", key="head"):
    st.title(t("Personas"), width="stretch")
    actions = st.container(horizontal=True, width="content", key="actions")
st.caption(t("The built-in writer works without any language model; each sentence rests on evidence you can open."))
sheet = state.require("evidence", page=frame.DATA)
study = state.require("study", page=frame.DATA)
if actions.button(t("Plan a campaign"), type="primary", icon=":material/campaign:", key="next"):
    st.switch_page(frame.CAMPAIGNS)

# Each part asks for what it needs in the sidebar, so that the sidebar holds only what the part drawn can use.
parts: dict[str, tuple[str, Callable[[], None], Callable[[], None]]] = {
    "personas": (
        t("Personas"),
        lambda: writing.ask(sheet, study.personas),
        lambda: personagrid.draw(study, sheet),
    ),
    "messages": (
        t("Messages"),
        lambda: messageform.ask(study, sheet),
        lambda: messages.draw(study, sheet),
    ),
    "ask": (t("Ask the data"), askdata.ask, lambda: askdata.draw(study)),
}
part = st.segmented_control(
    t("Show"),
    list(parts),
    default="personas",
    required=True,
    format_func=lambda code: parts[code][0],
    key="personas_part",
    persist_state="session",
    label_visibility="collapsed",
)
_, beside, draw = parts[part or "personas"]
with st.sidebar:
    beside()
draw()

"""Say what the data does not know, see what it changed, and let an encoder learn these customers."""

from collections.abc import Callable

import streamlit as st

from pages._shared import editlist, frame, keptencoders, learning, learningnow, loop, pairquestions, state
from pages._shared.state import require
from pages._shared.words import t

actions = frame.head(t("Improve"))
study = require("study", frame.DATA)
require("clustering", frame.SEGMENTS)

id_ = state.study_id()
loop.draw(study, n_encoders=keptencoders.n_of(id_), n_waiting=keptencoders.n_waiting(id_))

# Each part: its title, and what draws it.
parts: dict[str, tuple[str, Callable[[], None]]] = {
    "questions": (t("Questions"), lambda: pairquestions.draw(study)),
    "edits": (t("Edits"), lambda: editlist.draw(study)),
    "training": (t("Training"), lambda: learning.draw(study)),
}
part = st.segmented_control(
    t("Show"),
    list(parts),
    default="training" if learningnow.is_learning() else "questions",
    required=True,
    format_func=lambda code: parts[code][0],
    key="improve_part",
    persist_state="session",
    label_visibility="collapsed",
)
parts[part or "questions"][1]()

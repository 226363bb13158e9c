"""Keeping: custom segments and moves are kept with the study, and the last change can be taken back."""

from typing import Any

import streamlit as st

from pages._shared import edits, state, view
from pages._shared.words import t
from segment_core.study import Study


def keep(study: Study, said: str, *, icon: str, **parts: Any) -> None:
    """Keep parts of the study that only the analyst changes, and remember how they were."""
    before = {name: getattr(study, name) for name in parts}
    state.replace_study(study.having(**parts))
    view.set_before(before, said)
    st.toast(said, icon=icon)


def undo_line() -> None:
    """Say what was changed last, with a way back."""
    found = view.before()
    if found is not None:
        with st.container(horizontal=True, vertical_alignment="center", key="kept"):
            st.markdown(f":material/check: {found[1]}", width="content")
            st.button(t("Undo"), icon=":material/undo:", key="undo_kept", on_click=_undo)


def _undo() -> None:
    study, found = state.study(), view.before()
    if found is not None and "edits" in found[0]:
        edits.undo()  # the ledger is never shortened: taking back is an entry too
    elif study is not None and found is not None:
        state.replace_study(study.having(**found[0]))
        st.toast(t("Taken back."), icon=":material/undo:")
    view.forget_before()

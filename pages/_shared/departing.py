"""Departing: what is about to leave for a language model, shown before it does."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages._shared import questioning
from pages._shared.words import t
from segment_core.llm import ModelAccess, Outbound


def may_go(letters: Callable[[], Sequence[Outbound]], access: ModelAccess, *, key: str) -> bool:
    """Show what would be sent to a model, and tell whether it may be sent; `letters` composes it.

    `key` names the place on the page. Nothing is sent here.
    """
    if not questioning.may_ask(access.url, access.model):
        return False
    with st.expander(t("Exactly what will be sent"), icon=":material/outbound:", key=f"departing.{key}"):
        st.code("\n\n".join(map(str, letters())), language="json", height=320)
    return True

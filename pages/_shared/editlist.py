"""Edit list: what has been said so far, latest first."""

import streamlit as st

from pages._shared.words import t
from segment_core.study import Study


def draw(study: Study) -> None:
    """Draw the ledger as a table, or say how to begin."""
    if not study.edits:
        st.caption(t("Nothing has been said yet. Select customers on Explore and move them, or open a segment."))
        return
    st.dataframe(
        [{t("When"): edit.at, t("Edit"): edit.what, t("Customers"): len(edit.customers)} for edit in study.edits[::-1]],
        hide_index=True,
        alt=t("Edits"),
        key="edits",
    )

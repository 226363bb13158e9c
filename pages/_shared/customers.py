"""Customers: all of them as a table one can search, pick in, label, and show on the map."""

import zlib

import numpy as np
import streamlit as st

from pages._shared import cached, marking, rows, state, view
from pages._shared.words import t
from segment_core.study import Study

HEIGHT = 420


def draw(study: Study) -> None:
    """Draw the search and the table, and what can be done with those picked in it."""
    words = st.text_input(
        t("Search customers"),
        placeholder=t("Words in any text, category or id; quotation marks keep words together"),
        icon=":material/search:",
        key="customer_search",
    ).strip()
    index = study.customers.frame.index
    hits = cached.customers_saying(*state.study_version(), words) if words else None
    mask = np.ones(len(index), dtype=bool) if hits is None else index.isin(hits)
    if not mask.any():
        st.caption(t("Nobody has all these words. Try fewer of them, or parts of words."))
        return
    actions = st.container(horizontal=True, vertical_alignment="center")
    found, formats = rows.table(study, mask)
    # Rows are reported by their place, so another search must be another table.
    event = st.dataframe(
        found,
        height=min(HEIGHT, 36 * len(found) + 39),
        column_config=formats,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"customers.{zlib.crc32(words.encode())}",
        alt=t("Customers"),
    )
    picked = found.index[[place for place in event["selection"]["rows"] if place < len(found)]].tolist()
    if len(found) < mask.sum():
        st.caption(t("The first {n:,} are shown; search to see others.", n=len(found)))
    with actions:
        _act(study, picked or (index[mask].tolist() if words else []), n_picked=len(picked), n_found=int(mask.sum()))


def _act(study: Study, ids: list[str], *, n_picked: int, n_found: int) -> None:
    marking.button(study, ids, "customers")
    st.button(
        t("Show on the map"),
        icon=":material/scatter_plot:",
        disabled=not ids,
        key="customers_to_map",
        on_click=view.select,
        args=(ids,),
    )
    if n_picked:
        st.markdown(t("Picked: {n:,} of {total:,}", n=n_picked, total=n_found), width="content")
    elif ids:
        st.markdown(t("Found: {n:,}. Pick some in the table, or label all found.", n=n_found), width="content")
    else:
        st.markdown(t("Tick customers in the table, or search, to label them."), width="content")

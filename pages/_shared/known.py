"""Known: segments against labels that are known already: a column of the file, or one of the analyst's own."""

import streamlit as st

from pages._shared import cached, glossary, state
from pages._shared import scores as drawn
from pages._shared.look import names
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Clustering
from segment_core.errors import DataError
from segment_core.metrics import agreement
from segment_core.study import Study

ROLES = ("category", "yes/no", "place")


def draw(study: Study, clustering: Clustering) -> None:
    """Ask for a column of labels; show how far the segments agree with it, and whether its groups differ at all."""
    found = [(name, False) for name in study.customers.named(*ROLES)]
    found += [(column.name, True) for column in study.labels]
    if not found:
        st.caption(t("No column holds categories or yes and no. Label customers on the Explore page to compare."))
        return
    st.caption(
        t(
            "Compare with what you know to be right. Labels play no part in finding segments, unless their column is a "
            "feature."
        )
    )
    titles = [t("Label: {name}", name=name) if own else name for name, own in found]
    chosen = st.selectbox(
        t("Column with labels"),
        range(len(found)),
        index=None,
        format_func=lambda place: titles[place],
        placeholder=t("Choose a column"),
        key="known_labels",
    )
    version = state.study_version()
    if chosen is None or version is None:
        return
    name, own = found[chosen]
    known = cached.label_values(*version)[name] if own else study.customers.frame[name]
    try:
        made = agreement(clustering, known.tolist())
    except DataError as error:
        st.info(plain(tell(error.message)))
        return
    st.caption(t("Customers without a label, left out: {n:,}.", n=made.n_without))
    with st.grid(2, min_column_width=300):
        for score in made.scores:
            drawn.card(score, len(study.customers))
    _differ(version, name, own=own)
    st.subheader(t("Segments by label"))
    table = made.table.rename(columns=lambda label: _said(study, name, label, own=own))
    table.insert(0, t("Segment"), list(names(study)))
    table.insert(
        1, t("Stands for"), [_said(study, name, made.matches.get(id_, ""), own=own) for id_ in made.table.index]
    )
    st.dataframe(table, hide_index=True, key="known_table", alt=t("Customers by segment and label"))


def _differ(version: tuple[str, str, int], name: str, *, own: bool) -> None:
    st.subheader(t("Do these groups differ at all?"))
    try:
        with st.spinner(t("Asking whether the groups differ")):
            verdict, check = cached.differs(*version, name, own=own)
    except DataError as error:
        st.caption(plain(tell(error.message)))
        return
    colour, icon = glossary.VERDICT_COLOURS[verdict], glossary.VERDICT_ICONS[verdict]
    st.badge(glossary.verdict(verdict), color=colour, icon=icon)
    st.markdown(plain(tell(check.finding)))
    st.caption(plain(tell(check.advice)))


def _said(study: Study, name: str, label: str, *, own: bool) -> str:
    if own or study.customers.column(name).role != "yes/no":
        return label
    return {"1.0": t("Yes"), "0.0": t("No")}.get(label, label)

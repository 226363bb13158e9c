"""Frame: what stands around every page: the status line, and a card for when there is nothing to show."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages._shared import cachededits, drawn, glossary, jobs, state, view
from pages._shared.words import plain, t
from segment_core.study import Study

DATA, FEATURES, SEGMENTS, EXPLORE, PERSONAS, CAMPAIGNS, IMPROVE, EXPORT, SETTINGS = (
    f"pages/{name}.py"
    for name in ("data", "features", "segments", "explore", "personas", "campaigns", "improve", "export", "settings")
)


def status_line() -> None:
    """Say on one quiet line what is open, and show the running job: the same on every page."""
    study = state.study()
    view.set_colours(cachededits.ledger().colours)
    drawn.remember(study)
    st.markdown(":small[" + " \u2002·\u2002 ".join(_status(study)) + "]")
    jobs.watch()


def head(title: str) -> DeltaGenerator:
    """Draw a page's title, and return the place to its right for the page's buttons, the primary one last."""
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        st.title(title, width="stretch")
        return st.container(horizontal=True, width="content", key="actions")


def empty_state(line: str, label: str, page: str, *, icon: str = ":material/hourglass_empty:") -> None:
    """Draw a centred card with one line and one primary button that leads to `page`."""
    with st.container(horizontal_alignment="center"):
        st.space("medium")
        with st.container(border=True, width=480, horizontal_alignment="center", gap="medium"):
            st.space("small")
            st.markdown(f"# {icon}", text_alignment="center")
            st.markdown(line, text_alignment="center")
            if st.button(label, type="primary", key="empty_action"):
                st.switch_page(page)
            st.space("small")


def missing(page: str) -> None:
    """Draw the empty state of a page whose work has to be done on another page first."""
    if jobs.busy():
        with st.container(horizontal_alignment="center"):
            st.space("medium")
            with st.container(border=True, width=480, horizontal_alignment="center", gap="medium"):
                st.space("small")
                st.markdown(t("This page fills as soon as the run above has ended."), text_alignment="center")
                st.space("small")
        return
    if page == DATA and state.study() is not None:
        page = SEGMENTS  # there are features, but nobody has looked for segments yet
    line, label = {
        DATA: (t("Start with a file of customers, or try the sample."), t("Choose a file")),
        SEGMENTS: (t("This page shows segments. Find them first."), t("Go to segments")),
        PERSONAS: (t("This page shows personas. Write them first."), t("Go to personas")),
    }.get(page, (t("There is nothing to show here yet."), t("Go back")))
    empty_state(line, label, page)


def _status(study: Study | None) -> list[str]:
    if study is None:
        return [f":gray[{t('No study is open yet.')}]"]
    parts = [
        f":gray[:material/folder_open: {plain(study.source)}]",
        f":gray[{t('Customers: {n:,}', n=len(study.customers))}]",
    ]
    if study.clustering is not None:
        parts.append(f":gray[{t('Segments: {n}', n=study.clustering.n_segments)}]")
    if study.scorecard is not None:
        verdict = study.scorecard.verdict
        colour, icon = glossary.VERDICT_COLOURS[verdict], glossary.VERDICT_ICONS[verdict]
        parts.append(f":{colour}-badge[{icon} {glossary.verdict(verdict)}]")
    ledger = cachededits.ledger()
    if ledger.waiting:
        parts.append(f":gray[:material/pending_actions: {t('Edits that wait: {n}', n=len(ledger.waiting))}]")
    if ledger.violated:
        said = t("Links that are not heeded: {n}", n=len(ledger.violated))
        parts.append(f":orange-badge[:material/link_off: {said}]")
    return parts

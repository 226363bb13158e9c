"""Incoming: how a file gets into the app: the drop card, the sample, and the studies already there."""

import datetime

import streamlit as st

from pages._shared import cached, glossary, state
from pages._shared.words import plain, t, tell
from segment_core.errors import DataError
from segment_core.intake import ReadingOptions
from segment_core.store import StudyEntry, default_folder

KINDS = ["csv", "tsv", "txt", "xlsx", "xls", "parquet", "zip", "gz", "bz2"]
SAMPLE_NAME = "sample-customers.csv"
N_RECENT = 6


def drop_card() -> None:
    """Draw the page's empty state: drop a file, or try the sample."""
    with st.container(horizontal_alignment="center"):
        st.space("small")
        with st.container(border=True, width=640, gap="medium"):
            st.subheader(t("Bring your customers"), text_alignment="center")
            st.markdown(
                t("A table with one row a customer, or one row an order or a review: Strata finds out which."),
                text_alignment="center",
            )
            uploader()
            with st.container(horizontal=True, horizontal_alignment="center"):
                st.button(t("Try the sample"), icon=":material/science:", key="sample", on_click=_offer_sample)
            st.caption(f":material/lock: {t('Files stay on this machine.')}", text_alignment="center")


def uploader() -> None:
    """Draw the file uploader; the file is copied into the workspace at once and leaves memory."""
    number, _ = state.offered()
    key = f"file_{number}"
    st.file_uploader(
        t("CSV, TSV, Excel or Parquet, zipped or not, up to {n} MB", n=int(st.get_option("server.maxUploadSize"))),
        type=KINDS,
        key=key,
        on_change=state.offer_uploaded,
        args=(key,),
    )


def another_file() -> None:
    """Draw the same choices small, for when a file is open already; a new number closes it."""
    number, _ = state.offered()
    with st.popover(t("Another file"), icon=":material/upload_file:", key=f"another_file_{number}"):
        uploader()
        st.button(t("Try the sample"), icon=":material/science:", key="sample", on_click=_offer_sample)


def take_offered() -> None:
    """Read the file just offered; where it cannot be read, say why and keep what was open."""
    _, waiting = state.offered()
    if waiting is None:
        return
    found = state.workspace().upload(waiting)
    state.forget_offer()
    try:
        with st.spinner(t("Reading the file…")):
            cached.table(str(default_folder()), found.id, found.name, ReadingOptions())
    except DataError as error:
        st.error(plain(tell(error.message)), title=t("This file cannot be used as it is"), icon=":material/error:")
    else:
        state.set_upload(found.id)


def recent_studies() -> None:
    """List the latest studies, each a click away."""
    entries = state.studies()[:N_RECENT]
    if not entries:
        return
    st.subheader(t("Recent studies"))
    with st.container(gap="xsmall", key="recent"):
        for entry in entries:
            _recent(entry)


def _recent(entry: StudyEntry) -> None:
    opened = entry.id == state.study_id()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            plain(entry.name)[:90],
            icon=":material/folder_open:" if opened else ":material/folder:",
            key=f"open_{entry.id}",
            type="tertiary",
            disabled=opened,
            on_click=state.open_study,
            args=(entry.id,),
        )
        st.caption(" · ".join(_told(entry)), width="content")


def _told(entry: StudyEntry) -> list[str]:
    found = [datetime.datetime.fromtimestamp(entry.updated).strftime("%Y-%m-%d %H:%M")]
    if entry.summary.get("n_customers"):
        found.append(t("Customers: {n:,}", n=entry.summary["n_customers"]))
    if entry.summary.get("n_segments"):
        found.append(t("Segments: {n}", n=entry.summary["n_segments"]))
    if entry.summary.get("verdict"):
        found.append(glossary.verdict(entry.summary["verdict"]))
    return found


def _offer_sample() -> None:
    state.offer(SAMPLE_NAME, cached.sample())

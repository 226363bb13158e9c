"""Incoming: how a file gets into the app: the drop card, the sample, and the studies already there."""

import datetime

import streamlit as st

from pages._shared import cached, glossary, state
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Progress
from segment_core.errors import DataError
from segment_core.messages import Message
from segment_core.plan import Plan
from segment_core.store import StudyEntry, default_folder

KINDS = [
    "csv",
    "tsv",
    "tab",
    "txt",
    "xlsx",
    "xls",
    "ods",
    "parquet",
    "json",
    "jsonl",
    "ndjson",
    "npy",
    "zip",
    "gz",
    "bz2",
]
SAMPLE_NAME = "sample-customers.csv"
TABLES_NAME = "sample-shop.zip"
N_RECENT = 6


def drop_card() -> None:
    """Draw the page's empty state: drop a file, or try the sample."""
    with st.container(horizontal_alignment="center"):
        st.space("small")
        with st.container(border=True, width=640, gap="medium"):
            st.subheader(t("Bring your customers"), text_alignment="center")
            st.markdown(
                t(
                    "One table or several: customers, orders, products, reviews. Strata finds out what each holds and "
                    "how they hang together."
                ),
                text_alignment="center",
            )
            uploader()
            with st.container(horizontal=True, horizontal_alignment="center"):
                _samples()
            st.caption(f":material/lock: {t('Files stay on this machine.')}", text_alignment="center")


def uploader(beside: str | None = None) -> None:
    """Draw the file uploader; files are copied into the workspace at once and leave memory."""
    number, _ = state.offered()
    key = f"file_{number}" + ("_beside" if beside else "")
    st.file_uploader(
        t(
            "CSV, TSV, JSON lines, Excel or Parquet, zipped or not, up to {n} MB; several tables at once are joined",
            n=int(st.get_option("server.maxUploadSize")),
        ),
        type=KINDS,
        key=key,
        accept_multiple_files=True,
        on_change=state.offer_uploaded,
        args=(key, beside),
    )


def another_file() -> None:
    """Draw the same choices small, for when a file is open already; a new number closes it."""
    number, _ = state.offered()
    upload = state.upload()
    with st.popover(t("Another file"), icon=":material/upload_file:", key=f"another_file_{number}"):
        uploader()
        _samples()
    if upload is not None:
        with st.popover(t("Add a table"), icon=":material/add:", key=f"add_table_{number}"):
            st.caption(t("Its rows are joined to the customers you have. A table of the same name is replaced."))
            uploader(upload.id)


def take_offered() -> None:
    """Read the file just offered; where it cannot be read, say why and keep what was open."""
    _, waiting = state.offered()
    if waiting is None:
        return
    found = state.workspace().upload(waiting)
    state.forget_offer()
    place = st.empty()
    try:
        with place.container():
            cached.tables(str(default_folder()), found.id, found.name, Plan(), _bar())
    except DataError as error:
        place.empty()
        st.error(plain(tell(error.message)), title=t("This file cannot be used as it is"), icon=":material/error:")
    else:
        place.empty()
        state.set_upload(found.id)


def _bar() -> Progress:
    """Draw a progress bar with a Cancel beside it; any click ends the reading, this one forgets the file too."""
    with st.container(horizontal=True, vertical_alignment="center", key="reading_progress"):
        bar = st.progress(0.0, text=t("Reading the file…"), width="stretch")
        st.button(t("Cancel"), icon=":material/close:", key="reading_cancel")

    def told(done: float, total: float, note: Message) -> None:
        bar.progress(min(max(done / total if total else 0.0, 0.0), 1.0), text=plain(tell(note)))

    return told


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


def _samples() -> None:
    st.button(t("Try the sample"), icon=":material/science:", key="sample", on_click=_offer_sample)
    st.button(
        t("Try several tables"),
        icon=":material/hub:",
        key="sample_tables",
        on_click=_offer_tables,
        help=t("Customers, orders, order lines, products, reviews and tickets of an invented shop."),
    )


def _offer_sample() -> None:
    state.offer(SAMPLE_NAME, cached.sample())


def _offer_tables() -> None:
    state.offer(TABLES_NAME, cached.sample_tables())

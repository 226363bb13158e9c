"""Capsules on the pages: take the study along as one file, and open one that somebody gave."""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from pages._shared import jobs, state
from pages._shared.words import plain, t, tell
from segment_core.capsules import SUFFIX, pack
from segment_core.capsules.hiding import left_out
from segment_core.intake import bundle
from segment_core.llm.ledger import FILE, Ledger
from segment_core.study import Study

ENTER = "segment_core.capsules.entering:enter"
CAPSULE, DATA, ROWS = "capsule_file", "capsule_data", "capsule_rows"


def download(study: Study) -> None:
    """Draw the download of the whole study as one file, with or without the customers."""
    st.markdown(f"**{t('The whole study, to open elsewhere')}**")
    st.caption(
        t(
            "One file with the plan, seeds, versions, segments, scores, personas and all you added. It opens in any "
            "Strata with the data file it was made of, and gives the same segments."
        )
    )
    rows = st.toggle(
        t("With customer rows"),
        key=ROWS,
        help=t("Then it opens without the data file. Without, no row, text or id of a customer is in it."),
    )
    if rows:
        st.warning(
            t("The file will hold all customers with their ids and texts. Pass it on as you would the data."),
            icon=":material/warning:",
        )
    else:
        with st.expander(t("What is in it of customers"), icon=":material/shield_person:", key="capsule_left_out"):
            for message in left_out():
                st.caption(plain(tell(message)))
    st.download_button(
        t("Download the capsule"),
        data=partial(_bytes, study, rows, state.study_id(), state.workspace().folder),
        file_name=f"{Path(study.source).stem or 'study'}{SUFFIX}",
        mime="application/zip",
        icon=":material/deployed_code:",
        key="download_capsule",
        disabled=study.clustering is None or study.scorer is None,
        on_click="ignore",
    )


def opening() -> None:
    """Draw the button that opens a capsule: it becomes a study of this workspace."""
    if st.button(t("Open a capsule"), icon=":material/deployed_code:", key="capsule_open", disabled=jobs.busy()):
        st.dialog(t("Open a capsule"))(_ask)()


def _ask() -> None:
    st.caption(t("A capsule is a study in one file. If it holds no customers, give the data file it was made of, too."))
    capsule = st.file_uploader(t("Capsule"), type=[SUFFIX.removeprefix(".")], key=CAPSULE)
    st.file_uploader(t("Its data file, or several"), key=DATA, accept_multiple_files=True)
    if st.button(t("Open"), type="primary", key="capsule_start", disabled=capsule is None):
        _start()
        st.rerun()  # closes the dialog; the progress is drawn above the page


def _start() -> None:
    given, data = st.session_state.get(CAPSULE), st.session_state.get(DATA)
    if given is None:
        return
    workspace = state.workspace()
    capsule = workspace.keep_upload(given.name, given.getvalue())
    files = [(file.name, file.getvalue()) for file in data or ()]
    kept = workspace.keep_upload(*bundle(files)).id if files else None
    jobs.start(ENTER, {"capsule": capsule.id, "data": kept, "study": None})


def _bytes(study: Study, rows: bool, study_id: str | None, folder: Path) -> bytes:
    calls = [call for call in Ledger(folder / FILE).entries() if study_id and call.study == study_id]
    with TemporaryDirectory() as temporary:
        return pack(study, Path(temporary) / "study.strata", rows=rows, ledger=calls).path.read_bytes()

"""Report form: the study as one file to read, print or present, in the language of those who will."""

import streamlit as st

from pages._shared import jobs, state
from pages._shared.words import LANGUAGES, language, t
from segment_core.reporting import KINDS, MIMES, PARTS, Kind, report
from segment_core.reporting.making import key_of, made
from segment_core.study import Study

MAKE = "segment_core.reporting.making:make"


def draw(study: Study) -> None:
    """Ask for what and in which language; offer the file where it is there, else to write it."""
    labels = {
        "html": t("Page to click through (HTML)"),
        "pdf": t("Document to print (PDF)"),
        "pptx": t("Slides to edit (PowerPoint)"),
    }
    with st.container(border=True, key="report"):
        st.markdown(f"**{t('Report')}**")
        st.caption(
            t(
                "Summary, checks, map, each segment, and all evidence in one file that loads nothing. Personal data in "
                "quotes are masked."
            )
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kind: Kind = st.selectbox(
                t("Report as"), KINDS, format_func=lambda one: labels[one], key="report_kind", persist_state="session"
            )
            spoken = st.selectbox(
                t("Language of the report"),
                list(LANGUAGES),
                index=list(LANGUAGES).index(language()),
                format_func=lambda one: LANGUAGES[one],
                key="report_language",
                persist_state="session",
            )
        chosen = st.pills(
            t("Parts of the report"),
            list(PARTS),
            selection_mode="multi",
            default=list(PARTS),
            format_func=lambda part: t(PARTS[part].template),
            key="report_parts",
            persist_state="session",
            help=t("The summary always stands in it. Leave out customers' own words if the report goes outside."),
        )
        _button(study, kind, spoken, tuple(part for part in PARTS if part not in chosen))


def _button(study: Study, kind: Kind, spoken: str, without: tuple[str, ...]) -> None:
    _, study_id, version = state.study_version()
    workspace = state.workspace()
    key = key_of(study_id, version, kind, spoken, without)
    if kind != "html" and not workspace.has_array(key):
        # Many segments take many seconds to set and to lay out, which is the worker's business.
        if st.button(t("Write the report"), icon=":material/edit_document:", key="report_make", disabled=jobs.busy()):
            jobs.start(MAKE, {"study": study_id, "kind": kind, "language": spoken, "without": list(without)})
            st.rerun()  # the progress is drawn above this page
        return
    st.download_button(
        t("Download the report"),
        lambda: (kind != "html" and made(workspace, key)) or report(study, kind, spoken, without=without),
        f"report.{kind}",
        MIMES[kind],
        icon=":material/download:",
        key="report_download",
        on_click="ignore",
    )

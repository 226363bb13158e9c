"""Asking: the search of this session: what was asked last, the worker that reads its meaning, whom it lights."""

from dataclasses import dataclass, replace

import streamlit as st

from pages._shared import found, jobs, preferences, sending, state, view
from pages._shared.words import plain, t, tell
from segment_core.artifacts import Query
from segment_core.errors import DataError, OptionError
from segment_core.scaling.status import JobStatus
from segment_core.searching import ASK

SEARCH, JOB, WRONG, DARK = "asked_search", "search_job", "search_error", "search_not_lit_yet"
PATIENCE = 1.5
"""Seconds that a page waits for an answer before it shows how far the worker is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the version of the study's folder and id that it was put to."""

    query: Query
    study: str


def query() -> Query | None:
    """Return what was asked last of the open study, or None."""
    asked: Asked | None = st.session_state.get(SEARCH)
    return asked.query if asked is not None and asked.study == (state.study_id() or "") else None


def put(asked: Query | None) -> None:
    """Ask; whom it finds is lit on the map as soon as they are known. None stops searching."""
    st.session_state[WRONG] = ""
    if asked is None or not (asked.words or asked.meaning or asked.conditions):
        st.session_state.pop(SEARCH, None)
        view.select(())
        return
    st.session_state[SEARCH] = Asked(asked, state.study_id() or "")
    st.session_state[DARK] = True


def stop_at(n: int) -> None:
    """Take so many most like customers."""
    asked = query()
    if asked is not None:
        put(replace(asked, n_nearest=n))


def wrong() -> str:
    """Return why the last search could not be done, "" where it could."""
    said: str = st.session_state.get(WRONG, "")
    return said


def settle() -> None:
    """See to the search that was put: ask the worker where its meaning is not known, and light whom it finds.

    The page calls this before it draws the map.
    """
    asked, version = query(), state.study_version()
    if asked is None or version is None or wrong():
        return
    try:
        people = found.customers(*version, asked)
        if people is None and sending.waits():
            return  # the page shows what would leave first
        if people is None:
            _ask(asked)
            people = found.customers(*version, asked)
    except OptionError as error:
        st.session_state[WRONG] = tell(error.message)
        return
    if people is not None and st.session_state.pop(DARK, False):
        view.select(people.ids)


def progress() -> None:
    """Draw how far the worker is with the question, and a way to cancel it."""
    if st.session_state.get(JOB):
        st.fragment(_progress, run_every=0.5)()


def _progress() -> None:
    job = st.session_state.get(JOB)
    status = _status(job) if job else None
    if status is None or status.is_over:
        st.rerun()  # the whole page: `settle` takes up the answer
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="search_job"):
        st.progress(min(max(status.fraction, 0.0), 1.0), text=plain(tell(status.note)), width="stretch")
        st.button(t("Cancel"), icon=":material/close:", key="search_cancel", on_click=_cancel, args=(job,))


def _ask(asked: Query) -> None:
    """Give the question to the worker, unless it has it, and wait a moment for a quick answer."""
    held: tuple[str, str] = st.session_state.get(JOB) or ("", "")
    if held[1] != asked.meaning:
        if held[0]:
            _cancel(held)
        key = preferences.llm_key()
        args = {"workspace": str(state.workspace().folder), "study": state.study_id(), "meaning": asked.meaning}
        args["send"] = sending.allowed()
        job = jobs.jobs().submit(ASK, args, secrets={"llm_key": key} if key else {})
        held = (job, asked.meaning)
        st.session_state[JOB] = held
        jobs.jobs().wait(job, PATIENCE)
    status = _status(held)
    if status is None or not status.is_over:
        return
    st.session_state.pop(JOB, None)
    if status.state == "cancelled":
        st.session_state[WRONG] = t("The search was cancelled.")
    elif status.state != "done":
        st.session_state[WRONG] = tell(status.error) if status.error else t("The search did not finish.")


def _status(held: tuple[str, str]) -> JobStatus | None:
    try:
        return jobs.jobs().status(held[0])
    except DataError:
        return None


def _cancel(held: tuple[str, str]) -> None:
    jobs.jobs().cancel(held[0])

"""Jobs: start long work in the worker, follow it through refreshes, and open what it made."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages._shared import agreed, cached, preferences, state, view
from pages._shared.words import duration, plain, t, tell
from segment_core import answering
from segment_core.errors import DataError
from segment_core.scaling.jobs import Jobs
from segment_core.scaling.status import JobStatus
from segment_core.store import default_folder
from segment_core.writing_contents import WRITE

RUN_STUDY = "segment_core.tasks:run_study"
WRITE_PERSONAS = "segment_core.tasks:write_personas"
TUNE = "segment_core.tuning:tune"
ANSWER_PAIRS = "segment_core.improving.modelled:answer"
APPLY = "segment_core.improving.applying:apply"

CANCELLED, SAME, WAITS = "job_cancelled", "job_changed_nothing", "job_waits_for_a_yes"
OVER = ("done", "cancelled")
"""States in which nothing is left to be said of a job."""


def jobs() -> Jobs:
    """Return the workspace's jobs; the first call warms the worker in the background."""
    return cached.jobs(str(default_folder()))


def start(task: str, args: Mapping[str, Any]) -> None:
    """Start a job; its id goes into the address, so that a refresh finds it again.

    The workspace is filled in, and a language model's key goes along as a secret. app.py
    draws the progress on every page; a page only starts. Nothing is started while nobody agreed that data go to a
    server that the job would ask.
    """
    st.session_state.pop(WAITS, None)
    for access in agreed.servers(args):
        if not agreed.given(access, str(args.get("study") or agreed.about())):
            st.session_state[WAITS] = access.host
            return
    key = preferences.llm_key()
    found = {"workspace": str(state.workspace().folder), **args}
    st.session_state.pop(CANCELLED, None)
    st.session_state.pop(SAME, None)
    job = jobs().submit(task, found, secrets={"llm_key": key} if key else {})
    state.set_request(job, task, found)
    state.set_job(job)


def busy() -> bool:
    """Tell whether this session follows a job that has not ended."""
    status = _followed()
    return status is not None and _lives(status)


def settle() -> None:
    """Open what a finished job made, and forget jobs that were cancelled: app.py calls this before it draws."""
    status = _followed()
    if status is None:
        return
    if status.state == "done":
        _open(status)
        if (status.result or {}).get("same"):
            st.session_state[SAME] = status.task
        else:
            st.toast(t("Done in {time}.", time=duration(status.elapsed)), icon=":material/check_circle:")
    if status.state == "cancelled":
        st.session_state[CANCELLED] = status.task  # a toast would be lost where the page is drawn again at once
    if status.state in OVER:
        state.set_job(None)


def watch() -> None:
    """Draw the job this session follows: its progress and a way to cancel it, or why it ended."""
    if st.session_state.get(WAITS):
        st.warning(
            t(
                "Nothing was started: it would send data of this study to {host}, and nobody has agreed to that yet. "
                "Choose the model on the Features, Segments or Personas page, see what leaves, and agree there.",
                host=plain(st.session_state[WAITS]),
            )
        )
        st.button(t("Dismiss"), key="waits_dismiss", on_click=st.session_state.pop, args=(WAITS, None))
    status = _followed()
    if status is None:
        for key, said, icon in ((CANCELLED, _cancelled, "cancel"), (SAME, _same, "equal")):
            if st.session_state.get(key):
                st.info(said(st.session_state[key]), icon=f":material/{icon}:")
                st.button(t("Dismiss"), key=f"{icon}_dismiss", on_click=st.session_state.pop, args=(key, None))
        return
    if _lives(status):
        st.fragment(_draw_progress, run_every=0.5)()
    elif status.state in OVER:
        st.rerun()  # it ended after `settle` had looked
    else:
        _draw_failure(status)


def _open(status: JobStatus) -> None:
    """Open what a job made: a study, or what a model read of a question to the open one, which is left as it is."""
    result = status.result or {}
    if status.task != answering.ASK:
        state.open_study(result.get("study"))
        return
    if result.get("study") != state.study_id():
        state.open_study(result.get("study"))
    try:
        view.add_question(str(result.get("question", "")), answering.read_from_json(result.get("read") or {}))
    except DataError as error:
        st.toast(plain(tell(error.message)), icon=":material/error:")


def _cancelled(task: str) -> str:
    if task == answering.ASK:
        return t("The model was stopped before it had read the question. The question is kept; you can ask it again.")
    if task in (WRITE_PERSONAS, WRITE):
        return t(
            "Writing was stopped. What was finished by then is kept, the rest is as it was; "
            "the history on the Personas page brings back what was there before."
        )
    if task == ANSWER_PAIRS:
        return t("The model was stopped. What it answered until then is kept.")
    if task == TUNE:
        return t(
            "The training was stopped. If it had begun to learn, that is written down, and it can go on from there."
        )
    if task == APPLY:
        return t(
            "Stopped: the segments are as they were. What you said of them is kept and waits: apply it or undo it."
        )
    return t("The run was cancelled. Everything is as it was before.")


def _same(task: str) -> str:
    if task == WRITE:
        return t(
            "Nothing changed: the same brief, segments and writer give the same messages. For others, change the brief "
            "or the writer, or press Another one at a message."
        )
    return t(
        "Nothing changed: the same segments and the same writer give the same words. For others, choose another writer "
        "or language, let a model write one part again, or edit a sentence yourself."
    )


def _draw_progress() -> None:
    status = _followed()
    if status is None or not _lives(status):
        st.rerun()  # the whole page: buttons were off while it ran, and `settle` opens what was made
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="job"):
        with st.container(width="stretch", gap="xsmall"):
            st.progress(min(max(status.fraction, 0.0), 1.0), text=plain(tell(status.note)))
            st.caption(_times(status))
        st.button(t("Cancel"), icon=":material/close:", key="job_cancel", on_click=_cancel, args=(status.id,))


def _draw_failure(status: JobStatus) -> None:
    if status.state == "lost":
        st.warning(t("The app was closed while this was running. What was finished is kept; run it again to go on."))
    elif status.is_bug:
        st.error(
            t("Something went wrong in Strata itself. Your data and earlier results are as they were."),
            title=t("This run did not finish"),
        )
        st.caption(t("The details are in the log of the job:"))
        st.code(str(state.workspace().folder / "logs" / f"{status.id}.log"), language=None)
    else:
        said = plain(tell(status.error)) if status.error else t("The run did not finish.")
        st.error(t("The model could not be asked: {reason}", reason=said) if status.task == answering.ASK else said)
        if status.task == answering.ASK:
            st.caption(t("The question is kept; you can ask it again."))
    with st.container(horizontal=True):
        if state.request() is not None and (status.is_bug or status.state == "lost"):
            st.button(t("Run again"), icon=":material/replay:", key="job_again", on_click=_again)
        st.button(t("Dismiss"), key="job_dismiss", on_click=state.set_job, args=(None,))


def _times(status: JobStatus) -> str:
    if status.state == "queued":
        return t("It starts by itself.")
    if status.expected is None:
        return t("{time} so far", time=duration(status.elapsed))
    return t("{time} of about {expected}", time=duration(status.elapsed), expected=duration(status.expected))


def _lives(status: JobStatus) -> bool:
    return not status.is_over


def _followed() -> JobStatus | None:
    job = state.job_id()
    try:
        return jobs().status(job) if job else None
    except DataError:  # an address from another workspace, or a typing error
        state.set_job(None)
        return None


def _cancel(job: str) -> None:
    jobs().cancel(job)


def _again() -> None:
    request = state.request()
    if request is not None:
        start(*request)

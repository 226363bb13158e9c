"""Jobs on the page: progress and cancel while one runs, and what is said when it ends, however it ends."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import jobs, state
from segment_core.errors import DataError
from segment_core.messages import say
from segment_core.scaling import JobStatus
from segment_core.store import Workspace, default_folder
from segment_core.study import Study

RUNNING = JobStatus(
    id="j1",
    task="segment_core.tasks:run_study",
    owner="",
    state="running",
    note=say("Reading texts: {done} of {n}", done=10, n=40),
    fraction=0.25,
    elapsed=30.0,
    expected=120.0,
    result=None,
    error=None,
    is_bug=False,
)


class Board:
    """Stand in for the worker: one job, whose status the test decides."""

    def __init__(self) -> None:
        self.now: JobStatus | None = RUNNING
        self.submitted: list[tuple[str, dict, dict]] = []

    def status(self, job: str) -> JobStatus:
        if self.now is None or job != self.now.id:
            raise DataError("This job is not known any more; start it again.")
        return self.now

    def cancel(self, job: str) -> None:
        self.now = replace(self.status(job), state="cancelled")

    def submit(self, task: str, args: dict, *, secrets: dict) -> str:
        self.submitted.append((task, args, secrets))
        self.now = RUNNING
        return RUNNING.id


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Board:
    found = Board()
    monkeypatch.setattr(jobs, "jobs", lambda: found)
    return found


REFRESHED = {"job": "j1"}
"""What a refreshed browser has: the job in its address, and a session that knows nothing."""


def keys(app: AppTest) -> set[str | None]:
    return {button.key for button in app.button}


def test_a_refreshed_page_finds_the_running_job(empty, board: Board) -> None:
    app = empty("settings", address=REFRESHED)
    assert app.progress[0].value == 25
    assert "Reading texts" in app.progress[0].text
    assert any("30 s of about 2 min 0 s" in caption.value for caption in app.caption)
    assert app.query_params["job"] == "j1"


def test_cancel_ends_it_and_the_address_forgets_it(empty, board: Board) -> None:
    app = empty("settings", address=REFRESHED)
    app.button(key="job_cancel").click().run()
    assert not app.exception
    assert not app.progress
    assert "job" not in app.query_params


def test_a_waiting_job_says_so(empty, board: Board) -> None:
    board.now = replace(RUNNING, state="queued", note=say("Waking the engine…"), fraction=0.0, expected=None)
    app = empty("settings", address=REFRESHED)
    assert "Waking the engine" in app.progress[0].text


def test_a_finished_job_opens_its_study(full, board: Board) -> None:
    workspace = Workspace(default_folder())
    made = workspace.studies()[0].id
    newer = workspace.new_study("newer")
    workspace.save_study(newer, workspace.load_study(Study, made), summary={})
    assert full("export").session_state[state.STUDY] == newer
    board.now = replace(RUNNING, state="done", result={"study": made}, fraction=1.0)
    app = full("export", address=REFRESHED)
    assert app.session_state[state.STUDY] == made
    assert "job" not in app.query_params
    assert app.dataframe


@pytest.mark.parametrize("task, said", [(jobs.WRITE_PERSONAS, "another writer"), (jobs.WRITE, "change the brief")])
def test_why_nothing_changed_is_said_and_a_stop_keeps_what_was_finished(full, board: Board, task, said) -> None:
    result = {"study": Workspace(default_folder()).studies()[0].id, "same": True}
    board.now = replace(RUNNING, task=task, state="done", result=result)
    app = full("settings", address=REFRESHED)
    assert not app.exception and not app.toast
    assert app.info[0].value.startswith("Nothing changed: ") and said in app.info[0].value
    app.button(key="equal_dismiss").click().run()
    assert not app.info
    board.now = replace(RUNNING, task=task, state="cancelled")
    app.session_state[state.JOB] = "j1"
    app.run()
    assert "What was finished by then is kept" in app.info[0].value


def test_a_job_that_ends_while_the_page_is_drawn_has_not_failed(full, board: Board, monkeypatch) -> None:
    made = Workspace(default_folder()).studies()[0].id
    done = replace(RUNNING, state="done", result={"study": made}, fraction=1.0)
    looks = iter([RUNNING])
    monkeypatch.setattr(board, "status", lambda job: next(looks, done))
    app = full("settings", address=REFRESHED)
    assert not app.error
    assert "job" not in app.query_params


def test_what_the_analyst_can_mend_is_shown_as_it_stands(empty, board: Board) -> None:
    error = say("The file {name} is empty. Give a file with one row for each customer.", name="*a*.csv")
    board.now = replace(RUNNING, state="failed", error=error)
    app = empty("settings", address=REFRESHED)
    assert "\\*a\\*\\.csv" in app.error[0].value
    app.button(key="job_dismiss").click().run()
    assert not app.error


def test_a_bug_is_said_calmly_with_the_place_of_the_log(empty, board: Board) -> None:
    board.now = replace(RUNNING, state="failed", error=say("Something went wrong inside Strata."), is_bug=True)
    app = empty("settings", address=REFRESHED)
    assert "Your data and earlier results are as they were" in app.error[0].value
    assert app.code[0].value.endswith("j1.log")


def test_a_lost_job_can_be_run_again(empty, board: Board) -> None:
    app = empty("export", address=REFRESHED)
    request = {"job": "j1", "task": jobs.RUN_STUDY, "args": {"upload": "u"}}
    Workspace(default_folder()).keep_setting("last_request", request)
    app.session_state[state.LLM_KEY] = "secret"
    board.now = replace(RUNNING, state="lost")
    app.run()
    assert "closed while this was running" in app.warning[0].value
    app.button(key="job_again").click().run()
    ((task, args, secrets),) = board.submitted
    assert task == jobs.RUN_STUDY
    assert args["upload"] == "u"
    assert "secret" not in str(args)
    assert secrets == {"llm_key": "secret"}
    assert app.progress


def test_a_job_nobody_knows_is_forgotten(empty, board: Board) -> None:
    board.now = None
    app = empty("settings", address=REFRESHED)
    assert "job" not in app.query_params
    assert "job_cancel" not in keys(app)


def test_pages_wait_while_a_job_runs(empty, board: Board) -> None:
    app = empty("export", address=REFRESHED)
    assert "empty_action" not in keys(app)
    assert any("as soon as the run above has ended" in text.value for text in app.markdown)

"""Ask the data: questions in plain words on the Personas page."""

import json
from importlib import import_module

import pytest

from pages._shared import jobs, state
from segment_core.artifacts import silent
from segment_core.errors import SegmentError
from segment_core.llm import Ledger
from segment_core.llm.ledger import FILE
from segment_core.messages import say
from segment_core.scaling.status import JobStatus
from segment_core.store import Workspace, default_folder
from segment_core.study import Study
from tests.llm.server import ScriptedServer


def kept() -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def asked(app, question: str):
    app.text_input(key="askdata.question").set_value(question)
    button = next(one for one in app.button if one.label == "Ask" or one.label == "提问")
    return button.click().run()


def texts(app) -> str:
    return " ".join(element.value for kind in (app.markdown, app.caption, app.info) for element in kind)


def test_nothing_asked_yet_offers_examples_of_this_study(full) -> None:
    app = full("personas", part="ask")
    assert not app.exception
    assert "Nothing was asked yet" in texts(app)
    assert len([one for one in app.button if one.key and one.key.startswith("askdata.example.")]) == 4


def test_an_answer_shows_its_sentence_its_query_and_leads_to_its_customers(full) -> None:
    app = asked(full("personas", part="ask"), "How many customers are in S2?")
    assert not app.exception
    study = kept()
    n = int((study.clustering.ids == "S2").sum())
    assert f"Customers\\: {n} " in texts(app)
    assert any('FROM "customers"' in one.value for one in app.code)
    app.button(key="askdata.row.0").click().run()
    assert app.title[0].value == "Explore"
    assert set(app.session_state[state.SELECTION]) == set(study.customers.frame.index[study.clustering.ids == "S2"])


def test_what_cannot_be_answered_is_said_and_shows_no_figure(full) -> None:
    app = asked(full("personas", part="ask"), "Why does S1 complain?")
    assert not app.exception
    assert "not why" in texts(app)
    assert not app.code
    app.button(key="askdata.nearest.0").click().run()
    assert not app.exception and app.code


def test_questions_are_remembered_and_cleared(full) -> None:
    app = asked(full("personas", part="ask"), "average age")
    app = asked(app, "average satisfaction by segment")
    assert app.button(key="askdata.again.0").label == "average age"
    app.button(key="askdata.clear").click().run()
    assert "Nothing was asked yet" in texts(app)


def test_customer_text_in_a_question_is_not_markdown(full) -> None:
    app = asked(full("personas", part="ask"), "how many **bold** [x](http://a.b)")
    assert not app.exception
    assert "**bold**" not in texts(app)


class Reader(ScriptedServer):
    """Read every question as the average age."""

    def _text(self, body: dict, formal: bool) -> str:
        return json.dumps({"measure": "mean", "column": "age"})


class Worker:
    """Do a job at once, in this process, as the worker would, or be cancelled before it began."""

    def __init__(self) -> None:
        self.tasks: list[str] = []
        self.cancels = False
        self._over: dict[str, JobStatus] = {}

    def submit(self, task: str, args: dict, *, secrets: dict) -> str:
        self.tasks.append(task)
        module, name = task.split(":")
        job, how, result, error = f"job{len(self.tasks)}", "cancelled" if self.cancels else "done", None, None
        try:
            if not self.cancels:
                result = getattr(import_module(module), name)(json.loads(json.dumps(args)), secrets, silent)
        except SegmentError as wrong:
            how, error = "failed", wrong.message
        self._over[job] = JobStatus(job, task, "", how, say("-"), 1.0, 0.1, None, result, error, False)
        return job

    def status(self, job: str) -> JobStatus:
        return self._over[job]


def test_a_model_reads_what_was_not_understood_in_a_job_that_may_fail_or_be_cancelled(
    full, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, question = Worker(), "how wrinkled are they"
    monkeypatch.setattr(jobs, "jobs", lambda: worker)
    app = asked(full("personas", part="ask"), question)
    assert not [one for one in app.button if one.key == "askdata.model"]
    server = Reader()
    try:
        Workspace(default_folder()).keep_setting("llm", {"url": server.url, "model": "m"})
        worker.cancels = True
        app.run().button(key="askdata.model").click().run()
        assert any("stopped before it had read the question" in one.value for one in app.info)
        assert app.text_input(key="askdata.question").value == question and not server.requests
        app.button(key="cancel_dismiss").click().run()
        worker.cancels, server.mode = False, "401"
        app.button(key="askdata.model").click().run()
        assert app.error[0].value.startswith("The model could not be asked: ")
        app.switch_page("pages/settings.py").run().switch_page("pages/personas.py").run()
        assert app.text_input(key="askdata.question").value == question
        app.session_state[state.SELECTION] = ("somebody",)
        server.mode = "good"
        app.button(key="askdata.model").click().run()
        assert not app.exception
        assert "The model read this question" in texts(app) and "Average of" in texts(app)
        assert app.session_state[state.SELECTION] == ("somebody",)
        assert app.button(key="askdata.again.0").label == question
        assert set(worker.tasks) == {"segment_core.answering.asking:ask"}
        assert Ledger(default_folder() / FILE).entries()[-1].purpose == "question"
        app = asked(app, "Why are they so old?")
        assert not [one for one in app.button if one.key == "askdata.model"]
    finally:
        server.close()


def test_a_question_for_a_server_elsewhere_waits_for_a_yes(full, started) -> None:
    full("personas", part="ask")
    Workspace(default_folder()).keep_setting("llm", {"url": "https://api.example.com/v1", "model": "m"})
    app = asked(full("personas", part="ask"), "how wrinkled are they")
    assert not [one for one in app.button if one.key == "askdata.model"]
    app.button(key="agree.askdata").click().run()
    app.button(key="askdata.model").click().run()
    ((task, args),) = started
    assert task == "segment_core.answering.asking:ask" and args["question"] == "how wrinkled are they"
    assert args["model"] == {"name": "model", "options": {"url": "https://api.example.com/v1", "model": "m"}}
    assert [one.host for one in jobs.agreed.servers(args)] == ["api.example.com"]

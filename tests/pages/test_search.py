"""The Search part of Explore: who is found and why, what lights up, and what is kept of a search."""

import importlib
import json
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import asking, cached, jobs, search, state
from segment_core.artifacts import Condition, Group, Query, Step, silent
from segment_core.errors import SegmentError
from segment_core.messages import say
from segment_core.scaling.status import JobStatus
from segment_core.searching import Quote, passages_of
from segment_core.store import Workspace, default_folder
from segment_core.study import Study
from tests.llm.embedding_server import embedding


class Worker:
    """Do a job at once, in this process, as the worker would."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self._over: dict[str, JobStatus] = {}

    def submit(self, task: str, args: dict, *, secrets: dict) -> str:
        self.asked.append((task, dict(args)))
        module, name = task.split(":")
        job, state_, result, error = f"job{len(self.asked)}", "done", None, None
        try:
            result = getattr(importlib.import_module(module), name)(args, secrets, silent)
        except SegmentError as wrong:
            state_, error = "failed", wrong.message
        self._over[job] = JobStatus(job, task, "", state_, say("-"), 1.0, 0.1, None, result, error, False)
        return job

    def wait(self, job: str, seconds: float) -> JobStatus:
        return self._over[job]

    def status(self, job: str) -> JobStatus:
        return self._over[job]

    def cancel(self, job: str) -> JobStatus:
        return self._over[job]


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Worker:
    made = Worker()
    monkeypatch.setattr(jobs, "jobs", lambda: made)
    return made


@pytest.fixture
def study(full) -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def opened(full) -> AppTest:
    app = full("explore", part="search")
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return " ".join(markdown.value for markdown in app.markdown)


def kept() -> Study:
    workspace = Workspace(default_folder())
    return workspace.load_study(Study, workspace.studies()[0].id)


def saying(study: Study, word: str) -> set[str]:
    texts = study.customers.frame["review"].fillna("").str.lower()
    return set(study.customers.frame.index[texts.str.contains(word, regex=False)])


def test_words_find_who_said_them_and_light_them(full, study) -> None:
    app = opened(full)
    app.text_input(key="search_words").set_value("Refund").run()
    assert not app.exception
    assert set(app.session_state[state.SELECTION]) == saying(study, "refund")
    assert "**refund**" in shown(app).lower()
    assert f"**{len(saying(study, 'refund'))} customers** found" in shown(app)


def test_meaning_goes_through_the_worker_once_and_ranks(full, study, worker) -> None:
    app = opened(full)
    app.text_input(key="search_meaning").set_value("waiting for the refund").run()
    assert not app.exception
    assert [task for task, _ in worker.asked] == ["segment_core.searching.asking:ask"]
    lit = app.session_state[state.SELECTION]
    assert 0 < len(lit) < len(study.customers)
    assert lit[0] in saying(study, "refund")
    assert len(set(lit[:10]) & saying(study, "refund")) >= 3
    assert "similarity" in shown(app)
    app.text_input(key="search_words").set_value("refund").run()
    assert set(app.session_state[state.SELECTION]) == set(lit) & saying(study, "refund")
    assert len(worker.asked) == 1


def test_the_cut_can_be_dragged(full, study, worker) -> None:
    app = opened(full)
    app.text_input(key="search_meaning").set_value("waiting for the refund").run()
    first = app.session_state[state.SELECTION]
    app.slider(key="search_stop").set_value(3).run()
    assert not app.exception
    assert app.session_state[state.SELECTION] == first[:3]
    assert len(worker.asked) == 1


def test_filters_and_words_must_both_be_met(full, study) -> None:
    app = opened(full)
    app.button(key="search_add").click().run()
    app.selectbox(key="search_column.0").set_value("age").run()
    known = [column.name for column in study.customers.columns if column.role not in ("id", "ignore")]
    place = f"0.{1 + known.index('age')}"
    app.selectbox(key=f"search_op.{place}").set_value("≥").run()
    app.number_input(key=f"search_value.{place}.≥").set_value(50).run()
    app.button(key="search_go").click().run()
    assert not app.exception
    old = set(study.customers.frame.index[study.customers.frame["age"] >= 50])
    assert set(app.session_state[state.SELECTION]) == old
    app.text_input(key="search_words").set_value("oak").run()
    assert set(app.session_state[state.SELECTION]) == old & saying(study, "oak")


def test_a_search_is_saved_renamed_asked_again_deleted_and_brought_back(full, study, worker) -> None:
    app = opened(full)
    app.text_input(key="search_meaning").set_value("waiting for the refund").run()
    lit = app.session_state[state.SELECTION]
    app.text_input(key="search_name").set_value("Refund *due*").run()
    app.button(key="search_save_group").click().run()
    assert not app.exception
    (group,) = kept().groups
    assert group.name == "Refund *due*"
    assert set(group.customers) == set(lit)
    assert group.query == Query(meaning="waiting for the refund")
    app.button(key="search_clear").click().run()
    assert app.session_state[state.SELECTION] == ()
    app.button(key="saved_again.0").click().run()
    assert app.text_input(key="search_meaning").value == "waiting for the refund"
    assert app.session_state[state.SELECTION] == lit
    app.text_input(key="saved_new.0.Refund *due*").set_value("Due").run()
    app.button(key="saved_rename.0").click().run()
    assert [group.name for group in kept().groups] == ["Due"]
    app.button(key="saved_delete.0").click().run()
    assert kept().groups == ()
    app.button(key="undo_kept").click().run()
    assert not app.exception
    assert [group.name for group in kept().groups] == ["Due"]


def test_a_saved_search_says_where_customers_changed(full, study) -> None:
    workspace = Workspace(default_folder())
    query = Query(words="refund", conditions=(Condition("age", "≥", ("18",)), Condition("city", "is known")))
    old = Group("Old", ("C00001",), query)
    workspace.save_study(workspace.studies()[0].id, replace(study, groups=(old,)), summary={})
    app = opened(full)
    app.button(key="saved_again.0").click().run()
    assert not app.exception
    assert app.text_input(key="search_words").value == "refund"
    assert "was saved with other customers" in shown(app)
    app.button(key="saved_update").click().run()
    assert set(kept().groups[0].customers) == set(app.session_state[state.SELECTION])
    assert "was saved with other customers" not in shown(app)


def test_a_filter_becomes_a_rule_and_a_meaning_does_not(full, study, worker) -> None:
    app = opened(full)
    app.text_input(key="search_words").set_value("refund").run()
    for key, typed in (("label_column.search_rule", "Risk"), ("label_given.search_rule", "money back")):
        box = app.selectbox(key=key)
        box.options.append(typed)
        box.set_value(typed).run()
    app.button(key="search_rule_keep").click().run()
    assert not app.exception
    (column,) = kept().labels
    assert column.rules[0].conditions == (Condition("review", "contains", ("refund",)),)
    app.text_input(key="search_meaning").set_value("late").run()
    assert not [button for button in app.button if button.key == "search_rule_keep"]


def test_nobody_found_and_wrong_values_are_said(full, study, worker) -> None:
    app = opened(full)
    app.text_input(key="search_words").set_value("qwertyuiop").run()
    assert "Nobody found" in shown(app)
    app.session_state[asking.SEARCH] = asking.Asked(
        Query(conditions=(Condition("age", ">", ("old",)),)), app.session_state[state.STUDY]
    )
    app.run()
    assert not app.exception
    assert any("no number" in caption.value for caption in app.caption)


def test_without_texts_there_is_no_meaning(full, study) -> None:
    workspace = Workspace(default_folder())
    silent_ones = replace(
        study.customers,
        columns=tuple(column for column in study.customers.columns if column.role != "text"),
        frame=study.customers.frame.drop(columns=["review"]),
        said=None,
    )
    workspace.save_study(workspace.studies()[0].id, replace(study, customers=silent_ones), summary={})
    app = opened(full)
    assert app.text_input(key="search_meaning").disabled
    app.text_input(key="search_words").set_value("gold").run()
    assert not app.exception
    assert app.session_state[state.SELECTION]


def test_a_failed_question_is_said_and_not_asked_forever(full, study, worker, monkeypatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise SegmentError("The model is away; come back later.")

    monkeypatch.setattr("segment_core.searching.asking.alike", broken)
    app = opened(full)
    app.text_input(key="search_meaning").set_value("anything").run()
    app.run()
    assert not app.exception
    assert any("The model is away" in caption.value for caption in app.caption)
    assert len(worker.asked) == 1


def test_a_snippet_marks_the_place_and_does_nothing() -> None:
    quote = Quote("c", "review", "t", 1, "so [x](y) *bad* :smile: it was late " + "on " * 200, ((31, 35),))
    said = search.snippet(quote)
    assert "**late**" in said
    assert "[x](y)" not in said and "*bad*" not in said.replace("\\*", "")
    assert said.endswith("…")


def test_the_file_holds_custom_segments(full, study) -> None:
    workspace = Workspace(default_folder())
    group = Group("Mine", tuple(study.customers.frame.index[:7]))
    workspace.save_study(workspace.studies()[0].id, replace(study, groups=(group,)), summary={})
    app = full("export")
    app.multiselect(key="export_segments").set_value([cached.GROUP + "Mine"]).run()
    assert not app.exception
    version = (str(default_folder()), workspace.studies()[0].id, workspace.studies()[0].version)
    assert cached.customers_in(*version, (cached.GROUP + "Mine",)) == list(group.customers)


def _read_at(study: Study, url: str) -> None:
    workspace = Workspace(default_folder())
    there = Step("endpoint", {"url": url, "model": "m", "longest": 2000, "batch_size": 64, "timeout": 20.0})
    plan = replace(study.plan, encoder=there)
    readings = tuple(replace(reading, made_by=there) for reading in study.readings or ())
    changed = replace(study, plan=plan, readings=readings or study.readings)
    workspace.save_study(workspace.studies()[0].id, changed, summary={})


def test_a_server_is_sent_nothing_before_it_was_shown(full, study, worker) -> None:
    with embedding() as server:
        _read_at(study, server.url)
        app = opened(full)
        app.text_input(key="search_meaning").set_value("waiting for the refund").run()
        assert not app.exception
        assert not server.requests and not worker.asked
        host = server.url.split("/")[2]
        n = len(passages_of(study.customers).distinct)
        said = shown(app).replace("\\", "")
        assert f"{n:,} texts" in said and host in said
        (example,) = [block.value for block in app.code]
        app.button(key="search_send").click().run()
        assert not app.exception
        sent = [text for request in server.requests for text in request["input"]]
        assert set(json.loads(example)["input"]) <= set(sent)
        assert json.loads(example)["model"] == "m" and "waiting for the refund" in sent
        before = len(server.requests)
        app.text_input(key="search_meaning").set_value("the lamp").run()
        assert [request["input"] for request in server.requests[before:]] == [["the lamp"]]
        assert app.session_state[state.SELECTION]


def test_the_switch_keeps_a_question_here(full, study, worker) -> None:
    _read_at(study, "https://far.example/v1")
    Workspace(default_folder()).keep_setting("outbound", False)
    app = opened(full)
    app.text_input(key="search_meaning").set_value("waiting for the refund").run()
    assert not app.exception
    assert any("Nothing may leave this machine" in box.value for box in app.warning)
    assert not worker.asked
    assert not [button for button in app.button if button.key == "search_send"]

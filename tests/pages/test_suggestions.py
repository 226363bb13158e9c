"""The second opinion and the questions before a run: nothing is asked before it was shown what, where and how often."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from segment_core.artifacts import Note, Score, Step, Suggestion, Suggestions
from segment_core.messages import say
from segment_core.store import Workspace, default_folder
from segment_core.study import Study


def page() -> None:
    from pages._shared import state, suggestions

    suggestions.draw(state.study())


def opened() -> AppTest:
    return AppTest.from_function(page, default_timeout=60).run()


def kept() -> tuple[Workspace, str, Study]:
    workspace = Workspace(default_folder())
    id_ = workspace.studies()[0].id
    return workspace, id_, workspace.load_study(Study, id_)


def keep(*, passed: bool = True, text: str = "Late [x](y) *again*") -> str:
    """Keep a second opinion on one customer, and return that customer."""
    workspace, id_, study = kept()
    customer = str(study.customers.frame.index[0])
    meaning = say("How apart.")
    scores = [
        tuple(Score("silhouette", at, "higher", space, 400, meaning) for space in ("text", "features"))
        for at in (0.1, 0.12)
    ]
    made = Suggestions(
        (Suggestion(customer, "S1", "S2", text, "Late too", -0.2),) if passed else (),
        passed,
        0.95 if passed else 0.5,
        40,
        0.9,
        40,
        80,
        3,
        Step("suggesting", {"url": "http://127.0.0.1:1/v1", "model": "m", "budget": 45, "timeout": 60.0, "seed": 0}),
        say("It would move one.") if passed else say("The model did not pass its test."),
        *(scores if passed else ((), ())),
        notes=(Note("model", say("Calls: 45.")),),
    )
    workspace.save_study(id_, study.having(suggestions=made), summary={})
    return customer


def texts(app: AppTest) -> str:
    return " ".join(element.value for kind in (app.caption, app.markdown, app.warning, app.info) for element in kind)


def test_it_asks_only_when_there_is_a_model_and_shows_the_letter_first(full, started) -> None:
    full()
    app = opened()
    assert not app.exception
    assert "No second opinion yet" in texts(app)
    assert app.button(key="suggest").disabled
    app.text_input(key="suggesting.url").set_value("http://127.0.0.1:9/v1").run()
    app.text_input(key="suggesting.model").set_value("m").run()
    assert "calls, all to 127.0.0.1:9 and nowhere else" in texts(app).replace("\\", "")
    assert "You decide which group" in app.code[0].value
    app.button(key="suggest").click().run()
    ((task, args),) = started
    assert task == "segment_core.suggesting:suggest"
    assert args["options"]["url"] == "http://127.0.0.1:9/v1"


def test_nothing_is_asked_elsewhere_while_the_switch_is_off(full) -> None:
    full()
    workspace, _, _ = kept()
    workspace.keep_setting("outbound", False)
    app = opened()
    app.text_input(key="suggesting.url").set_value("https://api.example.com/v1").run()
    app.text_input(key="suggesting.model").set_value("m").run()
    assert "Nothing may leave this machine" in app.warning[0].value
    assert app.button(key="suggest").disabled


def test_suggestions_are_listed_and_kept_as_labels_only(full) -> None:
    full()
    customer = keep()
    app = opened()
    assert not app.exception
    assert [metric.value for metric in app.metric] == ["95%", "90%", "80", "1"]
    assert app.button(key="suggestions_keep").disabled
    table = app.dataframe[-1].value
    assert table["Customer"].tolist() == [customer]
    _, _, before = kept()
    from pages._shared import suggestions

    def ticked() -> None:
        import streamlit as st

        from pages._shared import state, suggestions

        st.data_editor = lambda table, **_: table.assign(Follow=True)
        suggestions.draw(state.study())

    import streamlit as st

    editor = st.data_editor
    try:
        again = AppTest.from_function(ticked, default_timeout=60).run()
        again.button(key="suggestions_keep").click().run()
    finally:
        st.data_editor = editor
    assert not again.exception
    _, _, after = kept()
    assert (after.clustering.labels == before.clustering.labels).all()
    assert list(after.labels[0].picked) == [customer]
    assert suggestions.SUGGEST == "segment_core.suggesting:suggest"


def test_a_model_that_failed_its_test_is_a_veto(full) -> None:
    full()
    keep(passed=False)
    app = opened()
    assert not app.exception
    assert "did not pass" in app.warning[0].value
    assert not app.dataframe


@pytest.mark.parametrize("name", ["kllmmeans", "labelled", "granularity"])
def test_a_run_that_asks_a_model_says_how_often_and_what_first(name: str, full) -> None:
    app = full("segments")
    workspace, _, _ = kept()
    workspace.keep_setting("llm", {"url": "http://127.0.0.1:9/v1", "model": "small"})
    app.selectbox(key="algorithm").set_value(name).run()
    assert not app.exception
    assert "nothing leaves this machine" in texts(app)
    assert not app.button(key="run").disabled
    app.button(key=f"settings_model.algorithm.{name}").click().run()
    assert app.text_input(key=f"algorithm.{name}.model").value == "small"
    assert "At most" in texts(app) and "and nowhere else" in texts(app)
    assert "<<" in app.code[0].value
    app.text_input(key=f"algorithm.{name}.model").set_value("").run()
    assert app.button(key="run").disabled


def test_the_app_opens_on_the_tab(full: Any) -> None:
    app = full("segments")
    assert not app.exception
    assert "Second opinion" in {tab.label for tab in app.tabs}

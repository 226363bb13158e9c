"""Ask the data: questions in plain words on the Personas page."""

import json

from pages._shared import state
from segment_core.llm import Ledger
from segment_core.llm.ledger import FILE
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


def test_a_model_is_offered_only_where_one_is_set_and_the_question_was_not_understood(full) -> None:
    app = asked(full("personas", part="ask"), "how wrinkled are they")
    assert not [one for one in app.button if one.key == "askdata.model"]
    server = Reader()
    try:
        Workspace(default_folder()).keep_setting("llm", {"url": server.url, "model": "m"})
        app.run()
        app.button(key="askdata.model").click().run()
        assert not app.exception
        assert "The model read this question" in texts(app) and "Average of" in texts(app)
        assert [one.purpose for one in Ledger(default_folder() / FILE).entries()] == ["question"]
        app = asked(app, "Why are they so old?")
        assert not [one for one in app.button if one.key == "askdata.model"]
    finally:
        server.close()

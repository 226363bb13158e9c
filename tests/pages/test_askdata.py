"""Ask the data: questions in plain words on the Personas page."""

from pages._shared import state
from segment_core.store import Workspace, default_folder
from segment_core.study import Study


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

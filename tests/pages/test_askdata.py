"""Ask the data: an answer with its rows and query, a refusal with what can be answered, and the way to Explore."""

from pages._shared import state


def shown(app) -> str:
    return " ".join(markdown.value for markdown in app.markdown)


def test_a_question_is_answered_with_its_query_and_its_rows(full) -> None:
    app = full("personas", part="ask")
    assert not app.exception
    assert [button for button in app.button if (button.key or "").startswith("ask_example.")]
    app.text_input(key="ask_question").set_value("What is the median age by segment?").run()
    assert not app.exception
    assert any("median(" in block.value for block in app.code)
    app.button(key="ask_go").click().run()
    assert not app.exception
    assert app.session_state[state.SELECTION]


def test_what_cannot_be_answered_is_said_with_readings_that_can(full) -> None:
    app = full("personas", part="ask")
    app.text_input(key="ask_question").set_value("Why do *customers* leave?").run()
    assert not app.exception
    assert any("not why" in box.value for box in app.warning)
    app.button(key="ask_reading.0").click().run()
    assert not app.exception and not app.warning
    app.button(key="ask_clear").click().run()
    assert not app.exception
    assert any("Nothing was asked yet" in caption.value for caption in app.caption)


def test_an_example_is_answered(full) -> None:
    app = full("personas", part="ask")
    keys = [button.key for button in app.button if (button.key or "").startswith("ask_example.")]
    assert len(keys) >= 3
    app.button(key=keys[0]).click().run()
    assert not app.exception and not app.warning

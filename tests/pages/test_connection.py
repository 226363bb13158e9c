"""The form for a language model: presets fill it in, the test says what works, the server's models can be picked."""

from segment_core.llm import PRESETS
from segment_core.store import Workspace, default_folder
from tests.llm.server import scripted


def test_a_preset_fills_in_address_and_model(empty) -> None:
    app = empty("settings")
    app.selectbox(key="llm_preset").set_value("anthropic").run()
    assert not app.exception
    assert app.text_input(key="llm_url").value == PRESETS["anthropic"].url
    assert app.text_input(key="llm_model").value == PRESETS["anthropic"].model
    assert Workspace(default_folder()).setting("llm")["url"] == PRESETS["anthropic"].url
    assert empty("settings").selectbox(key="llm_preset").value == "anthropic"


def test_the_test_says_what_works_and_is_remembered(empty) -> None:
    with scripted("no-schema") as server:
        app = empty("settings")
        app.text_input(key="llm_url").set_value(server.url).run()
        app.text_input(key="llm_model").set_value("m").run()
        app.button(key="test_connection").click().run()
    assert not app.exception
    assert "Structured answers: no · Tools: yes · Plain: yes" in app.success[0].value
    again = empty("settings")
    assert any("At the last test: Structured answers: no" in caption.value for caption in again.caption)


def test_models_are_listed_and_picked(empty) -> None:
    with scripted("good") as server:
        app = empty("settings")
        app.text_input(key="llm_url").set_value(server.url).run()
        app.button(key="list_models").click().run()
        assert not app.exception
        assert app.selectbox(key="llm_pick").options == ["alpha", "beta:8b"]
        app.selectbox(key="llm_pick").set_value("beta:8b").run()
    assert app.text_input(key="llm_model").value == "beta:8b"

"""The attention view: a button that starts the job, the words of each segment, and a text that does nothing."""

from streamlit.testing.v1 import AppTest

from pages._shared.attention import STRENGTHS, heat
from segment_core.artifacts import Attended, Attention, AttentionWords, Step
from segment_core.messages import say
from segment_core.store import Workspace, default_folder
from segment_core.study import Study


def page() -> None:
    import streamlit as st

    from pages._shared import attention, state

    attention.draw(state.study())
    st.caption("drawn to the end")


def opened() -> AppTest:
    return AppTest.from_function(page, default_timeout=60).run()


def keep(text: str = "Late *again* [x](y)!") -> str:
    """Keep a study in which one customer's text was looked into, and return that customer."""
    workspace = Workspace(default_folder())
    id_ = workspace.studies()[0].id
    study = workspace.load_study(Study, id_)
    customer = str(study.customers.frame.index[0])
    attended = Attended(customer, text, ("Late", "again"), (0, text.find("again")), (0.8, 0.2))
    words = AttentionWords("S1", 5, ("late",), (0.4,), (1.6,), (2.5,), (5,))
    none = AttentionWords("S2", 1, (), (), (), (), ())
    made = Attention((attended,), (words, none), Step("attention", {"method": "rollout"}), say("Looked."))
    workspace.save_study(id_, study.having(attention=made), summary={})
    return customer


def test_the_button_starts_the_job(full, started) -> None:
    full()
    app = opened()
    assert not app.exception
    app.selectbox(key="attention.method").set_value("rollout").run()
    app.button(key="attention_run").click().run()
    ((task, args),) = started
    assert task == "segment_core.looking:look"
    assert args["options"]["method"] == "rollout"
    assert args["study"] and args["ids"] == []


def test_segments_and_texts_are_shown(full) -> None:
    full()
    customer = keep()
    app = opened()
    assert not app.exception
    assert app.button(key="attention_run").label == "Look again"
    assert app.selectbox(key="attention.method").value == "rollout"
    assert any("not why" in caption.value for caption in app.caption)
    assert app.selectbox(key="attention_customer").value == customer
    assert any("background=" in markdown.value for markdown in app.markdown)
    app.selectbox(key="attention_segment").set_value("S2").run()
    assert any("Too few texts" in caption.value for caption in app.caption)
    assert app.caption[-1].value == "drawn to the end"


def test_another_customer_is_looked_into_besides(full, started) -> None:
    full()
    customer = keep()
    app = opened()
    app.text_input(key="attention_id").input("nobody")
    app.button(key="attention_more").click().run()
    assert "There is no customer nobody" in app.warning[0].value
    assert started == []
    other = str(Workspace(default_folder()).load_study(Study, args_study()).customers.frame.index[1])
    app.text_input(key="attention_id").input(other)
    app.button(key="attention_more").click().run()
    ((_, args),) = started
    assert args["ids"] == [customer, other]
    assert args["options"]["method"] == "rollout"


def args_study() -> str:
    return Workspace(default_folder()).studies()[0].id


def test_a_text_is_drawn_as_it_stands_and_does_nothing() -> None:
    text = "Late *again*, [x](http://y) :smile: $a$"
    drawn = heat(Attended("c", text, ("Late", "again"), (0, 6), (0.9, 0.1)), "#336699")
    assert drawn.startswith(':color[Late]{background="rgba(51,102,153,0.6)"} \\*again\\*')
    assert "[x]" not in drawn and "](" not in drawn.replace("\\]\\(", "")
    assert "`:smile:`" in drawn and ":smile:" not in drawn.replace("`:smile:`", "")


def test_ink_stays_readable_on_every_ground() -> None:
    def light(colour: tuple[float, ...]) -> float:
        parts = [part / 255 for part in colour]
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    import tomllib
    from pathlib import Path

    config = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text())["theme"]
    rgb = lambda text: tuple(int(text.lstrip("#")[place : place + 2], 16) for place in (0, 2, 4))  # noqa: E731
    colour = rgb(config["chartCategoricalColors"][0])
    for theme in ("light", "dark"):
        ground, ink = rgb(config[theme]["backgroundColor"]), rgb(config[theme]["textColor"])
        for strength in STRENGTHS:
            mixed = tuple(strength * one + (1 - strength) * other for one, other in zip(colour, ground, strict=True))
            low, high = sorted((light(mixed), light(ink)))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (theme, strength)

"""Departing: what leaves is shown exactly, waits for a yes by study and host, and is told afterwards."""

import functools
import json

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared import agreed, departing, jobs
from pages._shared.words import plain
from segment_core.llm import LanguageModel, ModelAccess, recorded_for, recorded_in, seal
from segment_core.llm.ledger import Sent
from segment_core.personas import ModelOptions, letters
from segment_core.store import Workspace, default_folder
from segment_core.study import Study
from tests.llm.server import scripted

FAR = "https://api.openai.com/v1"


def kept() -> tuple[Workspace, str, Study]:
    workspace = Workspace(default_folder())
    id_ = workspace.studies()[0].id
    return workspace, id_, workspace.load_study(Study, id_)


def texts(app: AppTest) -> str:
    said = " ".join(element.value for kind in (app.caption, app.markdown, app.warning) for element in kind)
    return said.replace("\\", "")


def page(url: str, model: str = "gpt-4o-mini") -> AppTest:
    def drawn(url: str, model: str) -> None:
        import streamlit as st

        from pages._shared import departing
        from segment_core.llm import ModelAccess, seal

        letters = [
            seal("Do it.", {"quote": "[NAME 3] *said* [x](http://evil) $a$ to jo@example.org", "n": number})
            for number in range(3)
        ]
        st.session_state["may"] = departing.may_go(
            lambda: letters, ModelAccess(url, model), key="here", of="study one", withheld=lambda: 2
        )

    return AppTest.from_function(drawn, kwargs={"url": url, "model": model}, default_timeout=30).run()


def test_it_waits_for_a_yes_by_study_and_host_which_can_be_taken_back(empty) -> None:
    app = page(FAR)
    assert not app.exception
    assert app.session_state["may"] is False
    app.button(key="agree.here").click().run()
    assert app.session_state["may"] is True
    assert not [button for button in app.button if button.key == "agree.here"]
    assert page(FAR).session_state["may"] is True
    assert page("https://elsewhere.example/v1").session_state["may"] is False
    assert not agreed.given(ModelAccess(FAR, "m"), "study two")
    settings = empty("settings")
    settings.button(key="take_back.study one.api.openai.com").click().run()
    assert not settings.exception
    assert page(FAR).session_state["may"] is False


def test_this_machine_needs_no_yes_and_has_no_price(empty) -> None:
    app = page("http://127.0.0.1:9/v1")
    assert app.session_state["may"] is True
    assert "no charge by token is known" in texts(app) and "price" not in texts(app)
    assert page("http://192.168.1.5/v1").session_state["may"] is False


def test_the_switch_wins_over_a_yes(empty) -> None:
    workspace = Workspace(default_folder())
    workspace.keep_setting("agreed", {"study one": ["api.openai.com"]})
    workspace.keep_setting("outbound", False)
    app = page(FAR)
    assert app.session_state["may"] is False and "Nothing may leave this machine" in texts(app)


def test_calls_tokens_price_masks_and_what_was_kept_back_are_told(empty) -> None:
    app = page(FAR)
    said = texts(app)
    assert "At most 3 different calls, all to api.openai.com and nowhere else" in said
    assert "tokens go out" in said and "About <$0.001" in said
    assert "Masked in what is shown: 6" in said and "Person's name: 3" in said and "E-mail address: 3" in said
    assert "kept back: 2" in said
    assert "price is unknown" in texts(page(FAR, "somebody-elses"))


def test_a_price_of_ones_own_is_kept_by_host_and_model(empty) -> None:
    app = page(FAR, "own")
    app.number_input(key="price.sent.here.api.openai.com own").set_value(20000.0).run()
    assert not app.exception
    own = agreed.price(ModelAccess(FAR, "own"))
    assert own is not None and (own.sent, own.answered) == (20000.0, 20000.0)
    assert "price is unknown" not in texts(page(FAR, "own"))
    assert agreed.price(ModelAccess(FAR, "other")) is None
    app.number_input(key="price.sent.here.api.openai.com own").set_value(None).run()
    assert agreed.price(ModelAccess(FAR, "own")) is None


def test_every_letter_is_shown_exactly_and_its_masks_stand_out(empty) -> None:
    app = page(FAR)
    letter = seal("Do it.", {"quote": "[NAME 3] *said* [x](http://evil) $a$ to jo@example.org", "n": 0})
    assert app.code[0].value == str(letter)
    app.number_input(key="call.here").set_value(3).run()
    assert '"n": 2' in app.code[0].value
    shown = next(one.value for one in app.markdown if "orange-background" in one.value)
    assert shown.count(":orange-background[") == 2
    assert plain("[x](http://evil)") in shown and "](http" not in shown.replace("\\]\\(", "")


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>", "# [a](b) **c** :smile: $x$", "1. indented\n- list\n\n| a | b |"]
)
def test_nothing_highlighted_acts_and_nothing_is_lost(text: str) -> None:
    shown = departing.highlighted(f"{text} [EMAIL 4] {text}")
    assert shown.count(":orange-background[") == 1
    gone = {":orange-background": "", "\\": "", "`": "", "\u00a0\u00a0": " "}
    back = functools.reduce(lambda found, one: found.replace(*one), gone.items(), shown)
    assert back.replace("  \n", "\n").replace("[[EMAIL 4]]", "[EMAIL 4]") == f"{text} [EMAIL 4] {text}"


def test_the_digest_shown_before_is_the_one_in_the_list_afterwards(full) -> None:
    workspace, id_, study = kept()
    options = ModelOptions(url="http://127.0.0.1:9/v1", model="m")
    app = full("personas")
    app.selectbox(key="writer").set_value("model").run()
    app.text_input(key="writer.model.url").set_value(options.url).run()
    app.text_input(key="writer.model.model").set_value("m").run()
    shown = next(caption.value for caption in app.caption if caption.value.startswith("SHA-256"))
    letter, *_ = letters(study.evidence, options, (), "", study.personas)
    assert app.code[0].value == str(letter.sealed)
    with scripted() as server, recorded_for(workspace, id_) as ledger:
        from segment_core.personas.answers import NamesAnswer

        access = ModelAccess(server.url, "m")
        LanguageModel(access).fill(letter.sealed, NamesAnswer, lambda _: [], seconds=20.0)
    (sent,) = ledger.entries()
    assert shown == f"SHA-256: {sent.sha256}"
    assert sent.study == id_ and (sent.tokens_in, sent.tokens_out) == (10, 10)


def test_no_page_starts_what_nobody_agreed_to(full, started) -> None:
    workspace, _, _ = kept()
    app = full("personas")
    app.selectbox(key="writer").set_value("model").run()
    app.text_input(key="writer.model.url").set_value("https://far.example/v1").run()
    app.text_input(key="writer.model.model").set_value("m").run()
    assert not app.exception
    assert app.button(key="write").disabled
    app.button(key="agree.personas").click().run()
    assert not app.button(key="write").disabled
    app.button(key="write").click().run()
    assert [task for task, _ in started] == [jobs.WRITE_PERSONAS]
    workspace.keep_setting("agreed", {})
    app.button(key="write").click().run()
    assert not app.exception
    assert len(started) == 1


def test_a_job_is_not_started_whichever_page_starts_it(empty, started) -> None:
    def asks(plan) -> None:
        import json

        from pages._shared import jobs

        jobs.start(jobs.RUN_STUDY, {"upload": "u", "study": "s", "plan": json.dumps(plan)})
        jobs.watch()

    far = {"encoder": {"name": "endpoint", "options": {"url": "https://far.example/v1", "model": "m"}}}
    app = AppTest.from_function(asks, kwargs={"plan": far}).run()
    assert not app.exception
    assert started == [] and "Nothing was started" in app.warning[0].value
    agreed.give(ModelAccess("https://far.example/v1", "m"), "s")
    AppTest.from_function(asks, kwargs={"plan": far}).run()
    assert len(started) == 1


def test_what_went_out_for_this_study_is_told_beside_the_personas(full) -> None:
    workspace, id_, _ = kept()
    common = {"host": "h", "model": "m", "purpose": "chat", "n_texts": 1, "n_characters": 9, "n_masked": 0}
    with recorded_in(workspace.folder, study=id_) as ledger:
        ledger.record(Sent(**common, sha256="1", tokens=12_000, tokens_in=11_000, price=0.02, study=id_))
        ledger.record(Sent(**common, sha256="2", study=id_))
        ledger.record(Sent(**common, sha256="3", tokens=5, study=id_, outcome="kept"))
        ledger.record(Sent(**common, sha256="4", tokens=7, study="another"))
    app = full("personas")
    said = texts(app)
    assert "Sent to models for this study: 2 calls, 12,000 tokens, tokens unknown for 1, about $0.02" in said
    assert "price unknown for 1" in said and "1 answered from before" in said
    settings = full("settings")
    (table,) = (found.value for found in settings.dataframe)
    assert len(table) == 4 and table["Price"].tolist().count(0.02) == 1
    settings.selectbox(key="ledger_study").select("another").run()
    assert not settings.exception
    assert len(settings.dataframe[0].value) == 1
    assert json.loads((workspace.folder / "outbound.jsonl").read_text().splitlines()[0])["study"] == id_


def test_it_can_be_read_in_a_wide_window(empty) -> None:
    app = page(FAR)
    app.button(key="wide.here").click().run()
    assert not app.exception
    assert len(app.code) == 2 and app.code[0].value == app.code[1].value
    assert app.session_state["may"] is False

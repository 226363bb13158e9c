"""The Settings page: the language, a model that is tried for real, a key that is written nowhere."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from segment_core.llm import Sent, recorded_in
from segment_core.store import Workspace, default_folder

KEY = "sk-test-8d1f0c2e"


@pytest.fixture
def refusing() -> Iterator[str]:
    """Serve a language model on loopback that refuses every key."""

    class Refuse(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = json.dumps({"error": {"message": "no"}}).encode()
            self.send_response(401)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Refuse)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_the_language_changes_the_whole_page_and_is_kept(empty) -> None:
    app = empty("settings")
    assert app.title[0].value == "Settings"
    app.segmented_control(key="language").set_value("zh").run()
    assert not app.exception
    assert app.title[0].value == "设置"
    assert empty("data").title[0].value == "数据"  # a new session


def test_a_model_without_address_cannot_be_tried(empty) -> None:
    assert empty("settings").button(key="test_connection").disabled


def test_a_model_that_refuses_is_one_sentence(empty, refusing: str) -> None:
    app = empty("settings")
    app.text_input(key="llm_url").set_value(refusing).run()
    app.text_input(key="llm_model").set_value("m").run()
    app.text_input(key="llm_key").set_value(KEY).run()
    app.button(key="test_connection").click().run()
    assert not app.exception
    assert len(app.error) == 1
    assert "key" in app.error[0].value
    assert KEY not in app.error[0].value


def test_the_key_is_written_nowhere(empty, tmp_path: Path) -> None:
    app = empty("settings")
    app.text_input(key="llm_url").set_value("http://127.0.0.1:9/v1").run()
    app.text_input(key="llm_key").set_value(KEY).run()
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if KEY.encode() in path.read_bytes()]
    again = empty("settings")
    assert again.text_input(key="llm_url").value == "http://127.0.0.1:9/v1"
    assert again.text_input(key="llm_key").value == ""


def test_a_study_is_deleted_for_good(full) -> None:
    app = full("settings")
    app.selectbox(key="study_to_delete").select_index(0).run()
    app.button(key="delete_study").click().run()
    assert not app.exception
    assert "Studies: 0" in app.selectbox(key="study_to_delete").label


def test_the_cache_is_cleaned_up(full) -> None:
    app = full("settings")
    assert not app.button(key="clear_cache").disabled
    app.button(key="clear_cache").click().run()
    assert app.button(key="clear_cache").disabled


def test_the_switch_is_kept_and_holds_for_the_connection_test(empty) -> None:
    app = empty("settings")
    app.text_input(key="llm_url").set_value("https://api.example.com/v1")
    app.text_input(key="llm_model").set_value("m").run()
    app.toggle(key="outbound").set_value(False).run()
    assert Workspace(default_folder()).setting("outbound", True) is False
    app.button(key="test_connection").click().run()
    assert "Nothing may leave this machine" in app.error[0].value
    assert empty("settings").toggle(key="outbound").value is False


def test_calls_to_models_are_listed(empty) -> None:
    app = empty("settings")
    assert any("Nothing has been sent" in caption.value for caption in app.caption)
    with recorded_in(Workspace(default_folder()).folder) as ledger:
        ledger.record(
            Sent(host="h:1", model="m", purpose="traits", n_texts=3, n_characters=40, n_masked=1, sha256="0" * 64)
        )
    app = empty("settings")
    assert any("Calls that left this machine: 1" in one.value for one in app.markdown)
    with recorded_in(Workspace(default_folder()).folder) as ledger:
        ledger.record(
            Sent(
                host="127.0.0.1:9", model="m", purpose="traits", n_texts=1, n_characters=4, n_masked=0, sha256="1" * 64
            )
        )
    app = empty("settings")
    told = next(one.value for one in app.markdown if "Calls that left" in one.value)
    assert "left this machine: 1 " in told and "models on this machine: 1" in told
    (table,) = (found.value for found in app.dataframe)
    assert table["Server"].tolist() == ["127.0.0.1:9", "h:1"]

"""Trying a connection over the real transport, and asking from several threads at once."""

import threading
import time

import pytest
from pydantic import BaseModel

from segment_core.errors import Cancelled, ModelError
from segment_core.llm import LanguageModel, ModelAccess, protocols, rungs, seal, try_connection
from tests.llm.server import scripted


class Anything(BaseModel):
    """The form of the scripted answers."""

    personas: list[dict[str, object]]


LETTER = seal("Fill the form.", {"segments": []})


@pytest.fixture(autouse=True, scope="module")
def _loaded():
    protocols.load()


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch):
    monkeypatch.setattr(rungs, "_known_rungs", {})


def test_a_working_connection_says_how_long_it_took():
    with scripted("good") as server:
        said = str(try_connection(ModelAccess(server.url, "m", "k")))
    assert said.startswith("The model m at 127.0.0.1:")
    assert server.requests[0]["_path"] == "/v1/chat/completions"


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("401", "refused the key"),
        ("404", "does not know"),
        ("429", "no more requests"),
        ("500", "failed to answer"),
        ("418", "status 418"),
        ("words", "fills no form"),
        ("html", "not as a language model"),
        ("silent", "did not answer in time"),
        ("redirect", "points to another address"),
    ],
)
def test_a_broken_connection_says_what_to_do(mode, said):
    with scripted(mode) as server, pytest.raises(ModelError, match=said) as caught:
        try_connection(ModelAccess(server.url, "m", "sk-hush"), seconds=1.0 if mode == "silent" else 15.0)
    assert not any(word in str(caught.value) for word in ("sk-hush", "12345", "Traceback"))
    assert all(request["_path"].startswith("/v1/") for request in server.requests)


def test_a_missing_server_is_said():
    with scripted() as server:
        url = server.url
    with pytest.raises(ModelError, match="cannot be reached"):
        try_connection(ModelAccess(url, "m"))


def test_no_key_sends_none_from_the_environment(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-env")
    with scripted("good") as server:
        try_connection(ModelAccess(server.url, "m"))
    assert "sk-from-env" not in str(server.requests)


def test_several_threads_may_ask_at_once():
    answers: list[object] = []
    with scripted("good") as server:
        writer = LanguageModel(ModelAccess(server.url, "m"))

        def ask():
            answers.append(writer.fill(LETTER, Anything, lambda _: [], seconds=20.0).answer)

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [Anything(personas=[])] * 6


def test_the_answer_with_the_fewest_problems_is_kept():
    left = [["a", "b"], ["a"], ["a", "b", "c"]]
    with scripted("good") as server:
        reply = LanguageModel(ModelAccess(server.url, "m")).fill(
            LETTER, Anything, lambda _: left[len(server.requests) - 1], seconds=20.0
        )
    assert (reply.problems, reply.asked, len(server.requests)) == (("a",), 2, 3)


def test_an_answer_that_was_got_survives_a_server_that_then_breaks():
    with scripted("good") as server:

        def check(_):
            server.mode = "401"
            return ["a"]

        reply = LanguageModel(ModelAccess(server.url, "m")).fill(LETTER, Anything, check, seconds=20.0)
    assert reply.answer == Anything(personas=[])


def test_cancel_is_quick():
    def stop(done, total, note):
        if done > 0.3:
            raise Cancelled

    with scripted("silent") as server:
        start = time.monotonic()
        with pytest.raises(Cancelled):
            LanguageModel(ModelAccess(server.url, "m")).fill(
                LETTER, Anything, lambda _: [], seconds=60.0, progress=stop
            )
        assert time.monotonic() - start < 2
        assert server.hung_up.wait(2)

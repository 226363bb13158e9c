"""The ledger: every call is entered however it ends, never with texts or keys, and the switch is really off."""

import json
import socket
import threading

import pytest

from segment_core.errors import Cancelled, ModelError
from segment_core.llm import (
    LanguageModel,
    ModelAccess,
    embed,
    embeddings,
    protocols,
    recorded_in,
    rungs,
    seal,
    try_connection,
)
from segment_core.llm.ledger import FILE, Ledger, Sent
from tests.llm.embedding_server import embedding
from tests.llm.server import scripted
from tests.llm.test_filling import LETTER, Anything

TEXTS = ["write to jo@example.org", "a warm jacket"]


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    monkeypatch.setattr(embeddings, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(rungs, "_known_rungs", {})


def entry(**parts):
    return Sent(
        **(
            {"host": "h", "model": "m", "purpose": "p", "n_texts": 1, "n_characters": 2, "n_masked": 0, "sha256": "0"}
            | parts
        )
    )


def test_a_call_is_entered_without_its_texts_and_without_the_key(tmp_path):
    with embedding() as server, recorded_in(tmp_path) as ledger:
        embed(TEXTS, ModelAccess(server.url, "m", "sk-hush"))
    (sent,) = ledger.entries()
    assert (sent.purpose, sent.model, sent.n_texts, sent.n_masked, sent.tokens) == ("embeddings", "m", 2, 1, 14)
    assert (sent.n_characters, sent.outcome) == (len("write to [EMAIL]") + len("a warm jacket"), "answered")
    assert sent.host.startswith("127.0.0.1:") and len(sent.sha256) == 64
    kept = (tmp_path / FILE).read_text()
    assert not any(word in kept for word in ("jacket", "EMAIL", "sk-hush"))
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_the_same_texts_have_the_same_digest(tmp_path):
    with embedding() as server, recorded_in(tmp_path) as ledger:
        for texts in (TEXTS, TEXTS[::-1], TEXTS[:1]):
            embed(texts, ModelAccess(server.url, "m"))
    one, again, other = (sent.sha256 for sent in ledger.entries())
    assert one == again != other


@pytest.mark.parametrize(
    ("mode", "outcome"), [("429", "status 429"), ("401", "status 401"), ("nan", "unusable"), ("silent", "no answer")]
)
def test_a_call_that_failed_is_entered_too(mode, outcome, tmp_path):
    with embedding(mode) as server, recorded_in(tmp_path) as ledger, pytest.raises(ModelError):
        embed(TEXTS, ModelAccess(server.url, "m"), seconds=1.0)
    assert [sent.outcome for sent in ledger.entries()] == [outcome]


def test_a_call_that_was_cancelled_is_entered_too(tmp_path):
    with embedding("silent") as server, recorded_in(tmp_path) as ledger:

        def stop(done, total, note):
            if server.requests:
                raise Cancelled

        with pytest.raises(Cancelled):
            embed(TEXTS, ModelAccess(server.url, "m"), progress=stop)
    assert [sent.outcome for sent in ledger.entries()] == ["cancelled"]


def test_chat_is_entered_too(tmp_path):
    protocols.load()
    with scripted("good") as server, recorded_in(tmp_path) as ledger:
        LanguageModel(ModelAccess(server.url, "m")).fill(LETTER, Anything, lambda _: [], seconds=20.0)
        server.mode = "401"
        with pytest.raises(ModelError):
            LanguageModel(ModelAccess(server.url, "m")).fill(
                seal("Do.", ["x@example.org"]), Anything, lambda _: [], seconds=20.0
            )
    first, second = ledger.entries()
    assert (first.purpose, first.outcome, first.tokens, first.n_characters) == (
        "chat",
        "answered",
        20,
        len(str(LETTER)),
    )
    assert (second.outcome, second.n_masked, second.tokens) == ("status 401", 1, None)


@pytest.fixture
def no_sockets(monkeypatch):
    def refuse(*_, **__):
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.usefixtures("no_sockets")
@pytest.mark.parametrize("url", ["https://api.example.com/v1", "http://192.168.1.5/v1", "http://box.local/v1"])
def test_where_the_switch_is_off_nothing_leaves(url, tmp_path):
    access = ModelAccess(url, "m")
    with recorded_in(tmp_path, outbound=False) as ledger:
        with pytest.raises(ModelError, match="Nothing may leave this machine"):
            embed(TEXTS, access)
        with pytest.raises(ModelError, match="Nothing may leave this machine"):
            LanguageModel(access).fill(LETTER, Anything, lambda _: [], seconds=5.0)
        with pytest.raises(ModelError, match="Nothing may leave this machine"):
            try_connection(access)
    assert ledger.entries() == ()


def test_where_the_switch_is_off_this_machine_may_still_be_asked(tmp_path):
    with embedding() as server, recorded_in(tmp_path, outbound=False) as ledger:
        embed(TEXTS, ModelAccess(server.url, "m"))
    assert len(ledger.entries()) == 1


def test_outside_a_block_nothing_is_entered(tmp_path):
    with embedding() as server:
        with recorded_in(tmp_path) as ledger:
            pass
        embed(TEXTS, ModelAccess(server.url, "m"))
    assert ledger.entries() == ()


def test_many_may_write_at_once_and_a_broken_line_breaks_nothing(tmp_path):
    ledger = Ledger(tmp_path / FILE)
    threads = [
        threading.Thread(target=lambda: [ledger.record(entry(model="名" * 300)) for _ in range(50)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ledger.entries()) == 200
    with (tmp_path / FILE).open("a") as file:
        file.write('{"host": "h", "mod\n[1]\n' + json.dumps({"unknown": 1}) + "\n")
    ledger.record(entry(model="last"))
    assert len(ledger.entries()) == 201
    assert ledger.entries()[-1].model == "last"

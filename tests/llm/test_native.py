"""Anthropic, Google and Azure are spoken to in their own ways: paths, headers, forms, failures, and never a leak."""

import logging
import time
from pathlib import Path

import pytest
from pydantic import BaseModel

from segment_core.errors import Cancelled, ModelError
from segment_core.llm import ModelAccess, protocols, recorded_in, rungs, seal, try_connection, writer_at
from tests.llm.native_server import native
from tests.llm.server import scripted

LETTER = seal("Fill the form.", {"segments": []})
KEY = "sk-hush-0451"
HEADER = {"anthropic": "x-api-key", "google": "x-goog-api-key"}
PATH = {"anthropic": "/v1/messages", "google": "/v1beta/models/some-model:generateContent"}

both = pytest.mark.parametrize("protocol", ["anthropic", "google"])


class Anything(BaseModel):
    """The form of the scripted answers."""

    personas: list[str]


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rungs, "_known_rungs", {})
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "GOOGLE_API_KEY", "GEMINI_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "from-env")
    for protocol in ("anthropic", "google"):
        protocols.load(protocol)


def fill(url: str, *, key: str = KEY, **how: object):
    access = ModelAccess(url, "some-model", key)
    return writer_at(access).fill(LETTER, Anything, lambda _: [], **({"seconds": 20.0} | how))


@both
@pytest.mark.parametrize(("mode", "requests"), [("good", 1), ("no-schema", 2), ("plain", 3)])
def test_the_form_is_filled_in_the_best_way_that_the_server_knows(protocol: str, mode: str, requests: int) -> None:
    with native(protocol, mode) as server:
        assert fill(server.url).answer == Anything(personas=[])
        assert fill(server.url).answer == Anything(personas=[])  # begins where it worked
    assert len(server.requests) == requests + 1
    assert {request["_path"] for request in server.requests} == {PATH[protocol]}


@both
def test_the_key_is_in_its_header_and_nowhere_else(protocol: str, tmp_path: Path, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    with native(protocol) as server, recorded_in(tmp_path) as ledger:
        fill(server.url)
    (headers,) = server.headers
    assert headers.pop(HEADER[protocol]) == KEY
    assert KEY not in str(headers) + str(server.requests) + caplog.text
    assert "from-env" not in str(headers) + str(server.requests)
    (sent,) = ledger.entries()
    assert (sent.outcome, sent.tokens) == ("answered", 20)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]


@both
def test_without_a_key_none_is_sent(protocol: str) -> None:
    with native(protocol) as server:
        fill(server.url, key="")
    text = str(server.headers)
    assert not any(word in text for word in ("from-env", "set-by-strata", "authorization", "api-key"))


@both
@pytest.mark.parametrize(
    ("mode", "said", "requests"),
    [
        ("401", "refused the key", 1),
        ("404", "does not know", 1),
        ("429", "no more requests", 2),
        ("500", "failed to answer", 2),
        ("400", "status 400", 3),
        ("redirect", "points to another address", 1),
    ],
)
def test_failures_say_what_to_do(protocol: str, mode: str, said: str, requests: int, monkeypatch, caplog) -> None:
    monkeypatch.setattr("segment_core.llm.retries.FIRST_WAIT", 0.01)
    caplog.set_level(logging.DEBUG)
    with native(protocol, mode) as server, pytest.raises(ModelError, match=said) as caught:
        fill(server.url)
    assert len(server.requests) == (4 if requests == 2 else requests)
    error: BaseException | None = caught.value
    while error is not None:
        assert KEY not in str(error) + repr(error)
        error = error.__cause__ or error.__context__
    assert "12345" not in str(caught.value)
    assert KEY not in caplog.text


@both
@pytest.mark.parametrize("mode", ["busy", "reset"])
def test_a_server_that_recovers_is_waited_for_and_each_try_is_known(protocol: str, mode: str, tmp_path: Path) -> None:
    notes: list[str] = []
    with native(protocol, mode) as server, recorded_in(tmp_path) as ledger:
        start = time.monotonic()
        fill(server.url, progress=lambda done, total, note: notes.append(str(note)))
        took = time.monotonic() - start
    assert len(server.requests) == 2
    assert [sent.outcome for sent in ledger.entries()] == [
        "status 429" if mode == "busy" else "no answer",
        "answered",
    ]
    said = "is busy" if mode == "busy" else "broke off"
    assert any(f"{said}; trying again in" in note for note in notes)
    assert took >= (1.0 if mode == "busy" else 0.5)


@both
def test_cancel_closes_the_socket(protocol: str) -> None:
    with native(protocol, "silent") as server:

        def stop(done: float, total: float, note: object) -> None:
            if server.requests:
                raise Cancelled

        with pytest.raises(Cancelled):
            fill(server.url, progress=stop)
        assert server.hung_up.wait(2)


@both
def test_proxies_of_the_environment_are_not_for_near_servers(protocol: str, monkeypatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with native(protocol) as server:
        assert fill(server.url).answer == Anything(personas=[])


@both
@pytest.mark.parametrize(("mode", "best"), [("good", "native"), ("no-schema", "tool"), ("plain", "prompted")])
def test_the_connection_test_finds_what_works(protocol: str, mode: str, best: str) -> None:
    with native(protocol, mode) as server:
        assert try_connection(ModelAccess(server.url, "some-model", KEY)).abilities.best == best


def test_azure_takes_its_own_header_and_path() -> None:
    with scripted("good") as server:
        base = server.url.removesuffix("/v1")
        for url in (f"azure+{base}", f"azure+{base}/openai/v1/", f"azure+{base}/openai/deployments/x"):
            fill(url)
    assert {request["_path"] for request in server.requests} == {"/openai/v1/chat/completions"}
    assert {request["_key"] for request in server.requests} == {""}
    assert {request["_api_key"] for request in server.requests} == {KEY}


@pytest.mark.parametrize(
    ("url", "protocol", "root"),
    [
        ("https://api.anthropic.com/v1", "anthropic", "https://api.anthropic.com"),
        (
            "https://generativelanguage.googleapis.com/v1beta/",
            "google",
            "https://generativelanguage.googleapis.com",
        ),
        (
            "https://generativelanguage.googleapis.com/v1beta/openai",
            "openai",
            "https://generativelanguage.googleapis.com/v1beta/openai",
        ),
        ("https://r.openai.azure.com", "azure", "https://r.openai.azure.com/openai/v1"),
        ("https://api.anthropic.com.evil.example/v1", "openai", "https://api.anthropic.com.evil.example/v1"),
        ("http://127.0.0.1:11434/v1/", "openai", "http://127.0.0.1:11434/v1"),
        ("google+http://127.0.0.1:9/", "google", "http://127.0.0.1:9"),
    ],
)
def test_the_address_tells_how_to_speak(url: str, protocol: str, root: str) -> None:
    access = ModelAccess(url, "m").checked()
    assert (access.protocol, access.root) == (protocol, root)

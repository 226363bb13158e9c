"""Embeddings over the real transport: masked before they leave, in their own order back, and nothing odd is taken."""

import time

import numpy as np
import pytest

from segment_core.errors import Cancelled, ModelError
from segment_core.llm import ModelAccess, embed, embeddings
from tests.llm.embedding_server import WIDTH, embedding, vector

TEXTS = ["a warm jacket", "late parcel", "a warm jacket", "", "the app crashes", "good value", "late again"]


@pytest.fixture(autouse=True)
def _in_no_hurry(monkeypatch):
    monkeypatch.setattr(embeddings, "FIRST_WAIT", 0.01)


def access(server, key=""):
    return ModelAccess(server.url, "m", key)


@pytest.mark.parametrize("mode", ["good", "shuffled", "unnumbered", "busy", "flaky", "uncounted"])
@pytest.mark.parametrize("batch", [1, 2, 64])
def test_every_text_gets_its_own_vector(mode, batch):
    with embedding(mode) as server:
        made = embed(TEXTS, access(server), batch=batch)
    expected = np.array([vector(text) if text else [0.0] * WIDTH for text in TEXTS], dtype=np.float32)
    np.testing.assert_allclose(made.matrix, expected)
    assert made.matrix.dtype == np.float32


def test_equal_texts_are_sent_once_empty_ones_never_and_all_is_counted():
    with embedding() as server:
        made = embed(TEXTS, access(server), batch=2)
    sent = [text for request in server.requests for text in request["input"]]
    assert sorted(sent) == sorted(set(TEXTS) - {""})
    assert len(server.requests) == 3
    assert (made.n_sent, made.n_characters, made.n_masked, made.tokens) == (5, sum(map(len, sent)), 0, 35)
    assert server.requests[0]["_path"] == "/v1/embeddings"
    assert all(
        set(request) == {"model", "input", "encoding_format", "_path", "_key", "_api_key"}
        for request in server.requests
    )


def test_a_server_that_counts_no_tokens_leaves_them_unknown():
    with embedding("uncounted") as server:
        assert embed(TEXTS, access(server)).tokens is None


def test_personal_details_never_reach_the_wire():
    texts = ["write to jo.doe@mail.example.org", "ｊｏ@example.com or call 13812345678", "zero\u200bwidth\u202e here"]
    with embedding() as server:
        made = embed(texts, access(server))
    wire = str(server.requests)
    assert "jo" not in wire and "example" not in wire and "138" not in wire and "\\u200b" not in wire
    assert "[EMAIL]" in wire and "[PHONE]" in wire
    assert made.n_masked == 3


def test_long_texts_are_cut():
    with embedding() as server:
        embed(["word " * 5000], access(server), longest=100)
        embed(["word " * 5000], access(server))
    assert [len(request["input"][0]) for request in server.requests] == [100, 2000]


def test_the_key_goes_out_as_it_should_and_none_is_taken_from_elsewhere(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-env")
    with embedding() as server:
        embed(["fine"], access(server, "sk-mine"))
        embed(["fine"], access(server))
    assert [request["_key"] for request in server.requests] == ["Bearer sk-mine", ""]


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("401", "refused the key"),
        ("404", "does not know"),
        ("400", "status 400"),
        ("429", "no more requests"),
        ("500", "failed to answer"),
        ("redirect", "points to another address"),
        ("html", "not with vectors"),
        ("text", "not with vectors"),
        ("short", "sent 4 vectors for 5 texts"),
        ("twice", "sent 5 vectors for 5 texts, or not whose is whose"),
        ("ragged", "of 31 and of 32 numbers"),
        ("nan", "not finite"),
        ("huge", "not finite"),
        ("half", "cannot be reached"),
    ],
)
def test_what_is_not_usable_is_refused_in_one_sentence(mode, said):
    with embedding(mode) as server, pytest.raises(ModelError, match=said) as caught:
        embed(TEXTS, access(server, "sk-hush"))
    assert not any(word in str(caught.value) for word in ("sk-hush", "12345", "jacket", "Traceback"))
    assert len(server.requests) == (embeddings.TRIES if mode in ("429", "500", "half") else 1)


def test_batches_must_agree_on_the_length():
    with embedding("narrower") as server, pytest.raises(ModelError, match="of 32 and of 31 numbers"):
        embed(TEXTS, access(server), batch=2)


def test_silence_ends_in_time():
    start = time.monotonic()
    with embedding("silent") as server, pytest.raises(ModelError, match="did not answer in time"):
        embed(TEXTS, access(server), seconds=1.0)
    assert time.monotonic() - start < 5


def test_a_missing_server_is_said():
    with embedding() as server:
        gone = access(server)
    with pytest.raises(ModelError, match="cannot be reached"):
        embed(TEXTS, gone)


def test_cancel_closes_the_connection_at_once():
    with embedding("silent") as server:
        start = time.monotonic()

        def stop(done, total, note):
            if server.requests:
                raise Cancelled

        with pytest.raises(Cancelled):
            embed(TEXTS, access(server), progress=stop)
        assert time.monotonic() - start < 5
        assert server.hung_up.wait(2)


def test_nothing_to_send_needs_no_server():
    with embedding("500") as server:
        assert embed(["", " \u200b"], access(server)).matrix.tolist() == [[0.0], [0.0]]
    assert server.requests == []

"""The endpoint encoder: it says what it sent, and goes through the door that masks."""

import numpy as np
import pytest

from segment_core.encoders.endpoint import EndpointOptions, encode
from segment_core.errors import ModelError
from tests.llm.embedding_server import EmbeddingServer, embedding

TEXTS = ["write to jo@example.org", "a warm jacket", "", "a warm jacket"]


def test_it_says_what_was_sent(embedding_server: EmbeddingServer) -> None:
    made = encode(TEXTS, EndpointOptions(url=embedding_server.url, model="m"))
    said = str(made.reason)
    assert said.startswith("Read by meaning with the model m at 127.0.0.1:")
    assert said.endswith("2 different texts sent (29 letters, 14 tokens), 1 personal details masked first.")
    assert np.linalg.norm(made.matrix, axis=1).round(5).tolist() == [1, 1, 0, 1]
    assert "jo@" not in str(embedding_server.requests)


def test_unknown_tokens_are_not_made_up() -> None:
    with embedding("uncounted") as server:
        said = str(encode(TEXTS, EndpointOptions(url=server.url, model="m")).reason)
    assert "(29 letters)" in said and "token" not in said


def test_the_key_is_sent_and_kept_nowhere(embedding_server: EmbeddingServer) -> None:
    options = EndpointOptions(url=embedding_server.url, model="m")
    made = encode(TEXTS, options, secrets={"llm_key": "sk-hush"})
    assert embedding_server.requests[0]["_key"] == "Bearer sk-hush"
    assert "sk-hush" not in str(made.made_by) + str(made.reason)


def test_without_an_address_it_says_so() -> None:
    with pytest.raises(ModelError, match="No language model is set up"):
        encode(TEXTS)

"""Addresses are checked, and keys stay out of sight."""

import pytest

from segment_core.errors import ModelError
from segment_core.llm import ModelAccess


def test_the_key_is_never_shown():
    access = ModelAccess("http://127.0.0.1:1/v1", "m", "sk-hush")
    assert "sk-hush" not in repr(access) + str(access)


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:11434",
        "ftp://host/v1",
        "file:///etc/passwd",
        "http://",
        "http://exa mple/v1",
        "http://user:pw@host/v1",
        "http://host/v1?x=1",
        "http://host/v1#x",
        "http://host:99999/v1",
        "http://host:0/v1",
        "http://[::1/v1",
        "http://ho\nst/ v1\u200b",
        "javascript:alert(1)",
        "http://-/v1",
    ],
)
def test_addresses_that_cannot_work_are_refused(url):
    with pytest.raises(ModelError, match="must look like"):
        ModelAccess(url, "m").checked()


@pytest.mark.parametrize(
    ("url", "host", "near"),
    [
        ("http://127.0.0.1:11434/v1", "127.0.0.1:11434", True),
        ("http://localhost/v1", "localhost", True),
        ("http://[::1]:8000/v1", "::1:8000", True),
        ("http://192.168.1.5/v1", "192.168.1.5", True),
        ("https://api.example.com/v1", "api.example.com", False),
        (" https://8.8.8.8/v1 ", "8.8.8.8", False),
    ],
)
def test_it_knows_whether_the_server_is_near(url, host, near):
    access = ModelAccess(url, "m").checked()
    assert (access.host, access.stays_near) == (host, near)


def test_what_is_missing_is_said():
    with pytest.raises(ModelError, match="No language model is set up"):
        ModelAccess(" ", "m").checked()
    with pytest.raises(ModelError, match="No model name is given for the server host"):
        ModelAccess("http://host/v1", " ").checked()
    with pytest.raises(ModelError, match="unusual characters") as caught:
        ModelAccess("http://host/v1", "m", "sk hush\n").checked()
    assert "hush" not in str(caught.value)

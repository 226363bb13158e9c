"""Canaries: two hundred planted personal data, and none of them reaches a server of models, whoever is asked."""

import json
import urllib.parse

import pytest

from benchmarks import canaries

PLACES = {
    "traits": b"You rate what customers wrote",
    "relations": b"triples of subject",
    "labels": b"You label what customers wrote",
    "pairs": b"You compare what customers wrote",
    "second opinion": b"You decide which group",
    "personas": b"You name customer segments",
    "messages": b"You write marketing messages",
    "question": b"You turn one question",
    "encoder": b"/v1/embeddings",
}


@pytest.fixture(scope="module")
def sent() -> tuple[canaries.Planted, list[bytes], canaries.Study]:
    planted = canaries.plant()
    with canaries.listening() as (url, log):
        study = canaries.send(planted, url)
    return planted, log, study


def test_two_hundred_are_planted_and_stand_in_the_texts_of_the_file(sent) -> None:
    planted, _, _ = sent
    assert sum(map(len, planted.canaries.values())) == 200
    assert all(len(set(found)) == len(found) for found in planted.canaries.values())
    assert {kind: len(found) for kind, found in canaries.leaks(planted.canaries, planted.file).items()} == (
        canaries.COUNTS
    )


def test_none_of_them_reaches_a_server_and_every_way_was_taken(sent) -> None:
    planted, log, _ = sent
    received = b"\n".join(log)
    missing = [name for name, told in PLACES.items() if told not in received]
    assert not missing
    assert canaries.leaks(planted.canaries, received) == {kind: [] for kind in planted.canaries}
    assert set(canaries.masks(received)) >= {"NAME", "EMAIL", "PHONE", "CARD", "ID", "IBAN", "CUSTOMER"}


def test_a_leak_would_be_seen_in_any_form() -> None:
    one = {"names": ["Zoë Quistrum"], "phones": ["+44 7400 123456"]}
    for told in ("Zoë Quistrum", json.dumps("Zoë Quistrum"), urllib.parse.quote("Zoë Quistrum"), "ask quistrum"):
        assert canaries.leaks(one, told.encode())["names"]
    assert canaries.leaks(one, b"+447400123456")["phones"]
    assert not canaries.leaks(one, b"[NAME 3] [PHONE]")["names"]
    assert canaries.masks(b"[NAME 3] [PHONE]") == {"NAME": 1, "PHONE": 1}

"""The ledger: every call is entered however it ends, never with texts or keys, and the switch is really off."""

import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from segment_core.choices import options_from_json, questions
from segment_core.encoders import ENCODERS
from segment_core.errors import Cancelled, ModelError
from segment_core.llm import (
    LanguageModel,
    ModelAccess,
    Price,
    digest_of,
    embed,
    embeddings,
    example,
    protocols,
    recorded_in,
    rungs,
    seal,
    total,
    try_connection,
)
from segment_core.llm.ledger import FILE, Ledger, Sent, record
from segment_core.traits import classifier
from tests.llm.embedding_server import embedding
from tests.llm.server import scripted
from tests.llm.test_filling import LETTER, Anything

TEXTS = ["write to jo@example.org", "a warm jacket"]


def _names_a_model(line):
    return "secrets" not in line.asks and any(asked.name == "model" for asked in questions(line.options))


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
    assert not any(word in kept for word in ("jacket", "write to", "sk-hush"))
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


def test_what_was_used_its_price_and_the_study_stand_beside_a_call(tmp_path):
    with embedding() as server, recorded_in(tmp_path, study="s1") as ledger:
        embed(TEXTS, ModelAccess(server.url, "m"))
    (sent,) = ledger.entries()
    assert (sent.tokens_in, sent.tokens_out, sent.study, sent.n_tries) == (14, 0, "s1", 1)
    assert sent.masks == {"EMAIL": 1}
    assert sent.price is None  # this machine asks for no money


def test_tries_are_counted(tmp_path):
    with embedding("busy") as server, recorded_in(tmp_path) as ledger:
        embed(TEXTS, ModelAccess(server.url, "m"))
    assert [sent.n_tries for sent in ledger.entries()] == [3]


@pytest.mark.parametrize(
    ("url", "own", "price"),
    [
        ("https://api.openai.com/v1", {}, 0.15 + 0.3),
        ("https://api.openai.com/v1", {"api.openai.com gpt-4o-mini": Price(1.0, 10.0)}, 6.0),
        ("https://far.example/v1", {}, None),
        ("https://far.example/v1", {"far.example gpt-4o-mini": Price(2.0, 4.0)}, 4.0),
        ("http://127.0.0.1:9/v1", {"127.0.0.1:9 gpt-4o-mini": Price(2.0, 4.0)}, None),
    ],
)
def test_a_price_is_the_analysts_or_the_lists_or_unknown(url, own, price, tmp_path):
    with recorded_in(tmp_path, prices=own) as ledger:
        record(entry(tokens_in=1_000_000, tokens_out=500_000), ModelAccess(url, "gpt-4o-mini"))
        record(entry(), ModelAccess(url, "gpt-4o-mini"))
        record(entry(tokens_in=5, outcome="kept"), ModelAccess(url, "gpt-4o-mini"))
    found = [sent.price for sent in ledger.entries()]
    assert found[0] == (pytest.approx(price) if price else None)
    assert found[1:] == [None, None]


def test_lines_of_before_and_of_later_are_read(tmp_path):
    old = {"host": "h", "model": "m", "purpose": "p", "n_texts": 1, "n_characters": 2, "n_masked": 0, "sha256": "0"}
    (tmp_path / FILE).write_text(json.dumps(old) + "\n" + json.dumps(old | {"unheard": 1, "study": "s"}) + "\n")
    one, other = Ledger(tmp_path / FILE).entries()
    assert (one.study, one.price, one.currency, one.n_tries, one.kept) == ("", None, "USD", 1, False)
    assert other.study == "s"


def test_calls_are_added_up_and_what_was_kept_costs_nothing():
    sums = total(
        [
            entry(tokens=30, tokens_in=20, tokens_out=10, price=0.5, masks={"NAME": 2}),
            entry(masks={"NAME": 1, "EMAIL": 3}),
            entry(tokens=9, price=7.0, outcome="kept", masks={"NAME": 9}),
        ]
    )
    assert (sums.n_calls, sums.n_kept, sums.n_characters, sums.tokens, sums.n_counted) == (2, 1, 4, 30, 1)
    assert (sums.price, sums.n_priced, sums.masks) == (0.5, 1, {"NAME": 3, "EMAIL": 3})


def test_what_is_shown_before_has_the_digest_entered_after(tmp_path):
    with scripted() as server, recorded_in(tmp_path) as ledger:
        LanguageModel(ModelAccess(server.url, "m")).fill(LETTER, Anything, lambda _: [], seconds=20.0)
    with embedding() as server, recorded_in(tmp_path):
        embed(TEXTS, ModelAccess(server.url, "m"))
        shown = example(TEXTS, ModelAccess(server.url, "m"))
    chat, vectors = ledger.entries()
    assert chat.sha256 == digest_of(LETTER)
    assert vectors.sha256 == digest_of(shown)
    assert json.loads(str(shown))["input"] == [
        "a warm jacket",
        "write to [EMAIL]",
    ]


@pytest.mark.usefixtures("no_sockets")
@pytest.mark.parametrize("name", [name for name, line in ENCODERS.items() if _names_a_model(line)])
def test_where_the_switch_is_off_no_encoder_is_fetched(name, tmp_path):
    options = options_from_json(ENCODERS[name].options, {"model": "somebody/unheard-of-model"})
    with recorded_in(tmp_path, outbound=False), pytest.raises(ModelError, match="nothing is fetched"):
        ENCODERS[name].run(["a text", "and another"], options)


@pytest.mark.usefixtures("no_sockets")
def test_where_the_switch_is_off_no_classifier_is_fetched(tmp_path):
    with recorded_in(tmp_path, outbound=False), pytest.raises(ModelError, match="nothing is fetched"):
        classifier.loaded("somebody/unheard-of-model")


def test_with_sockets_blocked_the_whole_journey_runs_and_a_model_elsewhere_is_refused(tmp_path):
    """Run in a process of its own, in which no hub was told to stay offline."""
    script = tmp_path / "offline.py"
    script.write_text(OFFLINE)
    surroundings = {name: value for name, value in os.environ.items() if "OFFLINE" not in name}
    surroundings |= {"STRATA_WORKSPACE": str(tmp_path / "workspace"), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, str(script)], env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == ["journey", "chat", "embeddings", "connection", "hub"]


OFFLINE = """
import socket, tempfile
from pathlib import Path

def refuse(*_, **__):
    raise AssertionError("a socket was opened")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse

from segment_core.artifacts import Step
from segment_core.errors import ModelError
from segment_core.intake import sample
from segment_core.llm import ModelAccess, LanguageModel, embed, recorded_for, seal, try_connection
from segment_core.plan import Plan
from segment_core.store import Workspace
from segment_core.study import Study
from segment_core.tasks import run_study

workspace = Workspace(Path(tempfile.mkdtemp()))
workspace.keep_setting("outbound", False)
frame, _ = sample(120)
upload = workspace.keep_upload("shop.csv", frame.to_csv(index=False).encode())
plan = Plan(clustering=Step("kmeans", {"n_segments": 3}), projection=Step("pca"), encoder=Step("sentence_transformer"))
args = {"workspace": str(workspace.folder), "upload": upload.id, "plan": plan.to_json(), "study": None}
made = run_study(args, {}, lambda *_: None)
study = workspace.load_study(Study, made["study"])
assert study.personas.made_by.name == "builtin" and len(study.personas.personas) == 3
print("journey")
far = ModelAccess("https://api.example.com/v1", "m")
asking = {
    "chat": lambda: LanguageModel(far).fill(seal("Do.", {}), str, lambda _: [], seconds=5.0),
    "embeddings": lambda: embed(["a text"], far),
    "connection": lambda: try_connection(far),
}
for name, ask in asking.items():
    with recorded_for(workspace) as ledger:
        try:
            ask()
        except ModelError as error:
            assert "Nothing may leave this machine" in str(error), error
            print(name)
assert ledger.entries() == ()
hub = plan.having(encoder=Step("transformer", {"model": "somebody/unheard-of"}))
try:
    run_study(args | {"plan": hub.to_json()}, {}, lambda *_: None)
except ModelError as error:
    assert "nothing is fetched" in str(error), error
    print("hub")
"""

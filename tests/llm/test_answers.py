"""Answers are kept by content: asked once, checked anew, asked afresh on wish, and there after a crash."""

import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from segment_core.errors import ModelError
from segment_core.llm import ModelAccess, answers, models_at, protocols, recorded_in, rungs, seal, writer_at
from segment_core.store import MODELS, Workspace
from tests.llm.server import ScriptedServer, scripted

KEY = "sk-hush-0451"
ROOT = Path(__file__).parents[2]


class Anything(BaseModel):
    """The form of the scripted answers."""

    personas: list[str]


class Other(BaseModel):
    """The same answers in another form."""

    personas: list[int]


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rungs, "_known_rungs", {})
    protocols.load()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted("good") as found:
        yield found


def fill(server: ScriptedServer, data: object = "x", *, form=Anything, model="m", check=lambda _: [], **how):
    letter = seal("Fill the form.", {"segments": [], "data": data})
    return writer_at(ModelAccess(server.url, model, KEY)).fill(letter, form, check, seconds=20.0, **how)


def test_the_same_letter_is_asked_once_and_the_ledger_says_so(server, tmp_path: Path) -> None:
    with recorded_in(tmp_path) as ledger:
        first, second = fill(server), fill(server)
    assert first.answer == second.answer and (first.asked, second.asked) == (1, 0)
    assert len(server.requests) == 1
    asked, kept = ledger.entries()
    assert (kept.outcome, kept.tokens, kept.n_characters, kept.sha256) == ("kept", 0, 0, asked.sha256)


def test_whatever_differs_is_asked(server, tmp_path: Path) -> None:
    with recorded_in(tmp_path):
        fill(server)
        fill(server, "y")
        fill(server, form=Other)
        fill(server, model="another")
        fill(server, again=1)
        assert len(server.requests) == 5
        fill(server, fresh=True)
    assert len(server.requests) == 6
    with recorded_in(tmp_path / "elsewhere"):
        (tmp_path / "elsewhere").mkdir()
        fill(server)
    fill(server)
    assert len(server.requests) == 8


def test_a_kept_answer_is_checked_anew(server, tmp_path: Path) -> None:
    with recorded_in(tmp_path):
        fill(server, again=0)
        reply = fill(server, check=lambda _: ["no longer true"], again=0)
        assert (reply.problems, reply.asked, len(server.requests)) == (("no longer true",), 1, 2)
        # What was accepted with its problems is not asked for again and again.
        assert fill(server, check=lambda _: ["no longer true"], again=0).asked == 0


def test_an_answer_that_failed_or_was_cut_short_is_not_kept(server, tmp_path: Path) -> None:
    def breaks(_: object) -> list[str]:
        server.mode = "401"
        return ["a"]

    with recorded_in(tmp_path):
        assert fill(server, check=breaks).problems == ("a",)
        with pytest.raises(ModelError):
            fill(server)


def test_the_key_is_never_kept_and_clean_up_forgets_all(server, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with recorded_in(workspace.folder):
        fill(server)
        assert answers.PLACE.parts[0] == MODELS and workspace.size() > 0
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert files and not [path for path in files if KEY.encode() in path.read_bytes()]
        workspace.clear_cache()
        assert workspace.size() == 0
        fill(server)
    assert len(server.requests) == 2
    workspace.close()


def test_a_broken_file_keeps_nothing_and_breaks_nothing(server, tmp_path: Path) -> None:
    (tmp_path / answers.PLACE).parent.mkdir()
    (tmp_path / answers.PLACE).write_bytes(b"not a database" * 100)
    with recorded_in(tmp_path):
        fill(server)
        fill(server)
    assert len(server.requests) == 2


def test_the_file_stays_within_its_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_BYTES", 4000)
    access, letter = ModelAccess("http://h/v1", "m"), seal("x", {})
    with recorded_in(tmp_path):
        for number in range(20):
            answers.keep(f"{number:064x}", Anything(personas=["x" * 400]), 0)
        found = [answers.kept(f"{number:064x}", access, letter, Anything, lambda _: []) for number in range(20)]
    assert found[19] is not None and found[0] is None
    assert 6 <= sum(one is not None for one in found) <= 9


def test_eight_threads_may_ask_at_once(server, tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def ask(thread: int) -> None:
        try:
            with recorded_in(tmp_path):
                for number in range(5):
                    assert fill(server, f"{thread}.{number}").answer == Anything(personas=[])
        except BaseException as error:  # whatever it is: a thread's failure would else be lost
            failed.append(error)
            raise

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == [] and len(server.requests) == 40
    with recorded_in(tmp_path) as ledger:
        assert fill(server, "3.3").asked == 0
    assert [sent.outcome for sent in ledger.entries()].count("answered") == 40


WORKER = """
    import sys
    from pathlib import Path
    from pydantic import BaseModel
    from segment_core.llm import ModelAccess, recorded_in, seal, several, writer_at

    class Anything(BaseModel):
        personas: list[str]

    writer = writer_at(ModelAccess(sys.argv[1], "m"))

    def work(number):
        letter = seal("Fill the form.", {"segments": [], "n": str(number)})
        return lambda progress: writer.fill(letter, Anything, lambda _: [], seconds=60.0, progress=progress)

    with recorded_in(Path(sys.argv[2])):
        print(len(several([work(number) for number in range(10)], at_once=1)))
"""


def test_a_crash_after_nine_of_ten_loses_one(server, tmp_path: Path) -> None:
    worker = [sys.executable, "-c", textwrap.dedent(WORKER), server.url, str(tmp_path)]
    server.silent_after = 9
    running = subprocess.Popen(worker, cwd=ROOT)
    until = time.monotonic() + 60
    while len(server.requests) < 10 and time.monotonic() < until:
        time.sleep(0.02)
    assert len(server.requests) == 10
    running.send_signal(signal.SIGKILL)
    running.wait()
    server.silent_after = None
    again = subprocess.run(worker, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert again.stdout.strip() == "10"
    assert len(server.requests) == 11


def test_what_a_connection_test_found_is_begun_with_in_another_process(tmp_path: Path) -> None:
    from segment_core.llm import try_connection

    with scripted("no-schema") as server, recorded_in(tmp_path):
        found = try_connection(ModelAccess(server.url, "m", KEY)).abilities
        assert (found.native, found.best) == (None, "tool")
        assert KEY not in (tmp_path / rungs.FILE).read_text()
        rungs._known_rungs.clear()  # as a process that has just begun
        before = len(server.requests)
        fill(server)
        assert len(server.requests) == before + 1
        server.mode = "plain"  # and steps down as usual where it stopped working
        fill(server, "y")
        assert len(server.requests) == before + 3


def test_models_are_listed_bounded_and_safe(server) -> None:
    assert models_at(ModelAccess(server.url, "", KEY)) == ("alpha", "beta:8b")
    assert server.requests[0]["_path"] == "/v1/models"

"""The model writer over the real transport: whatever a server does, only backed sentences come back."""

import time
import unicodedata
from dataclasses import replace

import pytest

from segment_core.artifacts import Tally
from segment_core.choices import options_to_json
from segment_core.errors import Cancelled
from segment_core.grounding import check_claim, check_name
from segment_core.grounding.slots import without
from segment_core.llm import protocols, recorded_in, retries, rungs
from segment_core.personas import ModelOptions, builtin
from segment_core.personas.model import write
from segment_core.personas.names import features_of
from segment_core.personas.options import BuiltinOptions
from segment_core.personas.prompt import ASKED, letters
from tests import sheets
from tests.llm.server import data_of, scripted
from tests.personas.test_builtin import claims

SHEET = sheets.texts()
FAILURES = {
    "malformed": "not in the form",
    "html": "not in the form",
    "429": "429",
    "500": "500",
    "401": "key",
    "404": "404",
    "slow": "in time",
    "silent": "in time",
    "redirect": "not followed",
}


@pytest.fixture(autouse=True, scope="module")
def _loaded():
    protocols.load()


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch):
    monkeypatch.setattr(rungs, "_known_rungs", {})
    monkeypatch.setattr(retries, "FIRST_WAIT", 0.01)


def _ask(server, evidence=SHEET, *, timeout=20.0, language="en", **how):
    options = ModelOptions(url=server.url, model="m", timeout=timeout, language=language)
    return write(evidence, options, **how)


def _codes(personas):
    return [note.code for note in personas.notes]


def _assert_backed(personas, evidence=SHEET):
    for persona in personas.personas:
        assert check_name(persona.name, persona.basis, persona.segment, evidence) == ()
        for claim in claims(persona):
            assert check_claim(claim.text, claim.evidence, claim.quote, persona.segment, evidence) == ()
            if evidence is SHEET:
                assert not any(unicodedata.category(letter)[0] == "N" for letter in without(claim.text)), claim.text


def test_a_good_model_writes_everything():
    with scripted("good") as server:
        found = _ask(server)
    assert found.notes == ()
    assert found.made_by.name == "model"
    assert [persona.name for persona in found.personas] == [
        "Fond of dresses and rating",
        "Fond of rating and tops",
        "Fond of jackets and age",
    ]
    written = [claim for persona in found.personas for name in ASKED for claim in persona.section(name)]
    assert {claim.author for claim in written} == {persona.tagline.author for persona in found.personas} == {"model"}
    assert found.tally == Tally(first=3 * (2 + len(ASKED)))
    assert {persona.name_author for persona in found.personas} == {"model"}
    assert len(server.requests) == 1 + 3
    _assert_backed(found)


@pytest.mark.parametrize("mode", FAILURES)
def test_when_the_model_fails_the_builtin_writer_takes_over_and_says_so(mode):
    start = time.monotonic()
    with scripted(mode) as server:
        found = _ask(server, timeout=1.5 if mode in ("slow", "silent") else 20.0)
        if mode in ("slow", "silent"):
            assert time.monotonic() - start < 5
            assert server.hung_up.wait(2)
    assert found.personas == builtin.write(SHEET, BuiltinOptions()).personas
    assert found.made_by.name == "builtin"
    assert _codes(found) == ["model-failed", "builtin-instead"]
    assert FAILURES[mode] in str(found.notes[0].message)
    assert "12345" not in str(found.notes[0].message)
    assert all(note.level == "warning" for note in found.notes)


def test_when_the_model_fails_what_was_written_before_stays_and_is_said_to():
    with scripted("good") as server:
        before = _ask(server)
    with scripted("429") as server:
        for how in ({}, {"part": "needs", "only": ("S1",)}, {"part": "name", "only": ("S1",)}):
            found = _ask(server, known=before, language="zh", **how)
            assert all(one == before.of(one.segment) for one in found.personas)
            assert (found.made_by, found.tally) == (before.made_by, before.tally)
            assert _codes(found) == ["model-failed", "left-as-it-was"]
    with scripted("good") as server:
        again = _ask(server, known=found)
    assert _codes(again) == []


def test_a_segment_that_gets_no_answer_stays_unless_it_would_be_in_another_language():
    with scripted("good") as server:
        before = _ask(server)
        server.broken = "S2"
        found = _ask(server, known=before, only=("S1", "S2"))
        other = _ask(server, known=before, language="zh")
    assert found.of("S2").who == before.of("S2").who
    assert _codes(found) == ["model-failed", "left-as-it-was"] and found.tally.filled == 0
    assert {claim.author for claim in other.of("S2").who} == {"builtin"} and "builtin-instead" in _codes(other)


def test_nobody_listening_is_a_failure_like_any_other():
    with scripted() as server:
        url = server.url
    found = write(SHEET, ModelOptions(url=url, model="m", timeout=10))
    assert "cannot be reached" in str(found.notes[0].message)
    assert len(found.personas) == 3


@pytest.mark.parametrize(
    ("url", "model", "said"),
    [
        ("", "m", "No language model is set up"),
        ("ftp://x/v1", "m", "must look like"),
        ("http://u:secret@x/v1", "m", "must look like"),
        ("http://127.0.0.1:9/v1", "", "No model name"),
    ],
)
def test_settings_that_cannot_work_are_said(url, model, said):
    found = write(SHEET, ModelOptions(url=url, model=model))
    assert said in str(found.notes[0].message)
    assert "secret" not in str(found.notes)
    assert _codes(found) == ["model-failed", "builtin-instead"]


def test_made_up_figures_are_asked_again_then_refused_and_filled():
    with scripted("figure") as server:
        found = _ask(server)
    assert len(server.requests) == 3 * (1 + 3)
    _assert_backed(found)
    assert _codes(found) == ["sentences-refused", "names-refused"]
    assert [note.count for note in found.notes] == [6, 3]
    assert found.tally == Tally(first=27, mended=0, dropped=9, filled=9)
    plain = builtin.write(SHEET, BuiltinOptions())
    for persona in found.personas:
        fallback = plain.of(persona.segment)
        assert (persona.name, persona.name_author) == (fallback.name, "builtin")
        assert persona.tagline == fallback.tagline
        assert persona.needs == fallback.needs
        assert {claim.author for claim in persona.who} == {"model"}


def test_being_asked_again_speaks_of_rules_and_never_repeats_the_answer():
    with scripted("mended") as server:
        found = _ask(server)
    assert found.notes == ()
    assert found.tally == Tally(first=27, mended=9)
    assert len(server.requests) == 2 * (1 + 3)
    again = server.requests[1]["messages"][-1]["content"]
    assert "S1.name: Write no digits" in again
    assert "4711" not in again
    sentences = [request["messages"][-1]["content"] for request in server.requests[2:]]
    assert any("S1.needs[0]: Write no digits" in text for text in sentences)
    assert not any("73" in text for text in sentences if "Correct these points" in text)


@pytest.mark.parametrize("mode", ["injected", "unknown-ids"])
def test_obeying_an_injection_or_citing_strangers_reaches_nobody(mode):
    with scripted(mode) as server:
        found = _ask(server)
    _assert_backed(found)
    said = " ".join(claim.text for persona in found.personas for claim in claims(persona))
    assert not any(mark in said for mark in ("PWNED", "evil", "<img", "S99"))
    assert _codes(found)[0] == "sentences-refused"


@pytest.mark.parametrize(("mode", "posts"), [("plain", 3), ("fenced", 3), ("no-schema", 2), ("ignores-schema", 3)])
def test_the_form_steps_down_and_the_step_is_remembered(mode, posts):
    with scripted(mode) as server:
        found = _ask(server)
        assert found.notes == ()
        assert len(server.requests) == posts + 3
        _ask(server)
        assert len(server.requests) == posts + 3 + 4


def test_in_plain_words_there_is_one_system_message_with_the_form_in_it():
    with scripted("plain") as server:
        _ask(server)
    messages = server.requests[-1]["messages"]
    assert [message["role"] for message in messages] == ["system", "user"]
    assert '"additionalProperties": false' in messages[0]["content"]


def test_one_hiccup_is_retried():
    with scripted("flaky") as server:
        assert _ask(server).notes == ()
    assert len(server.requests) == 2 + 3


def test_names_alike_are_asked_again_then_told_apart():
    with scripted("same-names") as server:
        found = _ask(server)
    pair = data_of(server.requests[1])["segments"]
    assert [(sheet["id"], sheet["write"], sheet["name"]) for sheet in pair] == [
        ("S1", True, "Good friends"),
        ("S2", True, "Good friends"),
    ]
    assert [sheet["contrasts"]["with"] for sheet in pair] == ["S2", "S1"]
    assert [len(data_of(request).get("segments", ())) for request in server.requests[:3]] == [3, 2, 2]
    assert [persona.name for persona in found.personas] == [
        "Good friends",
        "Good friends · says “too small”",
        "Good friends · says “warm”",
    ]
    bases = [features_of([SHEET.item(id_) for id_ in persona.basis]) for persona in found.personas]
    assert len(set(bases)) == 3


def test_cancelling_stops_at_once_and_closes_the_line():
    asked = []

    def stop(done, total, note):
        asked.append(str(note))
        if len(asked) > 3:
            raise Cancelled

    with scripted("silent") as server:
        start = time.monotonic()
        with pytest.raises(Cancelled):
            _ask(server, timeout=60.0, progress=stop)
        assert time.monotonic() - start < 3
        assert server.hung_up.wait(2)
    assert "Waiting for the model m" in asked[-1]


def test_progress_runs_from_nothing_to_the_end():
    seen = []
    with scripted("slow", seconds=1.0) as server:
        _ask(server, timeout=30.0, progress=lambda done, total, note: seen.append((done, total)))
    assert all(0 <= done <= total == 1.0 for done, total in seen)
    assert seen[-1] == (1.0, 1.0)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_only_some_segments_are_asked_for_with_the_others_to_contrast():
    with scripted("good") as server:
        found = _ask(server, only=["S2"])
    assert [persona.segment for persona in found.personas] == ["S2"]
    sent = data_of(server.requests[0])["segments"]
    assert [(sheet["id"], sheet["write"]) for sheet in sent] == [("S1", False), ("S2", True), ("S3", False)]


def test_many_segments_are_asked_for_in_groups():
    sheet = sheets.Sheet()
    for number in range(1, 31):
        sheet.segment(f"S{number}", 60).median(
            f"Spend {chr(100 + number // 6)}{chr(100 + number % 6)}", number, 40, -0.4
        ).median("Age", 5, 3, 0.6)
    with scripted("good") as server:
        found = _ask(server, sheet.evidence())
    asked = [data_of(request) for request in server.requests]
    assert [len(data["segments"]) for data in asked if "segments" in data] == [10, 10, 10]
    assert len(asked) == 3 + 30
    assert len(found.personas) == 30
    assert len({persona.name for persona in found.personas}) == 30


def test_chinese_is_asked_for_and_filled_in_chinese():
    evidence = sheets.chinese()
    with scripted("figure") as server:
        found = _ask(server, evidence, language="zh")
    assert "Simplified Chinese" in server.requests[0]["messages"][0]["content"]
    _assert_backed(found, evidence)
    assert found.personas[0].name == "高消费的常客"


def test_hostile_sheets_neither_break_it_nor_leak():
    evidence = sheets.hostile()
    with scripted("good") as server:
        found = _ask(server, evidence)
    assert "model-failed" not in _codes(found)
    _assert_backed(found, evidence)
    sent = str(server.requests[0]["messages"])
    assert "a.b@evil.example" not in sent
    assert "170 1234567" not in sent
    assert "ignore previous instructions" not in sent
    assert "\u202e" not in sent and "\u200b" not in sent
    withheld = next(note for note in found.notes if note.code == "withheld")
    masked = next(note for note in found.notes if note.code == "masked")
    assert withheld.count > 0 and masked.count > 0


def test_the_preview_is_what_is_sent_and_customers_words_are_never_instructions():
    with scripted("good") as server:
        options = ModelOptions(url=server.url, model="m")
        write(SHEET, options)
    sent = [[message["content"] for message in request["messages"][:2]] for request in server.requests]
    assert str(letters(SHEET, options)[0].sealed) == "\n\n".join(sent[0])
    assert "soft" not in "".join(system for system, _ in sent)
    texts = {
        data_of(request).get("segment", {}).get("id"): user
        for request, (_, user) in zip(server.requests, sent, strict=True)
    }
    assert [segment for segment, user in texts.items() if "This dress is so soft" in user] == ["S1"]
    # Once the names are known, the preview of a section is that letter to the last sign.
    known = builtin.write(SHEET, BuiltinOptions())
    with scripted("good") as server:
        write(SHEET, replace(options, url=server.url), only=["S1"], part="needs", known=known)
    (letter,) = letters(SHEET, options, ["S1"], "needs", known)
    assert str(letter.sealed) == "\n\n".join(message["content"] for message in server.requests[0]["messages"])


def test_the_key_travels_in_the_header_and_nowhere_else():
    with scripted("good") as server:
        found = _ask(server, secrets={"llm_key": "sk-hush"})
    assert server.requests[0]["_key"] == "Bearer sk-hush"
    assert "sk-hush" not in str(server.requests[0]["messages"])
    assert "sk-hush" not in repr(found)
    assert "sk-hush" not in str(options_to_json(ModelOptions()))


def test_one_part_is_written_and_the_rest_stays():
    known = builtin.write(SHEET, BuiltinOptions())
    with scripted("good") as server:
        found = _ask(server, only=["S2"], part="needs", known=known)
        assert len(server.requests) == 1
        named = _ask(server, only=["S2"], part="name", known=known)
        assert len(server.requests) == 2
        assert _ask(server, part="worth", known=known).made_by.name == "builtin"
        assert len(server.requests) == 2
    [persona], [before] = found.personas, [known.of("S2")]
    assert persona == replace(before, needs=persona.needs)
    assert {claim.author for claim in persona.needs} == {"model"}
    [persona] = named.personas
    assert (persona.name, persona.name_author) == ("Fond of rating and tops", "model")
    assert persona == replace(
        before, name=persona.name, name_author="model", basis=persona.basis, tagline=persona.tagline
    )


def test_the_others_names_are_told_and_a_name_by_hand_is_never_asked_for():
    known = builtin.write(SHEET, BuiltinOptions())
    own = replace(known.of("S1"), name="Our 1st best", name_author="analyst")
    known = replace(known, personas=(own, *known.personas[1:]))
    with scripted("good") as server:
        found = _ask(server, known=known)
    sheets_sent = data_of(server.requests[0])["segments"]
    assert [(sheet["write"], sheet.get("name")) for sheet in sheets_sent] == [
        (False, "Our 1st best"),
        (True, None),
        (True, None),
    ]
    assert found.personas[0].name == "Our 1st best"
    others = next(
        data_of(request)["others"] for request in server.requests[1:] if data_of(request)["segment"]["id"] == "S3"
    )
    assert others == [{"id": "S1", "name": "Our 1st best"}, {"id": "S2", "name": "Fond of rating and tops"}]


def test_each_persona_is_kept_as_soon_as_it_is_there_and_one_that_fails_costs_only_itself():
    kept = []
    with scripted("good") as server:
        server.broken = "S2"
        found = _ask(server, keep=kept.append)
    assert sorted(persona.segment for persona in kept) == ["S1", "S3"]
    assert _codes(found) == ["model-failed", "builtin-instead"]
    assert str(found.notes[1].message).endswith(": S2.")
    assert found.of("S2").name_author == "model"
    assert {claim.author for claim in found.of("S2").who} == {"builtin"}
    assert found.tally.filled == len(ASKED)


def test_letters_stay_short_however_long_the_sheet():
    sheet = sheets.Sheet()
    for number in range(14):
        sheet.segment(f"S{number}", 50)
        for column in range(40):
            sheet.median(f"{'very long column name ' * 9}{column}", number, column, 0.3)
        sheet.terms(*(f"word{term}" for term in range(50))).quotes(*["A long quote. " * 60] * 30)
    found = letters(sheet.evidence(), ModelOptions())
    assert len(found) == 2 + 14
    assert max(len(str(letter.sealed)) for letter in found) < 60_000
    assert found == letters(sheet.evidence(), ModelOptions())


def test_writing_all_takes_up_what_was_answered_and_writing_one_again_asks_anew(tmp_path):
    with scripted() as server, recorded_in(tmp_path):
        known = _ask(server)
        asked = len(server.requests)
        _ask(server)
        assert len(server.requests) == asked
        for times in (1, 2):
            _ask(server, only=("S1",), part="needs", known=known)
            assert len(server.requests) == asked + times
